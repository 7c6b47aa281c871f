#include "core/base/literals.h"
#include "tests/app/vitrine_process.h"
#include "tests/support/test_data.h"

#include <QDir>
#include <QTemporaryDir>
#include <QThread>

#include <csignal>

using namespace vitrine;
using namespace vitrine::test;

/// build, classify and compare, end to end on a tiny checkpoint.
class TestCommands : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void buildPrintsTheManifest();
    void buildOfBrokenCheckpointFails();
    void classifyGivesOneEntryAVariant();
    void classifyTakesACheckpoint();
    void classifyGoesOnAfterABadImage();
    void logitsAreAddedOnDemand();
    void labelsAreNamed();
    void labelsOfAnotherModelAreRefused();
    void unknownEngineListsWhatThereIs();
    void preprocessThatDoesNotFitIsWrongUsage();
    void compareMeasuresEveryVariant();
    void compareFindsOutThreadsOnce();
    void compareMeasuresAgainstItself();
    void compareRunsSeveralEngines();
    void sweepMeasuresOnSeveralNumbersOfThreads();
    void unknownBaselineListsWhatThereIs();
    void compareWritesFiles();
    void sameFileMayBeComparedWithItself();
    void interruptedCompareStillReports();

private:
    QString file(const QString& name) const { return m_folder.filePath(name); }
    QString writeLabels(int count) const;
    /// A command that measures the set on the image for so many rounds.
    QStringList measuring(const char* command, int rounds, const QStringList& further) const
    {
        return QStringList{QLatin1String(command), u"--set"_s,   m_set,
                           u"--image"_s,           photograph(), u"--rounds"_s,
                           QString::number(rounds)} +
               further;
    }

    QTemporaryDir m_folder;
    QString m_set;
};

void TestCommands::initTestCase()
{
    VITRINE_REQUIRE_TORCH();
    m_set = file(u"set"_s);
    const Run run = runVitrine({u"build"_s, tinyCheckpoint(), u"--out"_s, m_set});
    VITRINE_COMPARE_STATUS(run, 0);
    QVERIFY2(run.out.contains("lite"), run.out.constData());
}

void TestCommands::buildPrintsTheManifest()
{
    const Run run = runVitrine({u"build"_s, tinyCheckpoint(), u"--out"_s, file(u"named"_s), u"--name"_s,
                                u"Tiny"_s, u"--labels"_s, writeLabels(7), u"--preprocess"_s,
                                u"mean=0.5,std=0.5"_s, u"--heads"_s, u"1"_s, u"--json"_s});
    VITRINE_COMPARE_STATUS(run, 0);
    QCOMPARE(run.err, QByteArray());
    QFile manifest(file(u"named/vitrine.json"_s));
    QVERIFY(manifest.open(QIODevice::ReadOnly));
    QCOMPARE(run.json(), QJsonDocument::fromJson(manifest.readAll()));
    QCOMPARE(run.json()[u"variants"].toArray().size(), 5);
}

void TestCommands::buildOfBrokenCheckpointFails()
{
    const Run run = runVitrine({u"build"_s, photograph(), u"--out"_s, file(u"broken"_s)});
    VITRINE_COMPARE_STATUS(run, 1);
    QCOMPARE(run.errorLines(), 1);
    QCOMPARE(run.out, QByteArray());
    QVERIFY(!QDir(file(u"broken"_s)).exists());
}

void TestCommands::classifyGivesOneEntryAVariant()
{
    const Run run =
        runVitrine({u"classify"_s, photograph(), u"--set"_s, m_set, u"--json"_s, u"--top"_s, u"3"_s});
    VITRINE_COMPARE_STATUS(run, 0);
    QCOMPARE(run.err, QByteArray());
    QCOMPARE(run.json().array().size(), 5);
    for (const QJsonValue& value : run.json().array()) {
        const QJsonObject entry = value.toObject();
        QVERIFY(!entry.contains(u"logits"));
        QCOMPARE(entry[u"top"].toArray().size(), 3);
        const QJsonObject best = entry[u"top"].toArray().first().toObject();
        QVERIFY(best[u"probability"].toDouble() > 1.0 / 7);
        QVERIFY(best.contains(u"label"));
    }
}

void TestCommands::classifyTakesACheckpoint()
{
    const Run run = runVitrine({u"classify"_s, u"--model"_s, tinyCheckpoint(), photograph(), u"--json"_s});
    VITRINE_COMPARE_STATUS(run, 0);
    QCOMPARE(run.json().array().size(), 1);
    QCOMPARE(run.json().array().first().toObject()[u"kind"].toString(), u"original"_s);
}

void TestCommands::classifyGoesOnAfterABadImage()
{
    const Run run = runVitrine({u"classify"_s, fixture(u"images/cut.png"_s), photograph(), u"gone.png"_s,
                                u"--model"_s, tinyCheckpoint(), u"gone.pt"_s, u"--json"_s});
    VITRINE_COMPARE_STATUS(run, 1);
    QVERIFY2(run.err.contains("gone.png") && run.err.contains("gone.pt"), run.err.constData());
    QVERIFY(!run.json().array().isEmpty());
}

void TestCommands::logitsAreAddedOnDemand()
{
    const Run run = runVitrine({u"classify"_s, photograph(), u"--set"_s, m_set, u"--json"_s, u"--logits"_s});
    VITRINE_COMPARE_STATUS(run, 0);
    QCOMPARE(run.json().array().first().toObject()[u"logits"].toArray().size(), 7);
}

void TestCommands::labelsAreNamed()
{
    const Run run =
        runVitrine({u"classify"_s, photograph(), u"--set"_s, m_set, u"--labels"_s, writeLabels(7)});
    VITRINE_COMPARE_STATUS(run, 0);
    QVERIFY2(run.out.contains("label number 3"), run.out.constData());
    QCOMPARE(run.err, QByteArray());
}

void TestCommands::labelsOfAnotherModelAreRefused()
{
    const QStringList command{u"classify"_s, photograph(), u"--model"_s,  tinyCheckpoint(),
                              u"--heads"_s,  u"1"_s,       u"--labels"_s, writeLabels(4)};
    const Run refused = runVitrine(command);
    VITRINE_COMPARE_STATUS(refused, 2);
    QCOMPARE(refused.errorLines(), 1);
    QVERIFY2(refused.err.contains("7 classes apart, but there are 4 labels"), refused.err.constData());
    const Run run = runVitrine(command + QStringList{u"--labels-anyway"_s});
    VITRINE_COMPARE_STATUS(run, 0);
    QVERIFY2(run.err.contains("warning"), run.err.constData());
}

void TestCommands::unknownEngineListsWhatThereIs()
{
    const Run run =
        runVitrine({u"classify"_s, photograph(), u"--set"_s, m_set, u"--quant-engine"_s, u"steam"_s});
    VITRINE_COMPARE_STATUS(run, 2);
    QVERIFY2(run.err.contains("steam") && run.err.contains("qnnpack"), run.err.constData());
}

void TestCommands::preprocessThatDoesNotFitIsWrongUsage()
{
    const Run run =
        runVitrine({u"classify"_s, photograph(), u"--set"_s, m_set, u"--preprocess"_s, u"resize=16"_s});
    VITRINE_COMPARE_STATUS(run, 2);
    QVERIFY2(run.err.contains("resize"), run.err.constData());
    QCOMPARE(run.out, QByteArray());
}

void TestCommands::compareMeasuresEveryVariant()
{
    const Run run = runVitrine({u"compare"_s, u"--set"_s, m_set, u"--image"_s, photograph(), u"--rounds"_s,
                                u"4"_s, u"--threads"_s, u"1"_s, u"--json"_s});
    VITRINE_COMPARE_STATUS(run, 0);
    for (const QByteArray& line : run.err.split('\n')) // of a busy machine, say
        QVERIFY2(line.isEmpty() || line.startsWith("vitrine: warning: "), line.constData());
    const QJsonObject comparison = run.json().object();
    QCOMPARE(comparison[u"variants"].toArray().size(), 5);
    QCOMPARE(comparison[u"predictions"].toArray().size(), 5);
    QVERIFY(!comparison[u"stamp"].toObject().isEmpty());
    for (const QJsonValue& value : comparison[u"variants"].toArray()) {
        const QJsonObject variant = value.toObject();
        QCOMPARE(variant[u"n"].toInt(), 4);
        QCOMPARE(variant[u"samples_ms"].toArray().size(), 4);
        QVERIFY(variant[u"median_ms"].toDouble() >= variant[u"min_ms"].toDouble());
        QVERIFY(variant[u"min_ms"].toDouble() > 0);
        const bool isBaseline = variant[u"name"].toString() == u"original"_s;
        QCOMPARE(variant[u"verdict"].toString(), isBaseline ? u"baseline"_s : u"too few samples"_s);
    }
    QCOMPARE(comparison[u"benchmark"].toObject()[u"stopped"].toString(), u"rounds"_s);
}

void TestCommands::compareFindsOutThreadsOnce()
{
    QProcessEnvironment environment = withoutDisplay();
    environment.insert(u"XDG_CACHE_HOME"_s, m_folder.filePath(u"threads-cache"_s));
    const QStringList arguments = measuring("compare", 4, {u"--json"_s});
    const Run first = runVitrine(arguments, environment);
    VITRINE_COMPARE_STATUS(first, 0);
    QVERIFY2(first.err.contains("original is fastest on this number of threads"), first.err.constData());
    const int threads = first.json().object()[u"stamp"].toObject()[u"threads"].toInt();
    QVERIFY(threads >= 1 && threads <= QThread::idealThreadCount());
    const Run second = runVitrine(arguments, environment);
    VITRINE_COMPARE_STATUS(second, 0);
    QVERIFY2(!second.err.contains("fastest"), second.err.constData());
    QCOMPARE(second.json().object()[u"stamp"].toObject()[u"threads"].toInt(), threads);
}

void TestCommands::compareMeasuresAgainstItself()
{
    const QStringList arguments = measuring("compare", 12, {u"--aa"_s});
    const Run text = runVitrine(arguments);
    VITRINE_COMPARE_STATUS(text, 0);
    QVERIFY2(text.out.contains("original (again)") && text.out.contains("Noise floor"), text.out.constData());
    const Run run = runVitrine(arguments + QStringList{u"--baseline"_s, u"lite"_s, u"--json"_s});
    VITRINE_COMPARE_STATUS(run, 0);
    const QJsonObject self = run.json().object()[u"against_itself"].toObject();
    QCOMPARE(self[u"name"].toString(), u"lite"_s);
    QCOMPARE(self[u"ratio_ci95"].toArray().size(), 2);
    const Run few = runVitrine(measuring("compare", 3, {u"--aa"_s}));
    VITRINE_COMPARE_STATUS(few, 0);
    QVERIFY2(few.out.contains("n too small") && few.out.contains("too few samples"), few.out.constData());
    QVERIFY2(!few.out.contains("Noise floor"), few.out.constData());
}

void TestCommands::compareRunsSeveralEngines()
{
    const Run run = runVitrine({u"compare"_s, u"--set"_s, m_set, u"--image"_s, photograph(), u"--rounds"_s,
                                u"12"_s, u"--quant-engine"_s, u"onednn,qnnpack"_s, u"--baseline"_s,
                                u"quantized (onednn)"_s, u"--json"_s});
    VITRINE_COMPARE_STATUS(run, 0);
    QHash<QString, QJsonObject> variants;
    for (const QJsonValue& value : run.json().object()[u"variants"].toArray())
        variants.insert(value.toObject()[u"name"].toString(), value.toObject());
    QCOMPARE(variants.size(), 8); // original and scripted once, the three quantized ones twice
    for (const char* engine : {"onednn", "qnnpack"})
        QCOMPARE(variants.value(u"quantized (%1)"_s.arg(engine))[u"quantized_engine"].toString(),
                 QLatin1String(engine));
    QCOMPARE(variants.value(u"quantized (onednn)"_s)[u"verdict"].toString(), u"baseline"_s);
}

void TestCommands::sweepMeasuresOnSeveralNumbersOfThreads()
{
    const QString charts = m_folder.filePath(u"sweep"_s);
    const QStringList arguments = measuring("sweep", 12, {u"--threads"_s, u"2,1"_s});
    const Run text = runVitrine(arguments + QStringList{u"--charts"_s, charts});
    VITRINE_COMPARE_STATUS(text, 0);
    QVERIFY2(text.out.contains("quantized is fastest on "), text.out.constData());
    QVERIFY(QFileInfo(charts + u"/threads.svg"_s).size() > 0);
    const Run run = runVitrine(arguments + QStringList{u"--json"_s});
    VITRINE_COMPARE_STATUS(run, 0);
    const QJsonArray points = run.json().object()[u"thread_sweep"].toArray();
    QCOMPARE(points.size(), 2);
    for (int i = 0; i < 2; ++i) {
        QCOMPARE(points[i][u"threads"].toInt(), i + 1);
        QCOMPARE(points[i][u"variants"].toArray().size(), 5);
        QCOMPARE(points[i][u"variants"][0][u"n"].toInt(), 12);
    }
}

void TestCommands::unknownBaselineListsWhatThereIs()
{
    const Run run = runVitrine(
        {u"compare"_s, u"--set"_s, m_set, u"--image"_s, photograph(), u"--baseline"_s, u"nobody"_s});
    VITRINE_COMPARE_STATUS(run, 2);
    QVERIFY2(run.err.contains("nobody") && run.err.contains("scripted"), run.err.constData());
}

void TestCommands::compareWritesFiles()
{
    const Run run = runVitrine({u"compare"_s, u"--set"_s, m_set, u"--image"_s, photograph(), u"--rounds"_s,
                                u"2"_s, u"--json"_s, file(u"c.json"_s), u"--csv"_s, file(u"c.csv"_s),
                                u"--charts"_s, file(u"charts"_s)});
    VITRINE_COMPARE_STATUS(run, 0);
    QVERIFY2(run.out.contains("mobile-optimized"), run.out.constData());
    QVERIFY(QFile(file(u"c.json"_s)).size() > 0);
    QVERIFY(QFile(file(u"c.csv"_s)).size() > 0);
    const QDir charts(file(u"charts"_s));
    const QStringList expected{u"drift.png"_s, u"latency.png"_s, u"phases.png"_s, u"predictions.png"_s,
                               u"size.png"_s};
    QCOMPARE(charts.entryList({u"*.png"_s}, QDir::Files, QDir::Name), expected);
    QCOMPARE(charts.entryList({u"*.svg"_s}).size(), 5);
}

void TestCommands::sameFileMayBeComparedWithItself()
{
    const Run run = runVitrine({u"compare"_s, u"--model"_s, tinyCheckpoint(), tinyCheckpoint(), u"--image"_s,
                                photograph(), u"--rounds"_s, u"2"_s, u"--json"_s});
    VITRINE_COMPARE_STATUS(run, 0);
    const QJsonArray variants = run.json().object()[u"variants"].toArray();
    QCOMPARE(variants.size(), 2);
    QVERIFY(variants[0].toObject()[u"id"] != variants[1].toObject()[u"id"]);
    QCOMPARE(variants[1].toObject()[u"n"].toInt(), 2);
}

void TestCommands::interruptedCompareStillReports()
{
    QProcess process;
    process.setProcessEnvironment(withoutDisplay());
    process.start(QStringLiteral(VITRINE_EXECUTABLE),
                  {u"compare"_s, u"--set"_s, m_set, u"--image"_s, photograph(), u"--rounds"_s, u"1000000"_s,
                   u"--json"_s});
    QVERIFY(process.waitForStarted());
    QVERIFY(!process.waitForFinished(8'000));
    ::kill(static_cast<pid_t>(process.processId()), SIGINT);
    QVERIFY(process.waitForFinished(60'000));
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), 130);
    QVERIFY(QJsonDocument::fromJson(process.readAllStandardOutput()).isObject());
}

QString TestCommands::writeLabels(int count) const
{
    const QString path = file(u"labels%1.txt"_s.arg(count));
    QFile labels(path);
    if (labels.open(QIODevice::WriteOnly))
        for (int index = 0; index < count; ++index)
            labels.write("label number " + QByteArray::number(index) + "\n");
    return path;
}

QTEST_APPLESS_MAIN(TestCommands)
#include "tst_commands.moc"
