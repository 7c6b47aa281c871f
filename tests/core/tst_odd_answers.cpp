#include "core/base/literals.h"
#include "core/report/export.h"
#include "tests/support/session_probe.h"

#include <QTest>

#include <cmath>

using namespace vitrine;

/// What a session does with models whose answers are not plain logits, or that spoil what they are given.
class TestOddAnswers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void scoresThatAreNoNumbersFailTheirVariant();
    void scoresThatTurnBadEndTheMeasurement();
    void ownProbabilitiesAreMarked();
    void oneRowOfLogitsMakesLogitsOfAll();
    void aSpoiltInputIsSeenByNobody();
    void noticesReachTheSnapshot();

private:
    ComparisonSession& session() { return *m_probe->session; }
    test::FakeScript& script() { return *m_probe->script; }
    bool classify()
    {
        session().classify();
        return m_probe->finish();
    }
    bool benchmark()
    {
        session().benchmark(test::quickPlan());
        return m_probe->finish();
    }

    const QString m_original = kindName(VariantKind::Original);
    const QString m_lite = kindName(VariantKind::Lite);
    std::unique_ptr<test::SessionProbe> m_probe;
};

void TestOddAnswers::init()
{
    m_probe = std::make_unique<test::SessionProbe>();
    QVERIFY(m_probe->add({VariantKind::Original, VariantKind::Lite}, 2));
}

void TestOddAnswers::scoresThatAreNoNumbersFailTheirVariant()
{
    script().logits.insert(m_lite, {1.0F, NAN, 2.0F});
    QVERIFY(benchmark());
    const VariantResult broken = m_probe->variant(m_lite);
    QVERIFY(broken.error);
    QVERIFY2(broken.error->message.contains(u"1 of 3 are NaN"_s), qPrintable(broken.error->message));
    QVERIFY(broken.predictions.isEmpty());
    QCOMPARE(broken.latency->n, 0);
    const VariantResult good = m_probe->variant(m_original);
    QVERIFY(!good.error);
    QCOMPARE(good.predictions.size(), 2);
    QCOMPARE(good.latency->n, 3);
}

void TestOddAnswers::scoresThatTurnBadEndTheMeasurement()
{
    int passes = 0;
    script().onForward = [&](const QString& name) {
        if (name == m_lite && ++passes == 5)
            script().logits.insert(m_lite, {INFINITY, 0.0F});
    };
    QVERIFY(benchmark());
    const VariantResult broken = m_probe->variant(m_lite);
    QVERIFY(broken.error);
    QVERIFY2(broken.error->message.contains(u"1 of 2 are NaN or infinite"_s),
             qPrintable(broken.error->message));
    QCOMPARE(m_probe->variant(m_original).latency->n, 3);
}

void TestOddAnswers::ownProbabilitiesAreMarked()
{
    script().logits.insert(m_lite, {0.125F, 0.75F, 0.125F});
    QVERIFY(classify());
    const Comparison now = *session().snapshot();
    QVERIFY(hasOwnProbabilities(now));
    const Classification* said = now.prediction(now.images[0].id, m_probe->variantId(m_lite));
    QCOMPARE(said->kind, ScoreKind::Probabilities);
    QCOMPARE(said->top.front().probability, 0.75F);
    const QJsonArray json = predictionsToJson(now, 1, false);
    QCOMPARE(json[0][u"scores"_s].toString(), u"logits"_s);
    QCOMPARE(json[1][u"scores"_s].toString(), u"probabilities"_s);
    QVERIFY(toCsv(now).contains(u",probabilities\r\n"_s));
}

void TestOddAnswers::oneRowOfLogitsMakesLogitsOfAll()
{
    int passes = 0;
    const std::vector<float> small{0.9F, 0.7F, 0.2F};
    script().logits.insert(m_lite, small);
    script().onForward = [&](const QString& name) {
        if (name == m_lite && ++passes == 2)
            script().logits.insert(m_lite, {3.0F, -1.0F, 0.0F});
    };
    QVERIFY(classify());
    const Comparison now = *session().snapshot();
    for (const ImageResult& image : now.images)
        QCOMPARE(now.prediction(image.id, m_probe->variantId(m_lite))->kind, ScoreKind::Logits);
    QVERIFY(!hasOwnProbabilities(now));
    QCOMPARE(now.prediction(now.images[0].id, m_probe->variantId(m_lite))->top.front().probability,
             softmax(small).front());
}

void TestOddAnswers::aSpoiltInputIsSeenByNobody()
{
    script().spoilers = {m_original, m_lite};
    QVERIFY(classify());
    const auto answers = [&] {
        const Comparison now = *session().snapshot();
        std::vector<std::vector<float>> all;
        for (const ImageResult& image : now.images)
            for (const VariantResult& result : now.variants)
                all.push_back(now.prediction(image.id, result.id)->logits);
        return all;
    };
    const auto first = answers();
    QCOMPARE(first[0], first[1]);
    QCOMPARE(first[2], first[3]);
    QVERIFY(benchmark());
    session().setRunSettings({2, {}}); // asks again
    QVERIFY(classify());
    QCOMPARE(answers(), first);
}

void TestOddAnswers::noticesReachTheSnapshot()
{
    const QStringList notices{u"it was read backwards"_s};
    script().notices.insert(m_lite, notices);
    QVERIFY(classify());
    QCOMPARE(m_probe->variant(m_lite).notices, notices);
    QVERIFY(m_probe->variant(m_original).notices.isEmpty());
    QCOMPARE(toJson(*session().snapshot())[u"variants"_s][1][u"notices"_s][0].toString(), notices.front());
}

QTEST_GUILESS_MAIN(TestOddAnswers)
#include "tst_odd_answers.moc"
