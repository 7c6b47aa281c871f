#include "core/base/literals.h"
#include "core/compare/thread_sweep.h"
#include "core/report/export.h"
#include "tests/support/sample_comparison.h"
#include "tests/support/session_probe.h"

#include <QJsonObject>
#include <QSignalSpy>
#include <QTest>

#include <atomic>
#include <semaphore>

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
        ThreadPoint point{threads, {}, {}, comparison.variants, {}};
        test::setSamples(point.variants[0], 40.0 / threads, 1, 20);
        test::setSamples(point.variants[1], verdict == Verdict::Faster ? 9 : 50, 1, 20);
        point.variants[0].verdict = Verdict::Baseline;
        point.variants[1].verdict = verdict;
        comparison.threadSweep.push_back(std::move(point));
        threads *= 2;
    }
    return comparison;
}

std::vector<int> fastestOn(const Comparison& comparison, const char* variantId)
{
    std::vector<int> threads;
    for (const ThreadPoint* point : fastestPoints(comparison.threadSweep, QLatin1String(variantId)))
        threads.push_back(point->threads);
    return threads;
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
    void whatCannotBeToldIsNotFaster_data();
    void whatCannotBeToldIsNotFaster();
    void findingsAreSentences();
    void anEndBeforeAllIsSaid();
    void warningsSayOnHowManyThreads();
    void theSessionMeasuresEveryNumberOfThreads();
    void oneNumberOfThreadsIsNoSweep();
    void anotherImageBeginsAnotherSweep();
    void theFastestAreThoseThatNoneIsFasterThan();
    void cancelEndsTheWholeSweep_data();
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
        QCOMPARE(crossover.variantId, u"variant-1"_s);
        QVERIFY(crossover.before != crossover.after);
        found << QPair(crossover.lastBefore, crossover.firstAfter);
    }
    QCOMPARE(found, expected);
}

void TestThreadSweep::theFastestPointIsThatOfTheLeastMedian()
{
    const Comparison comparison = swept({Verdict::Faster, Verdict::Slower, Verdict::Slower});
    QCOMPARE(fastestOn(comparison, "variant-0"), std::vector<int>({4}));
    QCOMPARE(fastestOn(comparison, "variant-1"), std::vector<int>({1}));
    QCOMPARE(fastestOn(comparison, "nobody"), std::vector<int>());
}

void TestThreadSweep::whatCannotBeToldIsNotFaster_data()
{
    QTest::addColumn<QList<double>>("medians");
    QTest::addColumn<double>("spread");
    QTest::addColumn<int>("samples");
    QTest::addColumn<QList<int>>("expected");
    QTest::newRow("within 2 %") << QList<double>{40, 20.3, 20} << 1.0 << 20 << QList<int>{2, 4};
    QTest::newRow("just over 2 %, and well known")
        << QList<double>{40, 20.6, 20} << 0.5 << 200 << QList<int>{4};
    QTest::newRow("10 % apart, but scattered") << QList<double>{40, 22, 20} << 40.0 << 20 << QList<int>{2, 4};
    QTest::newRow("too few samples") << QList<double>{40, 30, 20} << 1.0 << 9 << QList<int>{};
}

void TestThreadSweep::whatCannotBeToldIsNotFaster()
{
    QFETCH(QList<double>, medians);
    QFETCH(double, spread);
    QFETCH(int, samples);
    QFETCH(QList<int>, expected);
    Comparison comparison = swept({Verdict::Faster, Verdict::Faster, Verdict::Faster});
    for (std::size_t i = 0; i < comparison.threadSweep.size(); ++i)
        test::setSamples(comparison.threadSweep[i].variants[0], medians[qsizetype(i)], spread, samples);
    QCOMPARE(fastestOn(comparison, "variant-0"), std::vector<int>(expected.begin(), expected.end()));
}

void TestThreadSweep::findingsAreSentences()
{
    Comparison comparison = swept({Verdict::Faster, Verdict::Slower});
    QStringList findings = sweepFindings(comparison);
    QCOMPARE(findings.size(), 3);
    QVERIFY2(findings[0].startsWith(u"original is fastest on 2 threads: 20.00 ms (19."_s),
             qPrintable(findings[0]));
    QVERIFY2(findings[1].startsWith(u"scripted is fastest on 1 thread: 9.00 ms (8."_s),
             qPrintable(findings[1]));
    QCOMPARE(findings[2], u"scripted is faster than original on 1 thread, and slower on 2 "
                          "threads."_s);
    test::setSamples(comparison.threadSweep[1].variants[0], 39.8, 30, 20);
    findings = sweepFindings(comparison);
    QVERIFY2(findings[0].startsWith(u"original is fastest on 2 threads: 39.80 ms"_s) &&
                 findings[0].endsWith(u"; 1 thread cannot be told from that."_s),
             qPrintable(findings[0]));
    test::setSamples(comparison.threadSweep[1].variants[0], 20, 16, 20);
    QVERIFY2(sweepFindings(comparison)[0].endsWith(u"), noisy."_s), qPrintable(sweepFindings(comparison)[0]));
    test::setSamples(comparison.threadSweep[1].variants[0], 20, 1, 5);
    QCOMPARE(sweepFindings(comparison)[0],
             u"original was measured too few times to say where it is fastest."_s);
}

void TestThreadSweep::anEndBeforeAllIsSaid()
{
    Comparison comparison = swept({Verdict::Faster, Verdict::Slower});
    QCOMPARE(sweepEndText(comparison), QString());
    comparison.sweep = SweepFacts{{1, 2, 4, 8}, {4, 8}, true, false};
    QCOMPARE(sweepEndText(comparison), QString());
    comparison.sweep->isRunning = false;
    QCOMPARE(sweepEndText(comparison), u"The sweep could measure nothing on 4 and 8 threads."_s);
    comparison.sweep->isCancelled = true;
    const auto expected = u"The sweep was cancelled before it measured on 4 and 8 threads."_s;
    QCOMPARE(sweepWarnings(comparison).front().text, expected);
    const QJsonObject json = toJson(comparison)[u"sweep"_s].toObject();
    QCOMPARE(json[u"threads"_s].toArray().size(), 4);
    QCOMPARE(json[u"unmeasured"_s].toArray(), QJsonArray({4, 8}));
    QCOMPARE(json[u"cancelled"_s].toBool(), true);
    comparison.sweep->unmeasured = {2, 4}; // but a point of before is there
    QCOMPARE(sweepEndText(comparison),
             u"The sweep was cancelled before it measured on 2 and 4 threads. What is shown for 2 "
             "threads was measured at another time."_s);
    comparison.sweep->unmeasured = {4, 8};
    comparison.threadSweep.clear(); // one number of threads is no sweep, but its end is told
    QCOMPARE(sweepWarnings(comparison).front().text, expected);
    comparison.sweep->unmeasured = {4};
    QCOMPARE(sweepEndText(comparison), u"The sweep was cancelled before it measured on 4 threads."_s);
}

void TestThreadSweep::warningsSayOnHowManyThreads()
{
    Comparison comparison = swept({Verdict::Faster, Verdict::Slower});
    QVERIFY(sweepWarnings(comparison).empty());
    comparison.threadSweep[1].benchmark.stopped = StopReason::Cancelled;
    const auto warnings = sweepWarnings(comparison);
    QCOMPARE(warnings.size(), std::size_t(1));
    QCOMPARE(warnings[0].text, u"On 2 threads: The benchmark was cancelled; what was measured "
                               "until then is shown."_s);
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

    const Comparison comparison = *probe.session->snapshot();
    QCOMPARE(comparison.threadSweep.size(), std::size_t(3));
    for (const ThreadPoint& point : comparison.threadSweep) {
        QCOMPARE(point.stamp.threads, point.threads);
        QCOMPARE(point.variants.size(), std::size_t(2));
        QCOMPARE(point.variants[0].verdict, Verdict::Baseline);
        QVERIFY(point.variants[1].ratio.has_value());
        QCOMPARE(point.variants[1].latency->n, 12);
    }
    // What the settings say is one of them; the rest of it stays as it is.
    QCOMPARE(comparison.stamp.threads, 1);
    QCOMPARE(comparison.variants[0].latency->samples, comparison.threadSweep[0].variants[0].latency->samples);
    QVERIFY(!comparison.variants[0].phases.decode);
}

void TestThreadSweep::oneNumberOfThreadsIsNoSweep()
{
    test::SessionProbe probe;
    QVERIFY(probe.add({Original}));
    probe.session->benchmark(test::quickPlan());
    QVERIFY(probe.finish());
    QVERIFY(probe.session->snapshot()->threadSweep.empty());
}

void TestThreadSweep::anotherImageBeginsAnotherSweep()
{
    test::SessionProbe probe;
    QVERIFY(probe.add({Original}, 2));
    probe.session->sweepThreads(test::quickPlan(), {1, 2});
    QVERIFY(probe.finish());
    QCOMPARE(probe.session->snapshot()->threadSweep.size(), std::size_t(2));
    probe.session->setCurrentImage(probe.session->snapshot()->images[1].id);
    probe.session->sweepThreads(test::quickPlan(), {2, 3});
    QVERIFY(probe.finish());
    const Comparison comparison = *probe.session->snapshot();
    QCOMPARE(comparison.threadSweep.size(), std::size_t(2));
    QCOMPARE(comparison.threadSweep[0].threads, 2);
    QCOMPARE(comparison.threadSweep[1].threads, 3);
}

void TestThreadSweep::theFastestAreThoseThatNoneIsFasterThan()
{
    test::SessionProbe probe;
    QVERIFY(probe.add({Original, Scripted, Lite}));
    probe.script->delays[u"original"_s] = 3ms;
    probe.script->delays[u"scripted"_s] = 1ms;
    probe.script->delays[u"lite"_s] = 3ms;
    probe.session->sweepThreads(test::quickPlan(roundsForVerdict - 1), {1, 2});
    QVERIFY(probe.finish());
    for (const Comparison now = *probe.session->snapshot(); const ThreadPoint& point : now.threadSweep)
        QVERIFY(point.fastest.isEmpty());
    probe.session->sweepThreads(test::quickPlan(roundsForVerdict), {1, 2});
    QVERIFY(probe.finish());
    const Comparison comparison = *probe.session->snapshot();
    for (const ThreadPoint& point : comparison.threadSweep) {
        QCOMPARE(point.fastest, QStringList{probe.variantId(u"scripted"_s)});
        QCOMPARE(point.variants[0].verdict, Verdict::Baseline);
    }
    QVERIFY(comparison.sweep && comparison.sweep->unmeasured.empty() && !comparison.sweep->isRunning);
}

void TestThreadSweep::cancelEndsTheWholeSweep_data()
{
    QTest::addColumn<int>("cancelAt");
    QTest::addColumn<std::vector<int>>("unmeasured");
    QTest::addColumn<int>("points");
    // 2 passes of warm-up and 12 of rounds on each number of threads.
    QTest::newRow("in the first warm-up") << 1 << std::vector<int>{1, 2, 3} << 0;
    QTest::newRow("in the rounds of the first") << 8 << std::vector<int>{2, 3} << 0;
    QTest::newRow("in the warm-up of the second") << 15 << std::vector<int>{2, 3} << 0;
    QTest::newRow("in the rounds of the second") << 20 << std::vector<int>{3} << 2;
}

void TestThreadSweep::cancelEndsTheWholeSweep()
{
    QFETCH(int, cancelAt);
    QFETCH(std::vector<int>, unmeasured);
    QFETCH(int, points);
    test::SessionProbe probe;
    QVERIFY(probe.add({Original}));
    std::atomic<bool> isReached = false;
    std::binary_semaphore goOn{0};
    probe.script->onForward = [&, passes = 0](const QString&) mutable {
        if (++passes != cancelAt)
            return;
        isReached = true;
        goOn.acquire();
    };
    probe.session->sweepThreads(test::quickPlan(12), {1, 2, 3});
    QVERIFY(probe.session->snapshot()->sweep->isRunning);
    QTRY_VERIFY_WITH_TIMEOUT(isReached.load(), 60'000);
    probe.session->cancel();
    goOn.release();
    QVERIFY(probe.finish());
    const Comparison comparison = *probe.session->snapshot();
    QVERIFY(comparison.sweep->isCancelled);
    QVERIFY(!comparison.sweep->isRunning);
    QCOMPARE(comparison.sweep->unmeasured, unmeasured);
    QCOMPARE(int(comparison.threadSweep.size()), points);
    QVERIFY(sweepWarnings(comparison).front().text.startsWith(u"The sweep was cancelled"_s));
    if (points > 0)
        QCOMPARE(comparison.threadSweep.back().benchmark.stopped, StopReason::Cancelled);
    probe.session->benchmark(test::quickPlan());
    QVERIFY(probe.finish());
    QVERIFY(!probe.session->snapshot()->sweep);
}

void TestThreadSweep::jsonHasEveryPoint()
{
    const QJsonArray points = toJson(swept({Verdict::Faster, Verdict::Slower}))[u"thread_sweep"_s].toArray();
    QCOMPARE(points.size(), 2);
    QCOMPARE(points[1][u"threads"_s].toInt(), 2);
    const QJsonObject variant = points[1][u"variants"_s][1].toObject();
    QCOMPARE(variant[u"verdict"_s].toString(), u"slower"_s);
    QCOMPARE(variant[u"samples_ms"_s].toArray().size(), 20);
}

QTEST_GUILESS_MAIN(TestThreadSweep)
#include "tst_thread_sweep.moc"
