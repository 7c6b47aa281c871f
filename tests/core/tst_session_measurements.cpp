#include "core/base/literals.h"
#include "core/compare/headline.h"
#include "tests/support/fake_child.h"
#include "tests/support/model_files.h"
#include "tests/support/session_probe.h"

#include <QElapsedTimer>
#include <QFile>
#include <QSignalSpy>
#include <QTest>

using namespace vitrine;
using namespace std::chrono_literals;
using enum VariantKind;

/// What a session measures beside latency: phases, cold starts and peak memory, operators.
class TestSessionMeasurements : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void phasesFollowABenchmark();
    void phasesCountNothingTwice();
    void phasesOfALostFileLackTheDecoding();
    void quickPlansMeasureNothingElse();
    void withoutAProgramNothingIsProbed();
    void coldStartAndMemoryAreProbed();
    void everyVariantIsProbedAsItIsRun();
    void aFailedProbeLeavesTheLatency();
    void cancelKillsTheProbe();
    void removingAVariantKillsItsProbeAlone();
    void resultsComeBackWithTheSetting();
    void operatorsAreProfiled();
    void aModelThatCannotBeProfiledSaysSo();
    void cancelledProfilesKeepWhatIsDone();
    void thereMustBeSomethingToProfile();

private:
    /// A session whose children are this script.
    void useChild(const QByteArray& script);
    ComparisonSession& session() { return *m_probe->session; }
    test::FakeScript& script() { return *m_probe->script; }
    VariantResult variant(const char* name) { return m_probe->variant(QLatin1String(name)); }
    static BenchmarkPlan probingPlan();

    std::unique_ptr<test::SessionProbe> m_probe;
};

void TestSessionMeasurements::init()
{
    m_probe = std::make_unique<test::SessionProbe>();
}

void TestSessionMeasurements::cleanup()
{
    const std::shared_ptr<test::FakeScript> script = m_probe->script;
    m_probe.reset();
    QCOMPARE(script->models, 0);
    QVERIFY(!script->threadRuleBroken);
}

void TestSessionMeasurements::useChild(const QByteArray& script)
{
    const QString program = test::writeChild(m_probe->path(u"child"_s), script);
    m_probe->session =
        std::make_unique<ComparisonSession>(test::fakeEngine(m_probe->script), ProbeSettings{program, 60s});
}

BenchmarkPlan TestSessionMeasurements::probingPlan()
{
    BenchmarkPlan plan = test::quickPlan();
    plan.probe = true;
    return plan;
}

void TestSessionMeasurements::phasesFollowABenchmark()
{
    QVERIFY(m_probe->add({Original, Lite}));
    QSignalSpy finished(&session(), &ComparisonSession::benchmarkFinished);
    session().benchmark(probingPlan());
    QVERIFY(m_probe->finish());
    QCOMPARE(finished.takeFirst()[0].toBool(), false);
    QVERIFY(variant("original").phases.softmax);
    const VariantResult lite = variant("lite");
    QVERIFY(lite.phases.decode && lite.phases.resize && lite.phases.normalize && lite.phases.softmax);
    QCOMPARE(lite.phases.steadyForward, lite.latency->median);
    QCOMPARE(lite.latency->n, 3);
    QVERIFY(!lite.phases.load);
}

void TestSessionMeasurements::phasesCountNothingTwice()
{
    m_probe->script->delays[u"original"_s] = 1ms;
    QVERIFY(m_probe->add({Original}));
    BenchmarkPlan plan = probingPlan();
    plan.timed = TimedWork::FromDecodedImage;
    session().benchmark(plan);
    QVERIFY(m_probe->finish());
    const VariantResult original = variant("original");
    QVERIFY(original.phases.steadyForward > 1ms);
    QVERIFY(original.phases.steadyForward != original.latency->median);
    session().benchmark(test::quickPlan());
    QVERIFY(m_probe->finish());
    QCOMPARE(variant("original").phases.steadyForward, variant("original").latency->median);
}

void TestSessionMeasurements::phasesOfALostFileLackTheDecoding()
{
    QVERIFY(m_probe->add({Original}));
    QVERIFY(QFile::remove(m_probe->path(u"0.png"_s)));
    session().benchmark(probingPlan());
    QVERIFY(m_probe->finish());
    QVERIFY(!variant("original").phases.decode);
    QVERIFY(variant("original").phases.resize);
}

void TestSessionMeasurements::quickPlansMeasureNothingElse()
{
    useChild(test::reportingChild());
    QVERIFY(m_probe->add({Original}));
    session().benchmark(test::quickPlan());
    QVERIFY(m_probe->finish());
    QVERIFY(!variant("original").phases.decode);
    QVERIFY(!variant("original").freshProcess->coldStart);
    QVERIFY(variant("original").phases.steadyForward);
}

void TestSessionMeasurements::withoutAProgramNothingIsProbed()
{
    QVERIFY(m_probe->add({Original}));
    session().benchmark(probingPlan());
    QVERIFY(m_probe->finish());
    const auto outcome = variant("original").freshProcess;
    QVERIFY(!outcome->coldStart && !outcome->error);
}

void TestSessionMeasurements::coldStartAndMemoryAreProbed()
{
    useChild(test::reportingChild());
    QVERIFY(m_probe->add({Original, Lite}));
    session().benchmark(probingPlan());
    QVERIFY(m_probe->finish());
    QCOMPARE(session().snapshot()->variants.size(), std::size_t{2});
    for (const Comparison now = *session().snapshot(); const VariantResult& each : now.variants) {
        QVERIFY(each.freshProcess->coldStart.has_value());
        QCOMPARE(each.freshProcess->coldStart->total(), 42'500us);
        QCOMPARE(each.freshProcess->peakMemoryBytes, 50'000'000);
        QCOMPARE(each.phases.load, 30ms);
        QCOMPARE(each.phases.firstForward, 12'500us);
        QCOMPARE(each.state, VariantState::Ready);
    }
}

void TestSessionMeasurements::everyVariantIsProbedAsItIsRun()
{
    useChild("echo \"$@\" >> \"$(dirname \"$0\")/told\"\n" + test::reportingChild());
    QVERIFY(m_probe->add({Original, Lite}));
    session().setRunSettings({2, u"slow-int8"_s});
    session().setVariantEnabled(m_probe->variantId(u"original"_s), false);
    session().benchmark(probingPlan());
    QVERIFY(m_probe->finish());
    QFile told(m_probe->path(u"told"_s));
    QVERIFY(told.open(QIODevice::ReadOnly));
    const QByteArrayList lines = told.readAll().trimmed().split('\n');
    QCOMPARE(lines.size(), 1);
    for (const char* part : {"lite.pt", "--threads 2", "--quant-engine slow-int8", "--preprocess size=32"})
        QVERIFY2(lines[0].contains(part), lines[0].constData());
}

void TestSessionMeasurements::aFailedProbeLeavesTheLatency()
{
    useChild("kill -SEGV $$");
    QVERIFY(m_probe->add({Original}));
    session().benchmark(probingPlan());
    QVERIFY(m_probe->finish());
    const VariantResult original = variant("original");
    QVERIFY(original.freshProcess->error.has_value());
    QVERIFY(!original.error && !original.freshProcess->coldStart && !original.freshProcess->peakMemoryBytes);
    QCOMPARE(original.latency->n, 3);
}

void TestSessionMeasurements::cancelKillsTheProbe()
{
    useChild("echo $$ > \"$0.id\"\nexec sleep 1000");
    QVERIFY(m_probe->add({Original, Lite}));
    session().benchmark(probingPlan());
    const auto id = [this] {
        QFile file(m_probe->path(u"child.id"_s));
        return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed().toLongLong() : 0;
    };
    QTRY_VERIFY_WITH_TIMEOUT(id() > 0, 60'000);
    session().cancel();
    QVERIFY(m_probe->finish());
    QVERIFY(!test::processExists(id()));
    for (const char* name : {"original", "lite"})
        QVERIFY(!variant(name).freshProcess->coldStart && !variant(name).freshProcess->error);
    QCOMPARE(variant("lite").latency->n, 3);
    const Comparison comparison = *session().snapshot();
    QCOMPARE(comparison.benchmark->stopped, StopReason::Rounds);
    QVERIFY(comparison.benchmark->isCutShort);
    QVERIFY(latencyWarnings(comparison).front().text.startsWith(u"Cancelled before the phases"_s));
    QVERIFY(benchmarkText(*comparison.benchmark).contains(u"was cancelled"_s));
}

void TestSessionMeasurements::removingAVariantKillsItsProbeAlone()
{
    useChild("[ -e \"$0.first\" ] || { touch \"$0.first\"; exec sleep 1000; }\n" + test::reportingChild());
    QVERIFY(m_probe->add({Original, Lite}));
    QElapsedTimer timer;
    timer.start();
    session().benchmark(probingPlan());
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(m_probe->path(u"child.first"_s)), 60'000);
    session().removeVariant(m_probe->variantId(u"original"_s));
    QVERIFY(m_probe->finish());
    QVERIFY(timer.elapsed() < 50'000); // it would have had a minute
    QVERIFY(variant("lite").freshProcess->coldStart);
    QVERIFY(!session().snapshot()->benchmark->isCutShort);
}

void TestSessionMeasurements::resultsComeBackWithTheSetting()
{
    useChild(test::reportingChild());
    QVERIFY(m_probe->add({Lite}));
    session().benchmark(probingPlan());
    QVERIFY(m_probe->finish());
    session().setRunSettings({2, {}});
    QVERIFY(!variant("lite").freshProcess->coldStart && !variant("lite").phases.decode);
    session().setRunSettings({1, {}});
    QVERIFY(variant("lite").freshProcess->coldStart && variant("lite").phases.decode);
    session().clear();
    QVERIFY(m_probe->add({Lite}));
    QVERIFY(!variant("lite").freshProcess->coldStart);
}

void TestSessionMeasurements::operatorsAreProfiled()
{
    script().operators.insert(u"lite"_s, {{{u"quantized::linear_dynamic"_s, 49, 12ms}}, 1ms, 13ms});
    QVERIFY(m_probe->add({Original, Lite}, 2));
    QSignalSpy finished(&session(), &ComparisonSession::profileFinished);
    session().profile();
    QVERIFY(m_probe->finish());
    QCOMPARE(finished.takeFirst()[0].toBool(), false);
    QCOMPARE(script().profiles, 2);
    QCOMPARE(script().forwards, 2 * (3 + 1)); // three before each that is watched
    QVERIFY(variant("original").operators());
    QCOMPARE(variant("lite").operators()->selfTotal(), 12ms);
    QCOMPARE(variant("lite").state, VariantState::Ready);
    QVERIFY(session().snapshot()->predictionCount() == 0);

    session().setCurrentImage(session().snapshot()->images[1].id);
    QVERIFY(!variant("lite").operators()); // of another image nothing is known
}

void TestSessionMeasurements::aModelThatCannotBeProfiledSaysSo()
{
    const Error error{ErrorKind::Engine, u"no such operator"_s, {}};
    script().forwardErrors.insert(u"lite"_s, error);
    script().loadErrors.insert(u"scripted"_s, error);
    QVERIFY(m_probe->add({Original, Scripted, Lite}));
    session().profile();
    QVERIFY(m_probe->finish());
    QVERIFY(variant("original").operators());
    QCOMPARE(variant("lite").error, error);
    QVERIFY(!variant("lite").operators());
    QCOMPARE(variant("scripted").error, error);
    QCOMPARE(variant("scripted").state, VariantState::Failed);
}

void TestSessionMeasurements::cancelledProfilesKeepWhatIsDone()
{
    QVERIFY(m_probe->add({Original, Lite}));
    QSignalSpy finished(&session(), &ComparisonSession::profileFinished);
    std::atomic<ComparisonSession*> target = m_probe->session.get();
    script().onForward = [&](const QString& name) {
        if (name == u"lite"_s && target.exchange(nullptr))
            QMetaObject::invokeMethod(m_probe->session.get(), &ComparisonSession::cancel,
                                      Qt::BlockingQueuedConnection);
    };
    session().profile();
    QVERIFY(m_probe->finish());
    QCOMPARE(finished.takeFirst()[0].toBool(), true);
    QVERIFY(variant("original").operators());
    QVERIFY(!variant("lite").operators());
}

void TestSessionMeasurements::thereMustBeSomethingToProfile()
{
    QSignalSpy failed(&session(), &ComparisonSession::failed);
    const QSignalSpy finished(&session(), &ComparisonSession::profileFinished);
    session().profile();
    QVERIFY(m_probe->finish());
    QCOMPARE(failed.size(), 1);
    QCOMPARE(failed[0][0].value<Error>().kind, ErrorKind::Usage);
    QCOMPARE(finished.size(), 0);
}

QTEST_GUILESS_MAIN(TestSessionMeasurements)
#include "tst_session_measurements.moc"
