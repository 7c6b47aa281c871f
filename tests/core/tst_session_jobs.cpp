#include "core/base/literals.h"
#include "core/session/build_follower.h"

#include "tests/support/model_files.h"
#include "tests/support/session_probe.h"

#include <QDir>
#include <QElapsedTimer>
#include <QSemaphore>
#include <QSignalSpy>
#include <QTest>

#include <atomic>
#include <future>
#include <memory>
#include <thread>

using namespace vitrine;
using namespace std::chrono_literals;
using enum VariantKind;

namespace {

/// What buildEnded() told.
Result<QString> folderOf(const QVariantList& arguments)
{
    return *static_cast<const Result<QString>*>(arguments[1].constData());
}

/// Holds the worker where a test wants it.
class Gate
{
public:
    void pass() ///< The worker's side: waits here for open().
    {
        m_reached.set_value();
        m_opened.get_future().wait();
    }
    void awaitWorker() { m_reached.get_future().wait(); }
    void open() { m_opened.set_value(); }

private:
    std::promise<void> m_reached;
    std::promise<void> m_opened;
};

} // namespace

/// Jobs that are stopped, overtaken or left behind.
class TestSessionJobs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void cancelKeepsTheSamples();
    void cancelKeepsTheClassificationsThatAreDone();
    void cancelForgetsWaitingJobs();
    void cancelOfABuildLeavesTheOthers_data();
    void cancelOfABuildLeavesTheOthers();
    void cancelOfNothingIsNothing();
    void aCancelledBenchmarkWithoutSamplesKeepsTheOldOnes();
    void aWarmUpThatIsCancelledGivesTheOldOnesBack_data();
    void aWarmUpThatIsCancelledGivesTheOldOnesBack();
    void nothingIsShownInsideASample();
    void busyIsTold();
    void buildsASet();
    void aFailedBuildIsTold();
    void cancelMidBuildLeavesNothing();
    void everyBuildEndsOnce_data();
    void everyBuildEndsOnce();
    void removedVariantIsLeftOut();
    void removedImageIsLeftOut();
    void clearDropsWhatIsBeingAdded();
    void settingsThatChangeMeanwhileShowNothingStale();
    void destructionStopsABenchmark();
    void destructionStopsWaitingJobs();
    void reportsAreThrottled();

private:
    ComparisonSession& session() { return *m_probe->session; }
    test::FakeScript& script() { return *m_probe->script; }
    QString path(const QString& name) const { return m_probe->path(name); }
    void holdFirstForward(Gate& gate);

    std::unique_ptr<test::SessionProbe> m_probe;
};

void TestSessionJobs::init()
{
    m_probe = std::make_unique<test::SessionProbe>();
    for (const VariantKind kind : allKinds())
        script().delays.insert(kindName(kind), 50us); // an endless benchmark shall not fill the memory
}

void TestSessionJobs::cleanup()
{
    const std::shared_ptr<test::FakeScript> script = m_probe->script;
    m_probe.reset();
    QCOMPARE(script->models, 0);
    QVERIFY(!script->threadRuleBroken);
}

void TestSessionJobs::holdFirstForward(Gate& gate)
{
    auto isFirst = std::make_shared<std::atomic<bool>>(true);
    script().onForward = [&gate, isFirst](const QString&) {
        if (isFirst->exchange(false))
            gate.pass();
    };
}

void TestSessionJobs::cancelKeepsTheSamples()
{
    QVERIFY(m_probe->add({Original, Lite}));
    QSignalSpy finished(&session(), &ComparisonSession::benchmarkFinished);
    session().benchmark(test::endlessPlan());
    for (const QString& name : {u"original"_s, u"lite"_s})
        QTRY_VERIFY_WITH_TIMEOUT(!m_probe->variant(name).latency->samples.empty(), 60'000);
    session().cancel();
    QVERIFY(session().isBusy());
    QVERIFY(m_probe->finish());
    QCOMPARE(finished.takeFirst()[0].toBool(), true);
    const Comparison now = *session().snapshot();
    QCOMPARE(now.predictionCount(), qsizetype{2});
    for (const VariantResult& variant : now.variants) {
        QVERIFY(variant.latency->n > 0);
        QCOMPARE(variant.latency->n, static_cast<int>(variant.latency->samples.size()));
        QCOMPARE(variant.latency->warmUps.size(), std::size_t{2});
        QCOMPARE(variant.state, VariantState::Ready);
    }
}

void TestSessionJobs::cancelKeepsTheClassificationsThatAreDone()
{
    QVERIFY(m_probe->add({Original}, 5));
    const test::GrowthWatch classified(session(), test::predictionCount, [this] { session().cancel(); });
    Gate gate;
    auto forwards = std::make_shared<std::atomic<int>>(0);
    script().onForward = [&gate, forwards](const QString&) {
        if (++*forwards == 2)
            gate.pass();
    };
    session().classify();
    QTRY_COMPARE_WITH_TIMEOUT(session().snapshot()->predictionCount(), qsizetype{1}, 60'000);
    gate.open();
    QVERIFY(m_probe->finish());
    QCOMPARE(session().snapshot()->predictionCount(), qsizetype{2});
}

void TestSessionJobs::cancelForgetsWaitingJobs()
{
    QVERIFY(m_probe->add({Original}));
    Gate gate;
    holdFirstForward(gate);
    QSignalSpy described(&session(), &ComparisonSession::described);
    QSignalSpy finished(&session(), &ComparisonSession::benchmarkFinished);
    session().classify();
    session().benchmark(test::endlessPlan());
    session().describe(test::writeTinyDeit(path(u"tiny.pth"_s)));
    gate.awaitWorker();
    session().cancel();
    gate.open();
    QVERIFY(m_probe->finish());
    QCOMPARE(described.size(), 0);
    QCOMPARE(finished.size(), 0);
    QCOMPARE(script().forwards, 1);
}

void TestSessionJobs::cancelOfABuildLeavesTheOthers_data()
{
    QTest::addColumn<bool>("isWaiting");
    QTest::newRow("one that waits for a run") << true;
    QTest::newRow("one that runs") << false;
}

void TestSessionJobs::cancelOfABuildLeavesTheOthers()
{
    QFETCH(bool, isWaiting);
    QVERIFY(m_probe->add({Original}));
    Gate gate;
    if (isWaiting)
        holdFirstForward(gate);
    else
        script().onBuildStep = [&](VariantKind kind) {
            if (kind == Original)
                gate.pass();
        };
    QSignalSpy described(&session(), &ComparisonSession::described);
    QSignalSpy ended(&session(), &ComparisonSession::buildEnded);
    BuildRequest request;
    request.source = test::writeTinyDeit(path(u"tiny.pth"_s));
    request.folder = path(u"built"_s);
    if (isWaiting)
        session().classify();
    const quint64 build = session().buildVariants(request);
    session().describe(request.source);
    gate.awaitWorker();
    QCOMPARE(session().isBuilding(build), !isWaiting);
    QCOMPARE(session().cancelBuild(build), isWaiting);
    QVERIFY(!session().cancelBuild(build)); // it is forgotten already, or runs
    gate.open();
    QVERIFY(m_probe->finish());
    QCOMPARE(described.size(), 1);
    QCOMPARE(ended.size(), 1);
    QCOMPARE(ended[0][0].value<quint64>(), build);
    QVERIFY(folderOf(ended[0]).isCancelled());
    QVERIFY(!QFile::exists(request.folder));
    QCOMPARE(script().forwards, isWaiting ? 1 : 0);
    script().onBuildStep = [](VariantKind) {};
}

void TestSessionJobs::cancelOfNothingIsNothing()
{
    const QSignalSpy busy(&session(), &ComparisonSession::busyChanged);
    session().cancel();
    QVERIFY(!session().isBusy());
    QCOMPARE(busy.size(), 0);
    QVERIFY(m_probe->add({Original}));
}

void TestSessionJobs::aCancelledBenchmarkWithoutSamplesKeepsTheOldOnes()
{
    QVERIFY(m_probe->add({Original}));
    session().benchmark(test::quickPlan(3));
    QVERIFY(m_probe->finish());
    QVERIFY(m_probe->add({Lite}, 0));
    Gate gate;
    holdFirstForward(gate);
    session().benchmark(test::quickPlan(3));
    gate.awaitWorker();
    session().cancel();
    gate.open();
    QVERIFY(m_probe->finish());
    QCOMPARE(m_probe->variant(u"original"_s).latency->n, 3);
}

void TestSessionJobs::aWarmUpThatIsCancelledGivesTheOldOnesBack_data()
{
    QTest::addColumn<bool>("againstItself");
    QTest::newRow("of variants") << false;
    QTest::newRow("of one against itself") << true;
}

void TestSessionJobs::aWarmUpThatIsCancelledGivesTheOldOnesBack()
{
    QFETCH(bool, againstItself);
    const auto measure =
        againstItself ? &ComparisonSession::benchmarkAgainstItself : &ComparisonSession::benchmark;
    const auto samples = [&] {
        const Comparison now = *session().snapshot();
        return againstItself ? now.selfComparison->first.latency->n : now.variants[0].latency->n;
    };
    QVERIFY(m_probe->add({Original}));
    (session().*measure)(test::quickPlan(3));
    QVERIFY(m_probe->finish());
    QCOMPARE(samples(), 3);

    BenchmarkPlan warmingUp = test::quickPlan(3);
    warmingUp.warmUps = BenchmarkPlan::maxWarmUps;
    script().delays[u"original"_s] = 20ms;
    (session().*measure)(warmingUp);
    const auto isWarmingUp = [&] { return samples() == 0; };
    QTRY_VERIFY_WITH_TIMEOUT(isWarmingUp(), 60'000);
    QCOMPARE(samples(), 0);
    session().cancel();
    QVERIFY(m_probe->finish());
    QCOMPARE(samples(), 3);
}

void TestSessionJobs::nothingIsShownInsideASample()
{
    struct Watch
    {
        std::atomic<bool> isPainting = false;
        std::atomic<int> disturbed = 0; ///< Forwards.
    };
    const auto watch = std::make_shared<Watch>();
    QVERIFY(m_probe->add({Original, Lite}));
    script().onForward = [watch](const QString&) { watch->disturbed += watch->isPainting ? 1 : 0; };
    const auto paint = [watch] {
        std::this_thread::sleep_for(5ms);
        watch->isPainting = false;
    };
    const test::GrowthWatch sampled(session(), test::sampleCount, [this, watch, paint] {
        watch->isPainting = true;
        QMetaObject::invokeMethod(&session(), paint, Qt::QueuedConnection); // as widgets are
    });
    session().benchmark(test::endlessPlan());
    QTRY_VERIFY_WITH_TIMEOUT(sampled.count() >= 5, 60'000);
    session().cancel();
    QVERIFY(m_probe->finish());
    QCOMPARE(watch->disturbed, 0);
}

void TestSessionJobs::busyIsTold()
{
    QSignalSpy busy(&session(), &ComparisonSession::busyChanged);
    session().classify();
    session().classify();
    QVERIFY(session().isBusy());
    QVERIFY(m_probe->finish());
    QCOMPARE(busy.size(), 2);
    QCOMPARE(busy[0][0].toBool(), true);
    QCOMPARE(busy[1][0].toBool(), false);
}

void TestSessionJobs::buildsASet()
{
    QSignalSpy ended(&session(), &ComparisonSession::buildEnded);
    BuildRequest request;
    request.source = test::writeTinyDeit(path(u"tiny.pth"_s));
    request.folder = path(u"built"_s);
    session().buildVariants(request);
    QVERIFY(m_probe->finish());
    QCOMPARE(ended.size(), 1);
    session().addVariantSet(folderOf(ended[0]).value());
    session().addImages({test::writeImage(path(u"image.png"_s))});
    session().classify();
    QVERIFY(m_probe->finish());
    QCOMPARE(session().snapshot()->predictionCount(), qsizetype{5});
}

void TestSessionJobs::aFailedBuildIsTold()
{
    QSignalSpy ended(&session(), &ComparisonSession::buildEnded);
    BuildRequest request;
    request.source = path(u"missing.pth"_s);
    request.folder = path(u"built"_s);
    const quint64 build = session().buildVariants(request);
    QVERIFY(m_probe->finish());
    QCOMPARE(ended.size(), 1);
    QCOMPARE(ended[0][0].value<quint64>(), build);
    QCOMPARE(folderOf(ended[0]).error().kind, ErrorKind::NotFound);
}

void TestSessionJobs::cancelMidBuildLeavesNothing()
{
    Gate gate;
    script().onBuildStep = [&gate](VariantKind kind) {
        if (kind == Quantized)
            gate.pass();
    };
    QSignalSpy ended(&session(), &ComparisonSession::buildEnded);
    BuildRequest request;
    request.source = test::writeTinyDeit(path(u"tiny.pth"_s));
    request.folder = path(u"built"_s);
    session().buildVariants(request);
    gate.awaitWorker();
    session().cancel();
    gate.open();
    QVERIFY(m_probe->finish());
    QCOMPARE(ended.size(), 1);
    QVERIFY(folderOf(ended[0]).isCancelled());
    QCOMPARE(QDir(path(QString())).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
             QStringList{u"tiny.pth"_s});
}

void TestSessionJobs::everyBuildEndsOnce_data()
{
    QTest::addColumn<bool>("clears");
    QTest::newRow("cancelled") << false;
    QTest::newRow("cleared") << true;
}

void TestSessionJobs::everyBuildEndsOnce()
{
    QFETCH(bool, clears);
    Gate gate;
    script().onBuildStep = [&gate](VariantKind kind) {
        if (kind == Quantized)
            gate.pass();
    };
    BuildRequest request;
    request.source = test::writeTinyDeit(path(u"tiny.pth"_s));
    request.folder = path(u"built"_s);
    BuildFollower running(session());
    BuildFollower waiting(session());
    const QSignalSpy progressed(&waiting, &BuildFollower::progressed);
    const QSignalSpy ended(&session(), &ComparisonSession::buildEnded);
    const QSignalSpy first(&running, &BuildFollower::cancelled);
    const QSignalSpy second(&waiting, &BuildFollower::cancelled);
    running.start(request);
    waiting.start(request);
    QCOMPARE(progressed.size(), 1); // that it waits
    gate.awaitWorker();
    clears ? session().clear() : session().cancel();
    QVERIFY(!waiting.isRunning());
    QCOMPARE(second.size(), 1);
    gate.open();
    QVERIFY(m_probe->finish());
    QCOMPARE(first.size(), 1);
    QCOMPARE(second.size(), 1);
    QCOMPARE(ended.size(), 2);
}

void TestSessionJobs::removedVariantIsLeftOut()
{
    QVERIFY(m_probe->add({Original, Lite}));
    session().benchmark(test::endlessPlan());
    QTRY_VERIFY_WITH_TIMEOUT(!m_probe->variant(u"lite"_s).latency->samples.empty(), 60'000);
    session().removeVariant(m_probe->variantId(u"original"_s));
    QCOMPARE(session().snapshot()->variants.size(), std::size_t{1});
    const auto samples = [&] { return m_probe->variant(u"lite"_s).latency->samples.size(); };
    const std::size_t before = samples();
    QTRY_VERIFY_WITH_TIMEOUT(samples() > before, 60'000);
    session().removeVariant(m_probe->variantId(u"lite"_s));
    QVERIFY(m_probe->finish()); // nothing is left to measure
    QVERIFY(session().snapshot()->variants.empty());
}

void TestSessionJobs::removedImageIsLeftOut()
{
    QVERIFY(m_probe->add({Original}, 3));
    Gate gate;
    holdFirstForward(gate);
    session().classify();
    gate.awaitWorker();
    const auto images = session().snapshot()->images;
    session().removeImage(images[0].id);
    session().removeImage(images[2].id);
    gate.open();
    QVERIFY(m_probe->finish());
    QCOMPARE(script().forwards, 2);
    const Comparison now = *session().snapshot();
    QCOMPARE(now.predictionCount(), qsizetype{1});
    QVERIFY(now.prediction(images[1].id, now.variants[0].id));
}

void TestSessionJobs::clearDropsWhatIsBeingAdded()
{
    session().addFiles(
        {test::writeImage(path(u"image.png"_s)), test::writeVariantSet(path(u"set"_s), {Lite})});
    session().classify();
    session().clear();
    QVERIFY(m_probe->finish());
    QVERIFY(session().snapshot()->images.empty());
    QVERIFY(session().snapshot()->variants.empty());
    QVERIFY(m_probe->add({Lite}));
    QCOMPARE(session().snapshot()->variants.size(), std::size_t{1});
}

void TestSessionJobs::settingsThatChangeMeanwhileShowNothingStale()
{
    QVERIFY(m_probe->add({Original}));
    Gate gate;
    holdFirstForward(gate);
    const test::GrowthWatch classified(session(), test::predictionCount);
    session().benchmark(test::quickPlan(3));
    gate.awaitWorker();
    session().setRunSettings({2, {}});
    gate.open();
    QVERIFY(m_probe->finish());
    QCOMPARE(classified.count(), 0);
    QVERIFY(session().snapshot()->predictionCount() == 0);
    QCOMPARE(m_probe->variant(u"original"_s).latency->n, 0);
    session().setRunSettings({1, {}});
    QCOMPARE(session().snapshot()->predictionCount(), qsizetype{1});
    QCOMPARE(m_probe->variant(u"original"_s).latency->n, 3);
}

void TestSessionJobs::destructionStopsABenchmark()
{
    QVERIFY(m_probe->add({Original, Lite}));
    session().benchmark(test::endlessPlan());
    QTRY_VERIFY_WITH_TIMEOUT(script().forwards > 10, 60'000);
    m_probe->session.reset();
    QCOMPARE(script().models, 0);
}

void TestSessionJobs::destructionStopsWaitingJobs()
{
    QVERIFY(m_probe->add({Original}, 5));
    session().classify();
    session().benchmark(test::endlessPlan());
    m_probe->session.reset();
    QCOMPARE(script().models, 0);
}

void TestSessionJobs::reportsAreThrottled()
{
    QVERIFY(m_probe->add({Original, Lite}));
    QElapsedTimer timer;
    timer.start();
    const test::GrowthWatch sampled(session(), test::sampleCount);
    const QSignalSpy progressed(&session(), &ComparisonSession::progressed);
    session().benchmark(test::endlessPlan());
    QTRY_VERIFY_WITH_TIMEOUT(sampled.count() >= 5 && progressed.size() >= 5, 60'000);
    session().cancel();
    QVERIFY(m_probe->finish());
    // One at once, one at the end, and no more than one each 50 ms between.
    const qint64 most = timer.elapsed() / 50 + 2;
    QVERIFY2(sampled.count() <= most, qPrintable(QString::number(sampled.count())));
    QVERIFY2(progressed.size() <= most, qPrintable(QString::number(progressed.size())));
    const VariantResult lite = m_probe->variant(u"lite"_s);
    QVERIFY(lite.latency->n > sampled.count());
    QCOMPARE(lite.latency->n, static_cast<int>(lite.latency->samples.size()));
}

QTEST_GUILESS_MAIN(TestSessionJobs)
#include "tst_session_jobs.moc"
