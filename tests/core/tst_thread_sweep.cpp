#include "core/report/export.h"
#include "core/report/thread_sweep.h"
#include "tests/support/sample_comparison.h"
#include "tests/support/session_probe.h"

#include <QJsonObject>
#include <QSignalSpy>
#include <QTest>

using namespace vitrine;
using namespace std::chrono_literals;
using enum VariantKind;

namespace {

/// A float variant and an int8 one on 1, 2, 4... threads, with these verdicts of the latter.
Comparison swept(const std::vector<Verdict>& verdicts)
{
    Comparison comparison = test::sampleComparison(2);
    int threads = 1;
    for (const Verdict verdict : verdicts) {
        ThreadPoint point{threads, {}, {}, comparison.variants};
        test::setSamples(point.variants[0], 40.0 / threads, 1, 20);
        test::setSamples(point.variants[1], verdict == Verdict::Faster ? 9 : 50, 1, 20);
        point.variants[0].verdict = Verdict::Baseline;
        point.variants[1].verdict = verdict;
        comparison.threadSweep.push_back(std::move(point));
        threads *= 2;
    }
    return comparison;
}

} // namespace

/// Benchmarks on several numbers of threads, and what they come to.
class TestThreadSweep : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void crossoversAreFound_data();
    void crossoversAreFound();
    void theFastestPointIsThatOfTheLeastMedian();
    void threadsThatGainNothingAreNotFaster();
    void findingsAreSentences();
    void warningsSayOnHowManyThreads();
    void theSessionMeasuresEveryNumberOfThreads();
    void oneNumberOfThreadsIsNoSweep();
    void anotherImageBeginsAnotherSweep();
    void cancelEndsTheWholeSweep();
    void jsonHasEveryPoint();
};

void TestThreadSweep::crossoversAreFound_data()
{
    QTest::addColumn<QList<int>>("verdicts");
    QTest::addColumn<QList<QPair<int, int>>>("expected");
    const auto row = [](const char* name, const QList<Verdict>& verdicts,
                        const QList<QPair<int, int>>& expected) {
        QList<int> numbers;
        for (const Verdict verdict : verdicts)
            numbers << static_cast<int>(verdict);
        QTest::newRow(name) << numbers << expected;
    };
    using enum Verdict;
    row("always faster", {Faster, Faster, Faster}, {});
    row("overtaken on the last", {Faster, Faster, Slower}, {{2, 4}});
    row("overtakes at once", {Slower, Faster}, {{1, 2}});
    row("there and back", {Faster, Slower, Faster}, {{1, 2}, {2, 4}});
    row("noise between two decided points", {Faster, Indistinguishable, Slower}, {{1, 4}});
    row("noise alone", {Indistinguishable, Indistinguishable}, {});
    row("too few samples in the end", {Slower, TooFewSamples}, {});
}

void TestThreadSweep::crossoversAreFound()
{
    QFETCH(QList<int>, verdicts);
    using Pairs = QList<QPair<int, int>>;
    QFETCH(Pairs, expected);
    std::vector<Verdict> given;
    for (const int verdict : verdicts)
        given.push_back(static_cast<Verdict>(verdict));
    Pairs found;
    for (const Crossover& crossover : crossovers(swept(given).threadSweep)) {
        QCOMPARE(crossover.variantId, QStringLiteral("variant-1"));
        QVERIFY(crossover.before != crossover.after);
        found << QPair(crossover.lastBefore, crossover.firstAfter);
    }
    QCOMPARE(found, expected);
}

void TestThreadSweep::theFastestPointIsThatOfTheLeastMedian()
{
    const Comparison comparison = swept({Verdict::Faster, Verdict::Slower, Verdict::Slower});
    QCOMPARE(fastestPoint(comparison.threadSweep, QStringLiteral("variant-0"))->threads, 4);
    QCOMPARE(fastestPoint(comparison.threadSweep, QStringLiteral("variant-1"))->threads, 1);
    QVERIFY(!fastestPoint(comparison.threadSweep, QStringLiteral("nobody")));
}

void TestThreadSweep::threadsThatGainNothingAreNotFaster()
{
    Comparison comparison = swept({Verdict::Faster, Verdict::Faster, Verdict::Faster});
    const double medians[] = {40, 20.3, 20};
    for (std::size_t i = 0; i < comparison.threadSweep.size(); ++i)
        test::setSamples(comparison.threadSweep[i].variants[0], medians[i], 1, 20);
    QCOMPARE(fastestPoint(comparison.threadSweep, QStringLiteral("variant-0"))->threads, 2);
}

void TestThreadSweep::findingsAreSentences()
{
    const QStringList findings = sweepFindings(swept({Verdict::Faster, Verdict::Slower}));
    QCOMPARE(findings, QStringList({QStringLiteral("original is fastest on 2 threads: 20.00 ms."),
                                    QStringLiteral("scripted is fastest on 1 thread: 9.00 ms."),
                                    QStringLiteral("scripted is faster than original on 1 thread, and slower "
                                                   "on 2 threads.")}));
}

void TestThreadSweep::warningsSayOnHowManyThreads()
{
    Comparison comparison = swept({Verdict::Faster, Verdict::Slower});
    QVERIFY(sweepWarnings(comparison).empty());
    comparison.threadSweep[1].benchmark.stopped = StopReason::Cancelled;
    const auto warnings = sweepWarnings(comparison);
    QCOMPARE(warnings.size(), std::size_t(1));
    QCOMPARE(warnings[0].text, QStringLiteral("On 2 threads: The benchmark was cancelled; what was measured "
                                              "until then is shown."));
}

void TestThreadSweep::theSessionMeasuresEveryNumberOfThreads()
{
    test::SessionProbe probe;
    QVERIFY(probe.add({Original, Lite}));
    std::vector<int> threads;
    probe.script->onForward = [&](const QString&) {
        if (threads.empty() || threads.back() != probe.script->threads)
            threads.push_back(probe.script->threads);
    };
    const QSignalSpy finished(probe.session.get(), &ComparisonSession::benchmarkFinished);
    BenchmarkPlan plan = test::quickPlan(12);
    plan.probe = true;
    probe.session->sweepThreads(plan, {1, 2, 3});
    QVERIFY(probe.finish());
    QCOMPARE(threads, std::vector<int>({1, 2, 3}));
    QCOMPARE(finished.size(), 3);

    const Comparison comparison = probe.session->snapshot();
    QCOMPARE(comparison.threadSweep.size(), std::size_t(3));
    for (const ThreadPoint& point : comparison.threadSweep) {
        QCOMPARE(point.stamp.threads, point.threads);
        QCOMPARE(point.variants.size(), std::size_t(2));
        QCOMPARE(point.variants[0].verdict, Verdict::Baseline);
        QVERIFY(point.variants[1].ratio.has_value());
        QCOMPARE(point.variants[1].latency.n, 12);
    }
    // What the settings say is one of them; the rest of it stays as it is.
    QCOMPARE(comparison.stamp.threads, 1);
    QCOMPARE(comparison.variants[0].samples, comparison.threadSweep[0].variants[0].samples);
    QVERIFY(!comparison.variants[0].phases.decode);
}

void TestThreadSweep::oneNumberOfThreadsIsNoSweep()
{
    test::SessionProbe probe;
    QVERIFY(probe.add({Original}));
    probe.session->benchmark(test::quickPlan());
    QVERIFY(probe.finish());
    QVERIFY(probe.session->snapshot().threadSweep.empty());
}

void TestThreadSweep::anotherImageBeginsAnotherSweep()
{
    test::SessionProbe probe;
    QVERIFY(probe.add({Original}, 2));
    probe.session->sweepThreads(test::quickPlan(), {1, 2});
    QVERIFY(probe.finish());
    QCOMPARE(probe.session->snapshot().threadSweep.size(), std::size_t(2));
    probe.session->setCurrentImage(probe.session->snapshot().images[1].id);
    probe.session->sweepThreads(test::quickPlan(), {2, 3});
    QVERIFY(probe.finish());
    const Comparison comparison = probe.session->snapshot();
    QCOMPARE(comparison.threadSweep.size(), std::size_t(2));
    QCOMPARE(comparison.threadSweep[0].threads, 2);
    QCOMPARE(comparison.threadSweep[1].threads, 3);
}

void TestThreadSweep::cancelEndsTheWholeSweep()
{
    test::SessionProbe probe;
    QVERIFY(probe.add({Original}));
    probe.script->delays[QStringLiteral("original")] = 1ms;
    QSignalSpy sampled(probe.session.get(), &ComparisonSession::latencySampled);
    probe.session->sweepThreads(test::endlessPlan(), {1, 2, 3});
    QVERIFY(sampled.wait(60'000));
    probe.session->cancel();
    QVERIFY(probe.finish());
    QCOMPARE(probe.script->threads.load(), 1);
    QVERIFY(!probe.session->snapshot().variants[0].samples.empty() ||
            !probe.session->snapshot().variants[0].warmUps.empty());
}

void TestThreadSweep::jsonHasEveryPoint()
{
    const QJsonArray points =
        toJson(swept({Verdict::Faster, Verdict::Slower}))[QStringLiteral("thread_sweep")].toArray();
    QCOMPARE(points.size(), 2);
    QCOMPARE(points[1][QStringLiteral("threads")].toInt(), 2);
    const QJsonObject variant = points[1][QStringLiteral("variants")][1].toObject();
    QCOMPARE(variant[QStringLiteral("verdict")].toString(), QStringLiteral("slower"));
    QCOMPARE(variant[QStringLiteral("samples_ms")].toArray().size(), 20);
}

QTEST_GUILESS_MAIN(TestThreadSweep)
#include "tst_thread_sweep.moc"
