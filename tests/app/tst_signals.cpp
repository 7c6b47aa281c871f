#include "core/host/remembered_files.h"
#include "core/model/variant_set.h"
#include "tests/app/engines_process.h"
#include "tests/support/files.h"
#include "tests/support/model_files.h"

#include <QDir>
#include <QElapsedTimer>
#include <QTemporaryDir>

#include <algorithm>

using namespace vitrine;
using namespace vitrine::test;

namespace {

bool hasOpened(const QProcess& process, const QString& path)
{
    const QDir open(u"/proc/%1/fd"_s.arg(process.processId()));
    return std::ranges::any_of(open.entryInfoList(QDir::Files | QDir::System),
                               [&path](const QFileInfo& file) { return file.symLinkTarget() == path; });
}

} // namespace

/// How the program ends when it is asked to, whatever it is doing.
class TestSignals : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void aCommandReportsAndEnds_data();
    void aCommandReportsAndEnds();
    void earlierResultsAreKeptOrReplacedWhole_data();
    void earlierResultsAreKeptOrReplacedWhole();
    void aBuildThatIsEndedLeavesNoSet_data();
    void aBuildThatIsEndedLeavesNoSet();
    void hangUpIsIgnoredWhereItWas();
    void aHangingModelIsGivenUpAndTheOthersReported();
    void inspectOfAHugeFileStops();
    void theWindowClosesAndRemembers_data();
    void theWindowClosesAndRemembers();

private:
    QStringList comparing() const
    {
        return {u"compare"_s, u"--set"_s,     m_set,  u"--image"_s, m_image,     u"--rounds"_s,
                u"100000"_s,  u"--threads"_s, u"1"_s, u"--json"_s,  u"--probe"_s};
    }
    QString file(const QString& name) const { return m_folder.filePath(name); }

    QTemporaryDir m_folder;
    QString m_set;
    QString m_image;
};

void TestSignals::initTestCase()
{
    m_set = writeVariantSet(file(u"set"_s), {VariantKind::Scripted, VariantKind::Lite});
    m_image = writeImage(file(u"image.png"_s));
    qputenv("XDG_CACHE_HOME", file(u"cache"_s).toUtf8());
    const auto set = readVariantSet(m_set);
    QVERIFY(set.ok());
    for (const Variant& variant : set->variants)
        RememberedFiles().rememberBuilt({variant.sha256}); // so that what it prints is seen
}

void TestSignals::aCommandReportsAndEnds_data()
{
    QTest::addColumn<int>("signal");
    QTest::newRow("SIGINT") << SIGINT;
    QTest::newRow("SIGTERM") << SIGTERM;
    QTest::newRow("SIGHUP") << SIGHUP;
}

void TestSignals::aCommandReportsAndEnds()
{
    QFETCH(int, signal);
    RunningVitrine vitrine(comparing());
    QVERIFY(vitrine.waitFor("the model prints"));
    vitrine.send(signal);
    const Run run = vitrine.end();
    VITRINE_COMPARE_STATUS(run, 128 + signal);
    QCOMPARE(run.json()[u"variants"].toArray().size(), 2);
}

void TestSignals::earlierResultsAreKeptOrReplacedWhole_data()
{
    QTest::addColumn<int>("signal");
    QTest::newRow("SIGTERM: what was measured is written") << SIGTERM;
    QTest::newRow("SIGKILL: nothing is touched") << SIGKILL;
}

void TestSignals::earlierResultsAreKeptOrReplacedWhole()
{
    QFETCH(int, signal);
    const QString json = file(u"results.json"_s);
    const QString csv = file(u"results.csv"_s);
    const QString chart = file(u"charts/latency.svg"_s);
    const auto comparing = [&](const QString& rounds) {
        return QStringList{u"compare"_s,     u"--set"_s, m_set,          u"--image"_s, m_image,
                           u"--rounds"_s,    rounds,     u"--threads"_s, u"1"_s,       u"--no-probe"_s,
                           u"--json"_s,      json,       u"--csv"_s,     csv,          u"--charts"_s,
                           file(u"charts"_s)};
    };
    const auto roundsWritten = [&] {
        return QJsonDocument::fromJson(readFile(json))[u"variants"][0][u"n"].toInt();
    };
    const auto all = [&] { return readFile(json) + readFile(csv) + readFile(chart); };
    VITRINE_COMPARE_STATUS(runVitrine(comparing(u"2"_s), withFakeEngines()), 0);
    QCOMPARE(roundsWritten(), 2);
    const QByteArray before = all();

    RunningVitrine vitrine(comparing(u"100000"_s));
    QVERIFY(vitrine.waitFor("the model prints"));
    vitrine.send(signal);
    const Run run = vitrine.end();
    VITRINE_COMPARE_STATUS(run, signal == SIGKILL ? -1 : 128 + signal);
    QCOMPARE(all() == before, signal == SIGKILL);
    QVERIFY(readFile(csv).endsWith('\n') && readFile(chart).trimmed().endsWith("</svg>"));
    QVERIFY(QJsonDocument::fromJson(readFile(json)).isObject());

    VITRINE_COMPARE_STATUS(runVitrine(comparing(u"3"_s), withFakeEngines()), 0);
    QCOMPARE(roundsWritten(), 3);
}

void TestSignals::aBuildThatIsEndedLeavesNoSet_data()
{
    QTest::addColumn<int>("signal");
    QTest::newRow("SIGTERM") << SIGTERM;
    QTest::newRow("SIGKILL") << SIGKILL;
}

/// In the middle of it: its last variant is being tried.
void TestSignals::aBuildThatIsEndedLeavesNoSet()
{
    QFETCH(int, signal);
    const QString folder = file(u"build %1"_s.arg(signal));
    QVERIFY(QDir().mkdir(folder));
    const QStringList building{u"build"_s, writeTinyDeit(folder + u"/tiny.pth"_s), u"--out"_s,
                               folder + u"/set"_s};
    const auto all = [&] {
        return QDir(folder).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot, QDir::Name);
    };
    QProcessEnvironment environment = withFakeEngines();
    environment.insert(u"VITRINE_FAKE_HANGS"_s, u"lite"_s);
    RunningVitrine vitrine(building, environment);
    QVERIFY(vitrine.waitFor(QByteArray("the model prints\n").repeated(5)));
    vitrine.send(signal);
    VITRINE_COMPARE_STATUS(vitrine.end(), signal == SIGKILL ? -1 : 128 + signal);
    QVERIFY(!QFile::exists(folder + u"/set"_s));

    VITRINE_COMPARE_STATUS(runVitrine(building, withFakeEngines()), 0);
    QCOMPARE(all(), (QStringList{u"set"_s, u"tiny.pth"_s}));
    QCOMPARE(readVariantSet(folder + u"/set"_s)->variants.size(), std::size_t{5});
}

void TestSignals::hangUpIsIgnoredWhereItWas()
{
    std::signal(SIGHUP, SIG_IGN); // as nohup does
    RunningVitrine vitrine(comparing());
    const bool hasBegun = vitrine.waitFor("the model prints");
    std::signal(SIGHUP, SIG_DFL);
    QVERIFY(hasBegun);
    vitrine.send(SIGHUP);
    QVERIFY(!vitrine.process().waitForFinished(1'000));
    vitrine.send(SIGTERM);
    VITRINE_COMPARE_STATUS(vitrine.end(), 128 + SIGTERM);
}

void TestSignals::aHangingModelIsGivenUpAndTheOthersReported()
{
    QProcessEnvironment environment = withFakeEngines();
    environment.insert(u"VITRINE_FAKE_HANGS"_s, u"lite"_s);
    RunningVitrine vitrine({u"classify"_s, m_image, u"--set"_s, m_set, u"--json"_s}, environment);
    QVERIFY(vitrine.waitFor("the model prints\nthe model prints"));
    vitrine.send(SIGINT);
    const Run run = vitrine.end();
    VITRINE_COMPARE_STATUS(run, 128 + SIGINT);
    QCOMPARE(run.json().array().size(), 1);
    QVERIFY(run.json().array().first()[u"model"].toString().endsWith(u"scripted.pt"_s));
}

void TestSignals::inspectOfAHugeFileStops()
{
    const QString path = writeFile(file(u"huge.bin"_s), "no model");
    QVERIFY(QFile::resize(path, qint64(1) << 40));
    RunningVitrine vitrine({u"inspect"_s, path});
    QVERIFY(vitrine.process().waitForStarted());
    QTRY_VERIFY_WITH_TIMEOUT(hasOpened(vitrine.process(), path), 60'000);
    QElapsedTimer clock;
    clock.start();
    vitrine.send(SIGINT);
    VITRINE_COMPARE_STATUS(vitrine.end(), 128 + SIGINT);
    QVERIFY2(clock.elapsed() < 30'000, qPrintable(QString::number(clock.elapsed())));
}

void TestSignals::theWindowClosesAndRemembers_data()
{
    QTest::addColumn<QString>("hanging");
    QTest::newRow("while it is idle") << QString();
    QTest::newRow("while a model hangs") << u"scripted"_s;
}

void TestSignals::theWindowClosesAndRemembers()
{
    QFETCH(QString, hanging);
    const QString config = file(u"config "_s + hanging);
    QProcessEnvironment environment = withFakeEngines();
    environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
    environment.insert(u"XDG_CONFIG_HOME"_s, config);
    environment.insert(u"VITRINE_FAKE_HANGS"_s, hanging);
    RunningVitrine vitrine({m_set, m_image}, environment);
    QVERIFY(vitrine.waitFor("the model prints"));
    vitrine.send(SIGTERM);
    VITRINE_COMPARE_STATUS(vitrine.end(), 128 + SIGTERM);
    QVERIFY(readFile(config + u"/Vitrine/Vitrine.conf"_s).contains("geometry="));
}

QTEST_GUILESS_MAIN(TestSignals)
#include "tst_signals.moc"
