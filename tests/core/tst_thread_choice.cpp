#include "core/base/literals.h"
#include "core/measure/thread_choice.h"
#include "core/session/thread_chooser.h"
#include "tests/support/files.h"
#include "tests/support/session_probe.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <thread>

using namespace vitrine;
using namespace std::chrono_literals;
using enum VariantKind;

/// On how many threads a model runs if nobody says: calibration, and what is remembered of it.
class TestThreadChoice : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theFewestFastThreadsAreChosen_data();
    void theFewestFastThreadsAreChosen();
    void whatIsRememberedIsOfMachineAndModel();
    void aBrokenMemoryIsAnEmptyOne();
    void theSessionSetsTheFastest();
    void aModelThatFailsLeavesTheSettings();
    void cancelLeavesTheSettings();
};

void TestThreadChoice::theFewestFastThreadsAreChosen_data()
{
    QTest::addColumn<QList<int>>("milliseconds"); // on 1, 2, 3... threads, three times each
    QTest::addColumn<int>("expected");
    QTest::newRow("more are faster") << QList<int>{100, 60, 40} << 3;
    QTest::newRow("more are slower") << QList<int>{100, 150} << 1;
    QTest::newRow("the middle") << QList<int>{100, 60, 70} << 2;
    QTest::newRow("a gain within noise is none") << QList<int>{101, 100} << 1;
    QTest::newRow("nothing was timed") << QList<int>{} << 0;
}

void TestThreadChoice::theFewestFastThreadsAreChosen()
{
    QFETCH(QList<int>, milliseconds);
    QFETCH(int, expected);
    std::vector<ThreadTime> times;
    for (int i = 0; i < milliseconds.size(); ++i)
        for (const std::chrono::milliseconds more : {0ms, 1ms, 900ms}) // the median is the second
            times.push_back({i + 1, std::chrono::milliseconds(milliseconds[i]) - 1ms + more});
    QCOMPARE(fastestThreads(times), expected);
}

void TestThreadChoice::whatIsRememberedIsOfMachineAndModel()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"below/threads.json"_s);
    MachineStamp machine;
    machine.cpuModel = u"Some CPU"_s;
    machine.virtualCpus = 4;
    const QByteArray model(32, 'a');
    QVERIFY(!ThreadMemory(path).find(machine, model));
    QVERIFY(ThreadMemory(path).remember(machine, model, 3));
    QVERIFY(ThreadMemory(path).remember(machine, QByteArray(32, 'b'), 1));
    QCOMPARE(ThreadMemory(path).find(machine, model), std::optional(3));
    QVERIFY(ThreadMemory(path).remember(machine, model, 2));
    QCOMPARE(ThreadMemory(path).find(machine, model), std::optional(2));
    QVERIFY(!ThreadMemory(path).find(machine, QByteArray(32, 'c')));
    MachineStamp other = machine;
    other.cpuModel = u"Another CPU"_s;
    QVERIFY(!ThreadMemory(path).find(other, model));
    machine.virtualCpus = 1; // fewer than were found fastest
    QVERIFY(!ThreadMemory(path).find(machine, model));
}

void TestThreadChoice::aBrokenMemoryIsAnEmptyOne()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"threads.json"_s);
    MachineStamp machine;
    machine.virtualCpus = 4;
    for (const char* content : {"{", "[]", "7", R"({", 4 processors": {"61": "two"}})"}) {
        test::writeFile(path, content);
        QVERIFY(!ThreadMemory(path).find(machine, "a"));
    }
    QVERIFY(ThreadMemory(path).remember(machine, "a", 2));
    QCOMPARE(ThreadMemory(path).find(machine, "a"), std::optional(2));
}

void TestThreadChoice::theSessionSetsTheFastest()
{
    test::SessionProbe probe;
    QVERIFY(probe.add({Original, Lite}));
    QStringList run;
    probe.script->onForward = [&](const QString& name) {
        run << name;
        std::this_thread::sleep_for(probe.script->threads == 2 ? 100us : 3ms);
    };
    QSignalSpy calibrated(probe.session.get(), &ComparisonSession::threadsCalibrated);
    probe.session->calibrateThreads({1, 2, 3});
    probe.session->benchmark(test::quickPlan());
    QVERIFY(probe.finish());
    QCOMPARE(calibrated.size(), 1);
    QCOMPARE(calibrated[0][0].toString(), probe.variantId(u"original"_s));
    QCOMPARE(calibrated[0][1].toInt(), 2);
    QCOMPARE(probe.session->runSettings().threads, 2);
    // The benchmark behind it runs on as many, and the calibration's passes are none of its samples.
    QCOMPARE(probe.session->snapshot()->stamp.threads, 2);
    QCOMPARE(probe.variant(u"original"_s).latency->n, 3);
    QVERIFY(run.indexOf(u"lite"_s) > 20);
}

void TestThreadChoice::aModelThatFailsLeavesTheSettings()
{
    test::SessionProbe probe;
    QVERIFY(probe.add({Original}));
    probe.script->forwardErrors[u"original"_s] = Error{ErrorKind::Engine, u"no"_s, {}};
    const QSignalSpy calibrated(probe.session.get(), &ComparisonSession::threadsCalibrated);
    probe.session->calibrateThreads({1, 2});
    QVERIFY(probe.finish());
    QCOMPARE(calibrated.size(), 0);
    QCOMPARE(probe.session->runSettings().threads, 1);
    QVERIFY(probe.variant(u"original"_s).error.has_value());
}

void TestThreadChoice::cancelLeavesTheSettings()
{
    test::SessionProbe probe;
    QVERIFY(probe.add({Original}));
    probe.script->onForward = [&](const QString&) {
        QMetaObject::invokeMethod(probe.session.get(), [&] { probe.session->cancel(); });
    };
    probe.script->delays[u"original"_s] = 1ms;
    const QSignalSpy calibrated(probe.session.get(), &ComparisonSession::threadsCalibrated);
    probe.session->calibrateThreads(std::vector<int>(1000, 1));
    QVERIFY(probe.finish());
    QCOMPARE(calibrated.size(), 0);
}

QTEST_GUILESS_MAIN(TestThreadChoice)
#include "tst_thread_choice.moc"
