#include "core/base/literals.h"
#include "core/model/variant.h"
#include "core/report/export.h"
#include "tests/support/model_files.h"
#include "tests/support/session_probe.h"
#include "tests/support/test_data.h"

#include <QSet>
#include <QTest>

using namespace vitrine;
using namespace vitrine::test;

namespace {

std::vector<float> logitsOf(std::size_t classes)
{
    std::vector<float> logits(classes, 0.0F);
    logits[269] = 9.0F;
    return logits;
}

QString bestLabelInJson(const Comparison& comparison)
{
    const QJsonObject prediction = predictionsToJson(comparison, 1, false).first().toObject();
    return prediction[u"top"].toArray().first().toObject()[u"label"].toString();
}

} // namespace

/// The built-in names, and when a model has them.
class TestImageNetLabels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void thousandDifferentNames();
    void someAreWellKnown_data();
    void someAreWellKnown();
    void agreeWithOtherLists_data();
    void agreeWithOtherLists();
    void areOnlyForThousandClassesWithoutNames_data();
    void areOnlyForThousandClassesWithoutNames();
    void areSeenAfterTheFirstRun();
    void areNotTakenForStatedOnes();
    void aStatedListTakesTheirPlace();
};

void TestImageNetLabels::thousandDifferentNames()
{
    const Labels& names = imageNetLabels();
    QCOMPARE(names.size(), 1000);
    QCOMPARE(QSet<QString>(names.begin(), names.end()).size(), 1000);
    for (const QString& name : names)
        QVERIFY2(!name.isEmpty() && name == name.simplified() && !name.contains(u'_'), qPrintable(name));
}

void TestImageNetLabels::someAreWellKnown_data()
{
    QTest::addColumn<int>("index");
    QTest::addColumn<QString>("name");
    QTest::newRow("the first") << 0 << u"tench"_s;
    QTest::newRow("the wolf") << 269 << u"timber wolf"_s;
    QTest::newRow("the crane that flies") << 134 << u"crane (bird)"_s;
    QTest::newRow("the crane that lifts") << 517 << u"crane (machine)"_s;
    QTest::newRow("the maillot of dancers") << 638 << u"maillot (tights)"_s;
    QTest::newRow("the maillot of swimmers") << 639 << u"maillot (tank suit)"_s;
    QTest::newRow("a name of two words") << 918 << u"crossword puzzle"_s;
    QTest::newRow("the last") << 999 << u"toilet tissue"_s;
}

void TestImageNetLabels::someAreWellKnown()
{
    QFETCH(int, index);
    QTEST(imageNetLabels().value(index), "name");
}

void TestImageNetLabels::agreeWithOtherLists_data()
{
    QTest::addColumn<QString>("file");
    QTest::newRow("a text of lines") << u"labels/imagenet_classes.txt"_s;
    QTest::newRow("JSON with synsets") << u"labels/serve_index_to_name.json"_s;
}

void TestImageNetLabels::agreeWithOtherLists()
{
    VITRINE_REQUIRE_REAL_DATA();
    QFETCH(QString, file);
    const auto others = readLabels(realData(file));
    QVERIFY(others);
    QCOMPARE(others->size(), imageNetLabels().size());
    const QSet<int> ambiguous{134, 517, 638, 639};
    for (int index = 0; index < 1000; ++index) {
        const QString other = QString((*others)[index]).replace(u'_', u' ');
        const QString& ours = imageNetLabels()[index];
        QCOMPARE(ambiguous.contains(index) ? ours.section(u" ("_s, 0, 0) : ours, other);
    }
}

void TestImageNetLabels::areOnlyForThousandClassesWithoutNames_data()
{
    QTest::addColumn<int>("classes");
    QTest::addColumn<Labels>("stated");
    QTest::addColumn<bool>("areBuiltIn");
    QTest::newRow("1000 classes without names") << 1000 << Labels() << true;
    QTest::newRow("classes are not known yet") << 0 << Labels() << false;
    QTest::newRow("one class more") << 1001 << Labels() << false;
    QTest::newRow("one class less") << 999 << Labels() << false;
    QTest::newRow("a stated list that is too short") << 1000 << Labels{u"mine"_s} << false;
}

void TestImageNetLabels::areOnlyForThousandClassesWithoutNames()
{
    QFETCH(Labels, stated);
    QFETCH(bool, areBuiltIn);
    Variant variant;
    variant.labels = stated;
    QFETCH(int, classes);
    variant.classes = classes;
    fillLabels(variant);
    QCOMPARE(variant.labelsAreBuiltIn, areBuiltIn);
    QCOMPARE(variant.labels, areBuiltIn ? imageNetLabels() : stated);
    QCOMPARE(statedLabels(variant), stated);
}

void TestImageNetLabels::areSeenAfterTheFirstRun()
{
    SessionProbe probe;
    probe.script->logits.insert(u"model.pt"_s, logitsOf(1000));
    probe.script->logits.insert(u"other.pt"_s, logitsOf(999));
    probe.session->addFiles({writeScript(probe.path(u"model.pt"_s)),
                             writeLiteArchive(probe.path(u"other.pt"_s)),
                             writeImage(probe.path(u"0.png"_s))});
    QVERIFY(probe.finish());
    QVERIFY(probe.variant(u"model.pt"_s).variant.labels.isEmpty());
    probe.session->classify();
    QVERIFY(probe.finish());
    const Variant known = probe.variant(u"model.pt"_s).variant;
    QCOMPARE(known.classes, 1000);
    QVERIFY(known.labelsAreBuiltIn);
    QCOMPARE(bestLabelInJson(*probe.session->snapshot()), u"timber wolf"_s);
    QCOMPARE(probe.variant(u"other.pt"_s).variant.classes, 999);
    QVERIFY(probe.variant(u"other.pt"_s).variant.labels.isEmpty());
}

void TestImageNetLabels::areNotTakenForStatedOnes()
{
    SessionProbe probe;
    probe.script->logits.insert(u"model.pt"_s, logitsOf(1000));
    probe.session->addFiles({writeScript(probe.path(u"model.pt"_s)), writeImage(probe.path(u"0.png"_s))});
    QVERIFY(probe.finish());
    probe.session->classify();
    QVERIFY(probe.finish());
    const VariantResult result = probe.variant(u"model.pt"_s);
    probe.session->setVariantInput(result.id, result.variant.preprocessing, statedLabels(result.variant));
    QVERIFY(probe.variant(u"model.pt"_s).variant.labelsAreBuiltIn);
}

void TestImageNetLabels::aStatedListTakesTheirPlace()
{
    SessionProbe probe;
    probe.script->logits.insert(u"model.pt"_s, logitsOf(1000));
    probe.session->addFiles({writeScript(probe.path(u"model.pt"_s)), writeImage(probe.path(u"0.png"_s))});
    QVERIFY(probe.finish());
    probe.session->classify();
    QVERIFY(probe.finish());
    Labels mine = imageNetLabels();
    mine[269] = u"Canis lupus"_s;
    const VariantResult result = probe.variant(u"model.pt"_s);
    probe.session->setVariantInput(result.id, result.variant.preprocessing, mine);
    QVERIFY(!probe.variant(u"model.pt"_s).variant.labelsAreBuiltIn);
    QCOMPARE(bestLabelInJson(*probe.session->snapshot()), u"Canis lupus"_s);
}

QTEST_GUILESS_MAIN(TestImageNetLabels)
#include "tst_imagenet_labels.moc"
