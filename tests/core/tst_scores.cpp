#include "core/base/literals.h"
#include "core/engine/classification.h"
#include "core/engine/own_input.h"

#include <QTest>

#include <limits>

using namespace vitrine;

namespace {

using Row = std::vector<float>;

constexpr float infinity = std::numeric_limits<float>::infinity();
constexpr float notANumber = std::numeric_limits<float>::quiet_NaN();

} // namespace

/// What rows of scores are taken for, and which are refused.
class TestScores : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRowIsOfAKind_data();
    void aRowIsOfAKind();
    void ownProbabilitiesAreShownAsTheyAre();
    void aKindCanBeStated();
    void brokenScoresAreRefused_data();
    void brokenScoresAreRefused();
    void goodScoresArePassed();
    void aSpoiltInputIsRestored();
};

void TestScores::aRowIsOfAKind_data()
{
    QTest::addColumn<Row>("scores");
    QTest::addColumn<QString>("kind");
    const auto row = [](const char* what, const Row& scores, const char* kind) {
        QTest::newRow(what) << scores << QString::fromLatin1(kind);
    };
    row("one is negative", {-0.1F, 0.6F, 0.5F}, "logits");
    row("one is above 1", {0.2F, 1.7F, 0.5F}, "logits");
    row("log-probabilities", {-0.5F, -1.2F, -2.0F}, "logits");
    row("nothing but zeros", {0.0F, 0.0F, 0.0F}, "logits");
    row("zeros and two ones", {0.0F, 1.0F, 1.0F}, "logits");
    row("a single number", {1.0F}, "logits");
    row("they sum to 1", {0.1F, 0.7F, 0.2F}, "probabilities");
    row("they sum to 1 but for rounding", {0.1004F, 0.7F, 0.2F}, "probabilities");
    row("one is certain", {0.0F, 1.0F, 0.0F}, "probabilities");
    row("each between 0 and 1, the sum above 1", {0.9F, 0.7F, 0.2F}, "independent");
    row("each between 0 and 1, the sum below 1", {0.1F, 0.2F, 0.05F}, "independent");
}

void TestScores::aRowIsOfAKind()
{
    QFETCH(Row, scores);
    QFETCH(QString, kind);
    QCOMPARE(scoreKindName(scoreKindOf(scores)), kind);
    QCOMPARE(scoreKindName(classify(scores).kind), kind);
}

void TestScores::ownProbabilitiesAreShownAsTheyAre()
{
    const Classification shares = classify({0.1F, 0.7F, 0.2F});
    QCOMPARE(shares.top.front().index, 1);
    QCOMPARE(shares.top.front().probability, 0.7F);
    QCOMPARE(classify({0.9F, 0.7F, 0.2F}).top.front().probability, 0.9F);
}

void TestScores::aKindCanBeStated()
{
    const Row row{0.9F, 0.7F, 0.2F};
    const Classification result = classify(row, ScoreKind::Logits);
    QCOMPARE(result.kind, ScoreKind::Logits);
    QCOMPARE(result.top.front().probability, softmax(row).front());
}

void TestScores::brokenScoresAreRefused_data()
{
    QTest::addColumn<Row>("scores");
    QTest::addColumn<QString>("words");
    QTest::newRow("NaN") << Row{1.0F, notANumber, notANumber} << u"2 of 3 are NaN or infinite"_s;
    QTest::newRow("infinity") << Row{1.0F, 2.0F, -infinity} << u"1 of 3"_s;
    QTest::newRow("a single number") << Row{0.75F} << u"a single number (0.75)"_s;
    QTest::newRow("nothing") << Row{} << u"no scores"_s;
}

void TestScores::brokenScoresAreRefused()
{
    QFETCH(Row, scores);
    QFETCH(QString, words);
    const Status status = checkScores(scores, u"odd.pt"_s);
    QVERIFY(!status.ok());
    QVERIFY2(status.error().message.contains(words), qPrintable(status.error().message));
    QVERIFY(status.error().message.startsWith(u"odd.pt"_s));
}

void TestScores::goodScoresArePassed()
{
    QVERIFY(checkScores(Row{1.0F, -2.0F}, u"good.pt"_s).ok());
    QVERIFY(checkScores(Row{0.0F, 0.0F}, u"good.pt"_s).ok());
}

void TestScores::aSpoiltInputIsRestored()
{
    const auto original =
        std::make_shared<const InputTensor>(InputTensor{1, 1, 3, {1.0F, -0.0F, notANumber}});
    OwnInput own(original);
    QVERIFY(!own.restore());
    const_cast<float&>(own.tensor().values[1]) = 5; // as a model does
    QCOMPARE(original->values[0], 1.0F);
    QVERIFY(own.restore());
    QCOMPARE(own.tensor().values[1], 0.0F);
    QVERIFY(!own.restore());
}

QTEST_APPLESS_MAIN(TestScores)
#include "tst_scores.moc"
