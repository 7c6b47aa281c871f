#include "tests/app/vitrine_process.h"
#include "tests/support/test_data.h"

#include <QDir>
#include <QTemporaryDir>
#include <QThread>

#include <csignal>

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
    void labelsOfAnotherModelAreWarnedOf();
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
        return QStringList{QLatin1String(command),
                           QStringLiteral("--set"),
                           m_set,
                           QStringLiteral("--image"),
                           photograph(),
                           QStringLiteral("--rounds"),
                           QString::number(rounds)} +
               further;
    }

    QTemporaryDir m_folder;
    QString m_set;
};

void TestCommands::initTestCase()
{
    VITRINE_REQUIRE_TORCH();
    m_set = file(QStringLiteral("set"));
    const Run run = runVitrine({QStringLiteral("build"), tinyCheckpoint(), QStringLiteral("--out"), m_set});
    VITRINE_COMPARE_STATUS(run, 0);
    QVERIFY2(run.out.contains("lite"), run.out.constData());
}

void TestCommands::buildPrintsTheManifest()
{
    const Run run = runVitrine(
        {QStringLiteral("build"), tinyCheckpoint(), QStringLiteral("--out"), file(QStringLiteral("named")),
         QStringLiteral("--name"), QStringLiteral("Tiny"), QStringLiteral("--labels"), writeLabels(7),
         QStringLiteral("--preprocess"), QStringLiteral("mean=0.5,std=0.5"), QStringLiteral("--json")});
    VITRINE_COMPARE_STATUS(run, 0);
    QCOMPARE(run.err, QByteArray());
    QFile manifest(file(QStringLiteral("named/vitrine.json")));
    QVERIFY(manifest.open(QIODevice::ReadOnly));
    QCOMPARE(run.json(), QJsonDocument::fromJson(manifest.readAll()));
    QCOMPARE(run.json()[u"variants"].toArray().size(), 5);
}

void TestCommands::buildOfBrokenCheckpointFails()
{
    const Run run = runVitrine(
        {QStringLiteral("build"), photograph(), QStringLiteral("--out"), file(QStringLiteral("broken"))});
    VITRINE_COMPARE_STATUS(run, 1);
    QCOMPARE(run.errorLines(), 1);
    QCOMPARE(run.out, QByteArray());
    QVERIFY(!QDir(file(QStringLiteral("broken"))).exists());
}

void TestCommands::classifyGivesOneEntryAVariant()
{
    const Run run = runVitrine({QStringLiteral("classify"), photograph(), QStringLiteral("--set"), m_set,
                                QStringLiteral("--json"), QStringLiteral("--top"), QStringLiteral("3")});
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
    const Run run = runVitrine({QStringLiteral("classify"), QStringLiteral("--model"), tinyCheckpoint(),
                                photograph(), QStringLiteral("--json")});
    VITRINE_COMPARE_STATUS(run, 0);
    QCOMPARE(run.json().array().size(), 1);
    QCOMPARE(run.json().array().first().toObject()[u"kind"].toString(), QStringLiteral("original"));
}

void TestCommands::classifyGoesOnAfterABadImage()
{
    const Run run = runVitrine({QStringLiteral("classify"), fixture(QStringLiteral("images/cut.png")),
                                photograph(), QStringLiteral("gone.png"), QStringLiteral("--model"),
                                tinyCheckpoint(), QStringLiteral("gone.pt"), QStringLiteral("--json")});
    VITRINE_COMPARE_STATUS(run, 1);
    QVERIFY2(run.err.contains("gone.png") && run.err.contains("gone.pt"), run.err.constData());
    QVERIFY(!run.json().array().isEmpty());
}

void TestCommands::logitsAreAddedOnDemand()
{
    const Run run = runVitrine({QStringLiteral("classify"), photograph(), QStringLiteral("--set"), m_set,
                                QStringLiteral("--json"), QStringLiteral("--logits")});
    VITRINE_COMPARE_STATUS(run, 0);
    QCOMPARE(run.json().array().first().toObject()[u"logits"].toArray().size(), 7);
}

void TestCommands::labelsAreNamed()
{
    const Run run = runVitrine({QStringLiteral("classify"), photograph(), QStringLiteral("--set"), m_set,
                                QStringLiteral("--labels"), writeLabels(7)});
    VITRINE_COMPARE_STATUS(run, 0);
    QVERIFY2(run.out.contains("label number 3"), run.out.constData());
    QCOMPARE(run.err, QByteArray());
}

void TestCommands::labelsOfAnotherModelAreWarnedOf()
{
    const Run run = runVitrine({QStringLiteral("classify"), photograph(), QStringLiteral("--model"),
                                tinyCheckpoint(), QStringLiteral("--labels"), writeLabels(4)});
    VITRINE_COMPARE_STATUS(run, 0);
    QCOMPARE(run.errorLines(), 1);
    QVERIFY2(run.err.contains("warning"), run.err.constData());
}

void TestCommands::unknownEngineListsWhatThereIs()
{
    const Run run = runVitrine({QStringLiteral("classify"), photograph(), QStringLiteral("--set"), m_set,
                                QStringLiteral("--quant-engine"), QStringLiteral("steam")});
    VITRINE_COMPARE_STATUS(run, 2);
    QVERIFY2(run.err.contains("steam") && run.err.contains("qnnpack"), run.err.constData());
}

void TestCommands::preprocessThatDoesNotFitIsWrongUsage()
{
    const Run run = runVitrine({QStringLiteral("classify"), photograph(), QStringLiteral("--set"), m_set,
                                QStringLiteral("--preprocess"), QStringLiteral("resize=16")});
    VITRINE_COMPARE_STATUS(run, 2);
    QVERIFY2(run.err.contains("resize"), run.err.constData());
    QCOMPARE(run.out, QByteArray());
}

void TestCommands::compareMeasuresEveryVariant()
{
    const Run run =
        runVitrine({QStringLiteral("compare"), QStringLiteral("--set"), m_set, QStringLiteral("--image"),
                    photograph(), QStringLiteral("--rounds"), QStringLiteral("4"),
                    QStringLiteral("--threads"), QStringLiteral("1"), QStringLiteral("--json")});
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
        const bool isBaseline = variant[u"name"].toString() == QStringLiteral("original");
        QCOMPARE(variant[u"verdict"].toString(),
                 isBaseline ? QStringLiteral("baseline") : QStringLiteral("too few samples"));
    }
    QCOMPARE(comparison[u"benchmark"].toObject()[u"stopped"].toString(), QStringLiteral("rounds"));
}

void TestCommands::compareFindsOutThreadsOnce()
{
    QProcessEnvironment environment = withoutDisplay();
    environment.insert(QStringLiteral("XDG_CACHE_HOME"), m_folder.filePath(QStringLiteral("threads-cache")));
    const QStringList arguments = measuring("compare", 4, {QStringLiteral("--json")});
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
    const QStringList arguments = measuring("compare", 12, {QStringLiteral("--aa")});
    const Run text = runVitrine(arguments);
    VITRINE_COMPARE_STATUS(text, 0);
    QVERIFY2(text.out.contains("original (again)") && text.out.contains("Noise floor"), text.out.constData());
    const Run run = runVitrine(arguments + QStringList{QStringLiteral("--baseline"), QStringLiteral("lite"),
                                                       QStringLiteral("--json")});
    VITRINE_COMPARE_STATUS(run, 0);
    const QJsonObject self = run.json().object()[u"against_itself"].toObject();
    QCOMPARE(self[u"name"].toString(), QStringLiteral("lite"));
    QCOMPARE(self[u"ratio_ci95"].toArray().size(), 2);
    const Run few = runVitrine(measuring("compare", 3, {QStringLiteral("--aa")}));
    VITRINE_COMPARE_STATUS(few, 0);
    QVERIFY2(few.out.contains("n too small") && few.out.contains("too few samples"), few.out.constData());
    QVERIFY2(!few.out.contains("Noise floor"), few.out.constData());
}

void TestCommands::compareRunsSeveralEngines()
{
    const Run run = runVitrine({QStringLiteral("compare"), QStringLiteral("--set"), m_set,
                                QStringLiteral("--image"), photograph(), QStringLiteral("--rounds"),
                                QStringLiteral("12"), QStringLiteral("--quant-engine"),
                                QStringLiteral("onednn,qnnpack"), QStringLiteral("--baseline"),
                                QStringLiteral("quantized (onednn)"), QStringLiteral("--json")});
    VITRINE_COMPARE_STATUS(run, 0);
    QHash<QString, QJsonObject> variants;
    for (const QJsonValue& value : run.json().object()[u"variants"].toArray())
        variants.insert(value.toObject()[u"name"].toString(), value.toObject());
    QCOMPARE(variants.size(), 8); // original and scripted once, the three quantized ones twice
    for (const char* engine : {"onednn", "qnnpack"})
        QCOMPARE(variants.value(QStringLiteral("quantized (%1)").arg(engine))[u"quantized_engine"].toString(),
                 QLatin1String(engine));
    QCOMPARE(variants.value(QStringLiteral("quantized (onednn)"))[u"verdict"].toString(),
             QStringLiteral("baseline"));
}

void TestCommands::sweepMeasuresOnSeveralNumbersOfThreads()
{
    const QString charts = m_folder.filePath(QStringLiteral("sweep"));
    const QStringList arguments =
        measuring("sweep", 12, {QStringLiteral("--threads"), QStringLiteral("2,1")});
    const Run text = runVitrine(arguments + QStringList{QStringLiteral("--charts"), charts});
    VITRINE_COMPARE_STATUS(text, 0);
    QVERIFY2(text.out.contains("quantized is fastest on "), text.out.constData());
    QVERIFY(QFileInfo(charts + QStringLiteral("/threads.svg")).size() > 0);
    const Run run = runVitrine(arguments + QStringList{QStringLiteral("--json")});
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
    const Run run =
        runVitrine({QStringLiteral("compare"), QStringLiteral("--set"), m_set, QStringLiteral("--image"),
                    photograph(), QStringLiteral("--baseline"), QStringLiteral("nobody")});
    VITRINE_COMPARE_STATUS(run, 2);
    QVERIFY2(run.err.contains("nobody") && run.err.contains("scripted"), run.err.constData());
}

void TestCommands::compareWritesFiles()
{
    const Run run =
        runVitrine({QStringLiteral("compare"), QStringLiteral("--set"), m_set, QStringLiteral("--image"),
                    photograph(), QStringLiteral("--rounds"), QStringLiteral("2"), QStringLiteral("--json"),
                    file(QStringLiteral("c.json")), QStringLiteral("--csv"), file(QStringLiteral("c.csv")),
                    QStringLiteral("--charts"), file(QStringLiteral("charts"))});
    VITRINE_COMPARE_STATUS(run, 0);
    QVERIFY2(run.out.contains("mobile-optimized"), run.out.constData());
    QVERIFY(QFile(file(QStringLiteral("c.json"))).size() > 0);
    QVERIFY(QFile(file(QStringLiteral("c.csv"))).size() > 0);
    const QDir charts(file(QStringLiteral("charts")));
    const QStringList expected{QStringLiteral("drift.png"), QStringLiteral("latency.png"),
                               QStringLiteral("phases.png"), QStringLiteral("predictions.png"),
                               QStringLiteral("size.png")};
    QCOMPARE(charts.entryList({QStringLiteral("*.png")}, QDir::Files, QDir::Name), expected);
    QCOMPARE(charts.entryList({QStringLiteral("*.svg")}).size(), 5);
}

void TestCommands::sameFileMayBeComparedWithItself()
{
    const Run run = runVitrine({QStringLiteral("compare"), QStringLiteral("--model"), tinyCheckpoint(),
                                tinyCheckpoint(), QStringLiteral("--image"), photograph(),
                                QStringLiteral("--rounds"), QStringLiteral("2"), QStringLiteral("--json")});
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
                  {QStringLiteral("compare"), QStringLiteral("--set"), m_set, QStringLiteral("--image"),
                   photograph(), QStringLiteral("--rounds"), QStringLiteral("1000000"),
                   QStringLiteral("--json")});
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
    const QString path = file(QStringLiteral("labels%1.txt").arg(count));
    QFile labels(path);
    if (labels.open(QIODevice::WriteOnly))
        for (int index = 0; index < count; ++index)
            labels.write("label number " + QByteArray::number(index) + "\n");
    return path;
}

QTEST_APPLESS_MAIN(TestCommands)
#include "tst_commands.moc"
