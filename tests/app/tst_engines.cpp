#include "core/base/literals.h"
#include "tests/app/vitrine_process.h"
#include "tests/support/model_files.h"
#include "tests/support/test_data.h"

#include <QRegularExpression>
#include <QTemporaryDir>

using namespace vitrine;
using namespace vitrine::test;

/// The program with two engines that are plugins, neither of them LibTorch.
class TestEngines : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void compareRunsBothInOneRun();
    void theTableNamesThem();
    void csvNamesThem();
    void aManifestMayStateTheEngine();
    void aQuantizedEngineOfAnyIsKnown();
    void probeRunsTheEngineThatIsAskedFor();
    void probeEndsInTime();
    void tooLowAMemoryLimitIsRefused();

private:
    Run compare(const QStringList& further, const QString& set = {}) const
    {
        return run(QStringList{u"compare"_s, u"--set"_s, set.isEmpty() ? m_set : set, u"--image"_s, m_image,
                               u"--rounds"_s, u"12"_s, u"--threads"_s, u"1"_s} +
                   further);
    }
    static Run run(const QStringList& arguments, const QString& hanging = {})
    {
        QProcessEnvironment environment = withoutDisplay();
        environment.insert(u"VITRINE_FAKE_HANGS"_s, hanging);
        environment.insert(u"VITRINE_PLUGIN_DIR"_s, QStringLiteral(VITRINE_FAKE_ENGINES));
        return runVitrine(arguments, environment);
    }
    static QHash<QString, QJsonObject> variantsOf(const Run& run)
    {
        QHash<QString, QJsonObject> variants;
        for (const QJsonValue& value : run.json().object()[u"variants"].toArray())
            variants.insert(value.toObject()[u"name"].toString(), value.toObject());
        return variants;
    }
    QString file(const QString& name) const { return m_folder.filePath(name); }

    QTemporaryDir m_folder;
    QString m_set;
    QString m_image;
};

void TestEngines::initTestCase()
{
    m_set = writeVariantSet(file(u"set"_s), {VariantKind::Scripted, VariantKind::Lite});
    m_image = writeImage(file(u"image.png"_s));
}

void TestEngines::compareRunsBothInOneRun()
{
    const Run both = compare({u"--no-probe"_s, u"--json"_s, u"-"_s});
    VITRINE_COMPARE_STATUS(both, 0);
    const QJsonObject stamp = both.json().object()[u"stamp"].toObject();
    QCOMPARE(stamp[u"engine"].toString(), u"First, Second"_s);
    QCOMPARE(stamp[u"engine_version"].toString(), u"1.0, 2.5"_s);
    const auto variants = variantsOf(both);
    QCOMPARE(variants.size(), 2);
    const QJsonObject scripted = variants.value(u"scripted"_s);
    const QJsonObject lite = variants.value(u"lite"_s);
    QCOMPARE(scripted[u"engine"].toString(), u"First"_s);
    QCOMPARE(lite[u"engine"].toString(), u"Second"_s);
    QCOMPARE(lite[u"engine_version"].toString(), u"2.5"_s);
    QCOMPARE(scripted[u"n"].toInt(), 12);
    QCOMPARE(lite[u"n"].toInt(), 12);
    QCOMPARE(scripted[u"verdict"].toString(), u"baseline"_s);
    QVERIFY(QStringList({u"slower"_s, u"faster"_s, u"indistinguishable"_s})
                .contains(lite[u"verdict"].toString())); // the machine may be busy
    QVERIFY(lite[u"ratio"].toDouble() > 0);
    QCOMPARE(both.json().object()[u"predictions"].toArray().size(), 2);
}

void TestEngines::theTableNamesThem()
{
    const Run table = compare({u"--no-probe"_s});
    VITRINE_COMPARE_STATUS(table, 0);
    QVERIFY2(table.out.startsWith("First 1.0, Second 2.5, "), table.out.constData());
    const auto lineOf = [&](const QByteArray& begin) {
        QByteArray last;
        for (const QByteArray& line : table.out.split('\n'))
            if (line.startsWith(begin))
                last = line.trimmed();
        return last;
    };
    QVERIFY2(lineOf("latency").endsWith("engine"), table.out.constData());
    QVERIFY2(lineOf("scripted").endsWith("First 1.0"), table.out.constData());
    QVERIFY2(lineOf("lite").endsWith("Second 2.5"), table.out.constData());
}

void TestEngines::csvNamesThem()
{
    const Run written = compare({u"--no-probe"_s, u"--csv"_s, file(u"table.csv"_s)});
    VITRINE_COMPARE_STATUS(written, 0);
    QFile csv(file(u"table.csv"_s));
    QVERIFY(csv.open(QIODevice::ReadOnly));
    const QList<QByteArray> lines = csv.readAll().split('\n');
    QVERIFY(lines[1].trimmed().endsWith(",First,1.0,logits"));
    QVERIFY(lines[2].trimmed().endsWith(",Second,2.5,logits"));
}

void TestEngines::aManifestMayStateTheEngine()
{
    const QString folder = writeVariantSet(file(u"stated"_s), {VariantKind::Scripted, VariantKind::Lite});
    VariantSet set = *readVariantSet(folder);
    set.variants[1].engine = u"first"_s;
    QVERIFY(writeManifest(set));
    const auto variants = variantsOf(compare({u"--no-probe"_s, u"--json"_s, u"-"_s}, folder));
    QCOMPARE(variants.value(u"lite"_s)[u"engine"].toString(), u"First"_s);

    set.variants[1].engine = u"onnx"_s;
    QVERIFY(writeManifest(set));
    const Run missing = compare({u"--no-probe"_s, u"--json"_s, u"-"_s}, folder);
    VITRINE_COMPARE_STATUS(missing, 1);
    QVERIFY2(missing.err.contains("\"onnx\""), missing.err.constData());
    QCOMPARE(variantsOf(missing).value(u"scripted"_s)[u"n"].toInt(), 12);
}

void TestEngines::aQuantizedEngineOfAnyIsKnown()
{
    const Run unknown = compare({u"--quant-engine"_s, u"abacus"_s});
    VITRINE_COMPARE_STATUS(unknown, 2);
    QVERIFY2(unknown.err.contains("fake-int8, slow-int8"), unknown.err.constData());
    const auto slow = variantsOf(compare({u"--quant-engine"_s, u"slow-int8"_s, u"--json"_s, u"-"_s}));
    QCOMPARE(slow.value(u"lite"_s)[u"quantized_engine"].toString(), u"slow-int8"_s);
}

void TestEngines::probeRunsTheEngineThatIsAskedFor()
{
    const QString lite = writeLiteArchive(file(u"lite.ptl"_s));
    const auto engineOf = [](const Run& probe) {
        return probe.json().object()[u"stamp"].toObject()[u"engine"].toString();
    };
    QCOMPARE(engineOf(run({u"probe"_s, lite, u"--json"_s})), u"Second"_s);
    QCOMPARE(engineOf(run({u"probe"_s, lite, u"--engine"_s, u"first"_s, u"--json"_s})), u"First"_s);
    VITRINE_COMPARE_STATUS(run({u"probe"_s, lite, u"--engine"_s, u"onnx"_s}), 1);
}

void TestEngines::probeEndsInTime()
{
    const QString script = writeScript(file(u"endless.pt"_s));
    const Run probe = run({u"probe"_s, script, u"--time-limit"_s, u"2"_s, u"--json"_s}, u"endless.pt"_s);
    VITRINE_COMPARE_STATUS(probe, 1);
    QVERIFY2(probe.err.contains("endless.pt gave no answer within 2 s"), probe.err.constData());
    QCOMPARE(probe.json()[u"error_kind"].toString(), u"engine"_s);
}

void TestEngines::tooLowAMemoryLimitIsRefused()
{
    const QString script = writeScript(file(u"small.pt"_s));
    const Run refused = run({u"probe"_s, script, u"--memory-limit"_s, u"1000000"_s});
    VITRINE_COMPARE_STATUS(refused, 2);
    static const QRegularExpression least(u"Allow at least (\\d+)\\."_s);
    const QString told = least.match(QString::fromUtf8(refused.err)).captured(1);
    QVERIFY2(!told.isEmpty(), refused.err.constData());
    // A little more, since each run of a process takes a few pages more or less.
    const QString enough = QString::number(told.toLongLong() + 20'000'000);
    VITRINE_COMPARE_STATUS(run({u"probe"_s, script, u"--memory-limit"_s, enough}), 0);
}

QTEST_GUILESS_MAIN(TestEngines)
#include "tst_engines.moc"
