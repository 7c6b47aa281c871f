#include "core/base/literals.h"
#include "core/probe/model_probe.h"
#include "tests/app/vitrine_process.h"
#include "tests/support/test_data.h"

#include <QTemporaryDir>

using namespace vitrine;
using namespace vitrine::test;

/// probe and profile, end to end on a tiny checkpoint, and the crash fence around the real program.
class TestProbe : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void probeTellsColdStartAndMemory();
    void probeTakesAnImage();
    void probePrintsText();
    void aModelThatFailsIsAnError();
    void aFileThatIsNoModelIsAnError();
    void theFenceBringsTheReportBack();
    void theFenceBringsTheErrorBack();
    void tooLittleMemoryIsSaid();
    void compareProbesEveryVariant();
    void compareCanLeaveItOut();
    void profileTellsOperatorsAndDifferences();
    void profilePrintsText();
    void profileAgainstAnUnknownVariantNamesThem();

private:
    QString variant(const char* name) const { return m_folder.filePath(u"set/"_s + QLatin1String(name)); }
    QString set() const { return m_folder.filePath(u"set"_s); }

    QTemporaryDir m_folder;
};

void TestProbe::initTestCase()
{
    VITRINE_REQUIRE_TORCH();
    const Run run = runVitrine({u"build"_s, tinyCheckpoint(), u"--out"_s, set()});
    VITRINE_COMPARE_STATUS(run, 0);
}

void TestProbe::probeTellsColdStartAndMemory()
{
    const Run run = runVitrine({u"probe"_s, variant("lite.ptl"), u"--json"_s});
    VITRINE_COMPARE_STATUS(run, 0);
    QCOMPARE(run.err, QByteArray());
    const QJsonObject report = run.json().object();
    QCOMPARE(report[u"kind"].toString(), u"lite"_s);
    QCOMPARE(report[u"input"].toString(), u"synthetic"_s);
    QCOMPARE(report[u"output_shape"].toArray(), (QJsonArray{1, 7}));
    QVERIFY(report[u"load_ms"].toDouble() > 0 && report[u"first_forward_ms"].toDouble() > 0);
    const double sum = report[u"load_ms"].toDouble() + report[u"first_forward_ms"].toDouble();
    QVERIFY(qAbs(report[u"cold_start_ms"].toDouble() - sum) < 1e-6);
    QVERIFY(report[u"baseline_resident_bytes"].toInteger() > 20'000'000);
    QCOMPARE(report[u"peak_memory_bytes"].toInteger(),
             report[u"peak_resident_bytes"].toInteger() - report[u"baseline_resident_bytes"].toInteger());
    QVERIFY(report[u"peak_memory_bytes"].toInteger() > 0);
    QVERIFY(report.contains(u"error") && report[u"error"].isNull());
}

void TestProbe::probeTakesAnImage()
{
    const Run run = runVitrine({u"probe"_s, variant("original.safetensors"), u"--image"_s, photograph(),
                                u"--threads"_s, u"2"_s, u"--json"_s});
    VITRINE_COMPARE_STATUS(run, 0);
    QCOMPARE(run.json()[u"kind"].toString(), u"original"_s);
    QCOMPARE(run.json()[u"input"].toString(), photograph());
    QVERIFY(run.json()[u"quantized_engine"].isNull());
    const QJsonValue stamp = run.json()[u"stamp"];
    QCOMPARE(stamp[u"threads"].toInt(), 2);
    for (const char* name : {"cpu", "engine", "engine_version", "blas", "vitrine_version", "time"})
        QVERIFY2(!stamp[QLatin1String(name)].toString().isEmpty(), name);
}

void TestProbe::probePrintsText()
{
    const Run run = runVitrine({u"probe"_s, variant("quantized.pt")});
    VITRINE_COMPARE_STATUS(run, 0);
    for (const char* part : {"quantized", "synthetic", "cold start", "peak memory", "7 numbers"})
        QVERIFY2(run.out.contains(part), run.out.constData());
}

void TestProbe::aModelThatFailsIsAnError()
{
    const Run run = runVitrine(
        {u"probe"_s, variant("scripted.pt"), u"--preprocess"_s, u"size=24,resize=24"_s, u"--json"_s});
    VITRINE_COMPARE_STATUS(run, 1);
    QCOMPARE(run.errorLines(), 1);
    QVERIFY(!run.json()[u"error"].toString().isEmpty());
    QCOMPARE(run.json()[u"error_kind"].toString(), u"incompatible"_s);
}

void TestProbe::aFileThatIsNoModelIsAnError()
{
    const Run run = runVitrine({u"probe"_s, photograph()});
    VITRINE_COMPARE_STATUS(run, 1);
    QCOMPARE(run.errorLines(), 1);
    QCOMPARE(run.out, QByteArray());
}

void TestProbe::theFenceBringsTheReportBack()
{
    ProbeRequest request;
    request.path = variant("mobile-optimized.pt");
    request.image = photograph();
    const auto report = ModelProbe({QStringLiteral(VITRINE_EXECUTABLE)}).run(request);
    QVERIFY2(report.ok(), report.ok() ? "" : qPrintable(report.error().message + report.error().detail));
    QCOMPARE(report->kind, VariantKind::MobileOptimized);
    QCOMPARE(report->run.outputs, 7);
    QVERIFY(!report->quantizedEngine.isEmpty());
    QVERIFY(report->run.peakMemoryBytes() > 0);
}

void TestProbe::theFenceBringsTheErrorBack()
{
    ProbeRequest request;
    request.path = fixture(u"models/returns_pair.pt"_s);
    const auto report = ModelProbe({QStringLiteral(VITRINE_EXECUTABLE)}).run(request);
    QVERIFY(!report.ok());
    QVERIFY2(report.error().message.contains(u"returns_pair"_s), qPrintable(report.error().message));
}

void TestProbe::tooLittleMemoryIsSaid()
{
    ProbeRequest request;
    request.path = variant("scripted.pt");
    request.memoryLimitBytes = 1'000'000; // less than LibTorch itself has by then
    const auto report = ModelProbe({QStringLiteral(VITRINE_EXECUTABLE)}).run(request);
    QVERIFY(!report.ok() && !report.isCancelled());
    QCOMPARE(report.error().kind, ErrorKind::Usage);
    QVERIFY2(report.error().message.contains(u"Allow at least "_s), qPrintable(report.error().message));
}

void TestProbe::compareProbesEveryVariant()
{
    const Run run = runVitrine(
        {u"compare"_s, u"--set"_s, set(), u"--image"_s, photograph(), u"--rounds"_s, u"2"_s, u"--json"_s});
    VITRINE_COMPARE_STATUS(run, 0);
    QCOMPARE(run.json()[u"variants"].toArray().size(), 5);
    for (const QJsonValue& each : run.json()[u"variants"].toArray()) {
        QVERIFY(each[u"cold_start_ms"].toDouble() > 0);
        QVERIFY(each[u"peak_memory_bytes"].toDouble() > 0);
        for (const QString& phase : each[u"phases_ms"].toObject().keys())
            QVERIFY2(each[u"phases_ms"][phase].toDouble() > 0, qPrintable(phase));
        QCOMPARE(each[u"phases_ms"].toObject().size(), 7);
    }
}

void TestProbe::compareCanLeaveItOut()
{
    const Run run = runVitrine({u"compare"_s, u"--model"_s, tinyCheckpoint(), u"--image"_s, photograph(),
                                u"--rounds"_s, u"2"_s, u"--no-probe"_s, u"--json"_s});
    VITRINE_COMPARE_STATUS(run, 0);
    const QJsonValue original = run.json()[u"variants"].toArray().first();
    QVERIFY(original[u"cold_start_ms"].isNull() && original[u"peak_memory_bytes"].isNull());
    QVERIFY(original[u"phases_ms"][u"decode"].isNull());
    QVERIFY(original[u"phases_ms"][u"steady_forward"].toDouble() > 0);
}

void TestProbe::profileTellsOperatorsAndDifferences()
{
    const QString charts = m_folder.filePath(u"charts"_s);
    const Run run = runVitrine({u"profile"_s, u"--set"_s, set(), u"--image"_s, photograph(), u"--against"_s,
                                u"scripted"_s, u"--threads"_s, u"1"_s, u"--charts"_s, charts, u"--json"_s});
    VITRINE_COMPARE_STATUS(run, 0);
    QCOMPARE(run.err, QByteArray());
    QCOMPARE(QDir(charts).entryList(QDir::Files), QStringList({u"operators.png"_s, u"operators.svg"_s}));
    QCOMPARE(run.json()[u"stamp"][u"image_sha256"].toString().size(), 64);
    QVERIFY(run.json()[u"stamp"][u"seed"].isNull());
    QCOMPARE(run.json()[u"against"].toString(), u"scripted"_s);
    QCOMPARE(run.json()[u"variants"].toArray().size(), 5);
    for (const QJsonValue& each : run.json()[u"variants"].toArray()) {
        const QJsonValue operators = each[u"operators"];
        QVERIFY(operators[u"self_cpu_time_total_ms"].toDouble() > 0);
        QVERIFY(operators[u"wall_ms"].toDouble() >= operators[u"self_cpu_time_total_ms"].toDouble());
        QVERIFY(operators[u"operators"].toArray().size() > 5);
        const bool isItself = each[u"name"].toString() == u"scripted"_s;
        QCOMPARE(each[u"difference_to_against"].isNull(), isItself);
    }
}

void TestProbe::profilePrintsText()
{
    const Run run = runVitrine({u"profile"_s, u"--model"_s, variant("original.safetensors"),
                                variant("lite.ptl"), u"--image"_s, photograph(), u"--top"_s, u"3"_s});
    VITRINE_COMPARE_STATUS(run, 0);
    for (const char* part : {"aten::", "quantized::linear_dynamic", "others", "linear", "(outside)",
                             "lite.ptl against original.safetensors"})
        QVERIFY2(run.out.contains(part), run.out.constData());
}

void TestProbe::profileAgainstAnUnknownVariantNamesThem()
{
    const Run run =
        runVitrine({u"profile"_s, u"--set"_s, set(), u"--image"_s, photograph(), u"--against"_s, u"tiny"_s});
    VITRINE_COMPARE_STATUS(run, 2);
    QVERIFY2(run.err.contains("mobile-optimized"), run.err.constData());
}

QTEST_GUILESS_MAIN(TestProbe)
#include "tst_probe.moc"
