#include "core/base/literals.h"
#include "core/measure/benchmark_runner.h"

#include "core/measure/paired_bootstrap.h"
#include "core/measure/verdict.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <set>

using namespace vitrine;
using namespace std::chrono_literals;
using std::chrono::nanoseconds;

namespace {

/// A contestant whose passes take exactly as long as the test wants, on a clock of the test's.
struct ScriptedSubject
{
    std::function<nanoseconds(int pass)> duration = [](int) -> nanoseconds { return 10ms; };
    std::function<Result<std::vector<float>>(int pass)> answer = [](int) { return std::vector{1.0F}; };
    int passes = 0;
};

/// Exactly these rounds; no more than `warmUps` passes before.
BenchmarkPlan exactly(int rounds, int warmUps)
{
    BenchmarkPlan result;
    result.setExactRounds(rounds);
    result.warmUps = warmUps;
    result.warmUpTime = 0ms;
    result.extraWarmUps = 0;
    return result;
}

/// Without warm-up or least time: until precise.
BenchmarkPlan untilPrecise(double precision)
{
    BenchmarkPlan result = exactly(30, 0);
    result.maxRounds = 1000;
    result.precision = precision;
    return result;
}

/// Between 5 % less and 5 % more, in steps of 1 %: a median known to about 2 % after 30 rounds.
nanoseconds unsteady(int pass)
{
    return std::chrono::microseconds(10'000 + 100 * ((7 * pass) % 11 - 5));
}

} // namespace

class TestBenchmarkRunner : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void everyRoundRunsEveryVariantOnce();
    void samplesSayWhenTheyWereTaken();
    void theWayToAnotherProcessIsTakenOff();
    void warmUpComesFirst();
    void warmUpTakesItsTime();
    void warmUpGoesOnUntilStable_data();
    void warmUpGoesOnUntilStable();
    void warmUpOfAFastVariantIsBounded();
    void orderDependsOnTheSeedAlone();
    void orderIsShuffled();
    void endsWhenPrecise_data();
    void endsWhenPrecise();
    void preciseNeedsEnoughTime();
    void aSingleVariantEndsWhenItsMedianIsKnown();
    void roundsAreCapped();
    void precisionLooksAtTheWidestRatio();
    void nothingToJudgeByIsNotPrecise();
    void fewRoundsAreNotPrecise();
    void whatIsPreciseAtTheEndIsSaidSo_data();
    void whatIsPreciseAtTheEndIsSaidSo();
    void whoIsGoneDoesNotHoldUpTheOthers_data();
    void whoIsGoneDoesNotHoldUpTheOthers();
    void budgetEndsTheRun();
    void warmUpLeavesHalfOfTheBudget();
    void budgetIsOfOneVariant();
    void usedUpBudgetLeavesOneRound();
    void aFailingVariantIsDroppedAlone();
    void allFailingEndsTheRun();
    void stopKeepsWhatWasMeasured();
    void stopBeforeTheStartMeasuresNothing();
    void cancelledPassStops();
    void withdrawnVariantIsLeftOut();
    void nothingToMeasure();
    void samplesAndProgressAreReported();
    void progressNeverGoesBack();
    void progressExpectsWhatPrecisionTakes();

private:
    BenchmarkRun run(const BenchmarkPlan& plan, int baseline = 0);
    std::vector<int> orderWith(std::uint64_t seed);
    void use(std::size_t subjects);

    std::vector<ScriptedSubject> m_scripts;
    std::vector<BenchmarkSubject> m_subjects;
    nanoseconds m_now{};
    BenchmarkHooks m_hooks;
    std::stop_source m_stop;
    JobControl m_control;
};

void TestBenchmarkRunner::init()
{
    use(3);
    m_now = 1h;
    m_hooks = {};
    m_hooks.now = [this] { return m_now; };
    m_stop = std::stop_source();
    m_control = {m_stop.get_token(), [](const Progress&) {}};
}

void TestBenchmarkRunner::use(std::size_t subjects)
{
    m_scripts = std::vector<ScriptedSubject>(subjects);
    m_subjects.clear();
    for (ScriptedSubject& script : m_scripts)
        m_subjects.push_back({[this, &script] {
                                  ++script.passes;
                                  m_now += script.duration(script.passes);
                                  return script.answer(script.passes);
                              },
                              {}});
}

BenchmarkRun TestBenchmarkRunner::run(const BenchmarkPlan& plan, int baseline)
{
    return runBenchmark(m_subjects, plan, baseline, m_control, m_hooks);
}

void TestBenchmarkRunner::everyRoundRunsEveryVariantOnce()
{
    const BenchmarkRun result = run(exactly(4, 0));
    QCOMPARE(result.completedRounds, 4);
    QCOMPARE(result.samples.size(), std::size_t{12});
    for (std::size_t round = 0; round < 4; ++round) {
        std::set<int> variants;
        for (std::size_t i = 0; i < 3; ++i) {
            const SubjectSample& taken = result.samples[round * 3 + i];
            QCOMPARE(taken.sample.round, static_cast<int>(round));
            QVERIFY(taken.sample.duration == 10ms);
            variants.insert(taken.subject);
        }
        QCOMPARE(variants, (std::set{0, 1, 2}));
    }
    QCOMPARE(result.stopped, StopReason::Rounds);
    QVERIFY(result.failures.empty());
}

void TestBenchmarkRunner::samplesSayWhenTheyWereTaken()
{
    use(1);
    m_scripts[0].duration = [](int pass) { return std::chrono::milliseconds(pass); };
    m_hooks.sampled = [this](const SubjectSample&) { m_now += 100ms; }; // belongs to no sample
    const BenchmarkRun result = run(exactly(2, 1));
    QCOMPARE(result.samples.size(), std::size_t{3});
    QCOMPARE(result.samples[0].sample, (LatencySample{-1, 0ms, 1ms}));
    QCOMPARE(result.samples[1].sample, (LatencySample{0, 101ms, 2ms}));
    QCOMPARE(result.samples[2].sample, (LatencySample{1, 203ms, 3ms}));
}

void TestBenchmarkRunner::theWayToAnotherProcessIsTakenOff()
{
    m_subjects[1].overhead = [] { return 3ms; };

    const BenchmarkRun result = run(exactly(4, 1));

    QCOMPARE(result.samples.size(), std::size_t{3 * 5});
    for (const SubjectSample& taken : result.samples)
        QCOMPARE(taken.sample.duration, nanoseconds(taken.subject == 1 ? 7ms : 10ms));
}

void TestBenchmarkRunner::warmUpComesFirst()
{
    const BenchmarkRun result = run(exactly(1, 2));
    QCOMPARE(result.samples.size(), std::size_t{9});
    for (std::size_t i = 0; i < 6; ++i) {
        QVERIFY(result.samples[i].sample.isWarmUp());
        QCOMPARE(result.samples[i].subject, static_cast<int>(i / 2));
        QCOMPARE(result.samples[i].sample.round, -1 - static_cast<int>(i % 2));
    }
    QVERIFY(std::all_of(result.samples.begin() + 6, result.samples.end(),
                        [](const SubjectSample& taken) { return !taken.sample.isWarmUp(); }));
}

void TestBenchmarkRunner::warmUpTakesItsTime()
{
    BenchmarkPlan plan = exactly(1, 5);
    plan.warmUpTime = 95ms;
    run(plan);
    QCOMPARE(m_scripts[0].passes, 10 + 1);
}

void TestBenchmarkRunner::warmUpGoesOnUntilStable_data()
{
    QTest::addColumn<int>("slowPasses");
    QTest::addColumn<int>("expected");
    QTest::newRow("stable from the start") << 0 << 15;
    QTest::newRow("one slow pass does not matter") << 1 << 15;
    QTest::newRow("stable after 10 slow passes") << 10 << 23; // the oldest window may hold two slow ones
    QTest::newRow("not stable in time") << 1000 << 5 + 30;
}

/// At least 5 passes, then until three windows of five agree, but at most 30 more.
void TestBenchmarkRunner::warmUpGoesOnUntilStable()
{
    QFETCH(int, slowPasses);
    QFETCH(int, expected);
    use(1);
    m_scripts[0].duration = [=](int pass) -> nanoseconds {
        return pass <= slowPasses ? 100ms * (1 + pass % 7) : 10ms;
    };
    BenchmarkPlan plan = exactly(1, 5);
    plan.extraWarmUps = 30;
    run(plan);
    QCOMPARE(m_scripts[0].passes, expected + 1);
}

void TestBenchmarkRunner::warmUpOfAFastVariantIsBounded()
{
    BenchmarkPlan unending = exactly(1, 0);
    unending.warmUpTime = 24h;
    run(unending);
    for (const ScriptedSubject& script : m_scripts)
        QCOMPARE(script.passes, BenchmarkPlan::maxWarmUps + 1);
}

std::vector<int> TestBenchmarkRunner::orderWith(std::uint64_t seed)
{
    BenchmarkPlan seeded = exactly(20, 0);
    seeded.seed = seed;
    std::vector<int> order;
    for (const SubjectSample& taken : run(seeded).samples)
        order.push_back(taken.subject);
    return order;
}

void TestBenchmarkRunner::orderDependsOnTheSeedAlone()
{
    QCOMPARE(orderWith(7), orderWith(7));
    QVERIFY(orderWith(7) != orderWith(8));
}

void TestBenchmarkRunner::orderIsShuffled()
{
    const std::vector<int> order = orderWith(1);
    std::set<int> first;
    for (std::size_t i = 0; i < order.size(); i += 3)
        first.insert(order[i]);
    QCOMPARE(first, (std::set{0, 1, 2}));
}

void TestBenchmarkRunner::endsWhenPrecise_data()
{
    QTest::addColumn<double>("precision");
    QTest::addColumn<bool>("atOnce");
    QTest::newRow("precise after the least number of rounds") << 0.05 << true;
    QTest::newRow("precise later") << 0.01 << false;
}

void TestBenchmarkRunner::endsWhenPrecise()
{
    QFETCH(double, precision);
    QFETCH(bool, atOnce);
    for (std::size_t i = 0; i < m_scripts.size(); ++i)
        m_scripts[i].duration = [i](int pass) { return unsteady(pass + static_cast<int>(i * i)); };
    const BenchmarkRun result = run(untilPrecise(precision));
    QCOMPARE(result.stopped, StopReason::Precise);
    QCOMPARE(result.completedRounds == 30, atOnce);
    QVERIFY(result.completedRounds < 1000);
}

void TestBenchmarkRunner::preciseNeedsEnoughTime()
{
    BenchmarkPlan plan = untilPrecise(0.05);
    plan.minTime = 3s;
    m_scripts[1].duration = [](int) -> nanoseconds { return 40ms; };
    const BenchmarkRun result = run(plan);
    QCOMPARE(result.stopped, StopReason::Precise);
    QCOMPARE(result.completedRounds, 300); // of 10 ms
}

void TestBenchmarkRunner::aSingleVariantEndsWhenItsMedianIsKnown()
{
    use(1);
    m_scripts[0].duration = unsteady;
    QCOMPARE(run(untilPrecise(0.05)).completedRounds, 30);
    use(1);
    m_scripts[0].duration = unsteady;
    QVERIFY(run(untilPrecise(0.01)).completedRounds > 30);
}

void TestBenchmarkRunner::roundsAreCapped()
{
    m_scripts[0].duration = unsteady;
    BenchmarkPlan plan = untilPrecise(1e-6);
    plan.maxRounds = 50;
    const BenchmarkRun result = run(plan);
    QCOMPARE(result.stopped, StopReason::Rounds);
    QCOMPARE(result.completedRounds, 50);
}

void TestBenchmarkRunner::precisionLooksAtTheWidestRatio()
{
    const auto samples = [](const std::function<nanoseconds(int)>& duration) {
        std::vector<LatencySample> result;
        for (int i = 0; i < 30; ++i)
            result.push_back({i, {}, duration(i)});
        return result;
    };
    const auto steady = samples([](int) -> nanoseconds { return 10ms; });
    const auto noisy = samples(unsteady);
    const double single = precisionOf({noisy}, 0, 1);
    QVERIFY(single > 0.001 && single < 0.05);
    QCOMPARE(precisionOf({steady, steady}, 0, 1), 0.0);
    QVERIFY(precisionOf({steady, steady, noisy}, 0, 1) > 0.001);
    QVERIFY(precisionOf({steady, noisy, steady}, 1, 1) > 0.001);
    QVERIFY(precisionOf({steady, noisy}, std::nullopt, 1) > 0.001); // each by its own median
}

void TestBenchmarkRunner::nothingToJudgeByIsNotPrecise()
{
    const std::vector<LatencySample> some(roundsForVerdict, {0, {}, 10ms});
    const std::vector<LatencySample> few(roundsForVerdict - 1, {0, {}, 10ms});
    QVERIFY(std::isinf(precisionOf({}, 0, 1)));
    QVERIFY(std::isinf(precisionOf({few}, 0, 1)));
    QVERIFY(std::isinf(precisionOf({some, few}, 0, 1)));
    QVERIFY(std::isinf(precisionOf({some, {}}, std::nullopt, 1)));
    QCOMPARE(precisionOf({some}, 0, 1), 0.0);
}

void TestBenchmarkRunner::fewRoundsAreNotPrecise()
{
    BenchmarkPlan plan = untilPrecise(0.05);
    plan.minRounds = 1;
    QCOMPARE(run(plan).completedRounds, roundsForVerdict);
    plan.maxRounds = 5;
    QCOMPARE(run(plan).stopped, StopReason::Rounds);
}

void TestBenchmarkRunner::whatIsPreciseAtTheEndIsSaidSo_data()
{
    QTest::addColumn<int>("maxRounds");
    QTest::addColumn<int>("budgetSeconds");
    QTest::newRow("all rounds before the least time") << 40 << 60;
    QTest::newRow("the time is used up between two looks") << 1000 << 1;
}

void TestBenchmarkRunner::whatIsPreciseAtTheEndIsSaidSo()
{
    QFETCH(int, maxRounds);
    QFETCH(int, budgetSeconds);
    BenchmarkPlan plan = untilPrecise(0.05);
    plan.minTime = 3s;
    plan.maxRounds = maxRounds;
    plan.budget = std::chrono::seconds(budgetSeconds);
    const BenchmarkRun result = run(plan);
    QCOMPARE(result.stopped, StopReason::Precise);
    QVERIFY(result.completedRounds <= 100);
}

/// One that fails or is taken out keeps its few samples, which say nothing about the others.
void TestBenchmarkRunner::whoIsGoneDoesNotHoldUpTheOthers_data()
{
    QTest::addColumn<int>("gone");
    QTest::newRow("a variant") << 1;
    QTest::newRow("the baseline") << 0;
}

void TestBenchmarkRunner::whoIsGoneDoesNotHoldUpTheOthers()
{
    QFETCH(int, gone);
    ScriptedSubject& script = m_scripts[static_cast<std::size_t>(gone)];
    script.duration = [](int pass) -> nanoseconds { return pass * 10ms; };
    script.answer = [](int pass) -> Result<std::vector<float>> {
        if (pass > 12)
            return Error{ErrorKind::Engine, u"broke"_s, {}};
        return std::vector{1.0F};
    };
    const BenchmarkRun result = run(untilPrecise(0.01));
    QCOMPARE(result.stopped, StopReason::Precise);
    QCOMPARE(result.completedRounds, 30);
}

void TestBenchmarkRunner::budgetEndsTheRun()
{
    BenchmarkPlan plan = exactly(30, 5);
    plan.budget = 1s;
    m_scripts[2].duration = [](int) -> nanoseconds { return 100ms; };
    const BenchmarkRun result = run(plan);
    QCOMPARE(result.stopped, StopReason::Budget);
    QCOMPARE(result.completedRounds, 5);
}

void TestBenchmarkRunner::warmUpLeavesHalfOfTheBudget()
{
    BenchmarkPlan plan = exactly(1000, 100);
    plan.budget = 3s;
    m_scripts[0].duration = [](int) -> nanoseconds { return 100ms; };
    const BenchmarkRun result = run(plan);
    QCOMPARE(result.stopped, StopReason::Budget);
    const auto warmUps = std::ranges::count_if(result.samples, [](const SubjectSample& taken) {
        return taken.subject == 0 && taken.sample.isWarmUp();
    });
    QCOMPARE(warmUps, 15);
    QCOMPARE(result.completedRounds, 15);
}

void TestBenchmarkRunner::budgetIsOfOneVariant()
{
    BenchmarkPlan plan = exactly(30, 0);
    plan.budget = 1s; // all three together take 0.9 s
    QCOMPARE(run(plan).stopped, StopReason::Rounds);
}

void TestBenchmarkRunner::usedUpBudgetLeavesOneRound()
{
    BenchmarkPlan broke = exactly(30, 5);
    broke.budget = 0s;
    const BenchmarkRun result = run(broke);
    QCOMPARE(result.completedRounds, 1);
    QCOMPARE(result.samples.size(), std::size_t{3});
    QCOMPARE(result.stopped, StopReason::Budget);
}

void TestBenchmarkRunner::aFailingVariantIsDroppedAlone()
{
    const Error broken{ErrorKind::Engine, u"broke"_s, {}};
    m_scripts[1].answer = [&](int pass) -> Result<std::vector<float>> {
        if (pass > 2)
            return broken;
        return std::vector{1.0F};
    };
    std::vector<int> told;
    m_hooks.failed = [&](const auto& failure) { told.push_back(failure.subject); };
    const BenchmarkRun result = run(exactly(5, 1));
    QCOMPARE(told, std::vector{1});
    QCOMPARE(result.failures.size(), std::size_t{1});
    QCOMPARE(result.failures.front().subject, 1);
    QCOMPARE(result.failures.front().error, broken);
    QCOMPARE(m_scripts[0].passes, 6);
    QCOMPARE(m_scripts[1].passes, 3);
    QCOMPARE(m_scripts[2].passes, 6);
    QCOMPARE(result.completedRounds, 5);
    QCOMPARE(result.stopped, StopReason::Rounds);
    QCOMPARE(std::ranges::count(result.samples, 1, &SubjectSample::subject), 2);
}

void TestBenchmarkRunner::allFailingEndsTheRun()
{
    for (ScriptedSubject& script : m_scripts)
        script.answer = [](int) { return Error{ErrorKind::Engine, u"broke"_s, {}}; };
    const BenchmarkRun result = run(exactly(1000, 1));
    QCOMPARE(result.failures.size(), std::size_t{3});
    QVERIFY(result.samples.empty());
    QCOMPARE(result.completedRounds, 0);
    QCOMPARE(result.stopped, StopReason::Failed);
}

void TestBenchmarkRunner::stopKeepsWhatWasMeasured()
{
    m_scripts[0].answer = [&](int pass) -> Result<std::vector<float>> {
        if (pass == 4)
            m_stop.request_stop();
        return std::vector{1.0F};
    };
    const BenchmarkRun result = run(exactly(1000, 0));
    QVERIFY(result.cancelled());
    QVERIFY(result.completedRounds == 3 || result.completedRounds == 4); // 4 if it came last in its round
    QCOMPARE(std::ranges::count(result.samples, 0, &SubjectSample::subject), 4);
}

void TestBenchmarkRunner::stopBeforeTheStartMeasuresNothing()
{
    m_stop.request_stop();
    const BenchmarkRun result = run(exactly(3, 3));
    QVERIFY(result.cancelled());
    QVERIFY(result.samples.empty());
}

void TestBenchmarkRunner::cancelledPassStops()
{
    m_scripts[2].answer = [](int) { return Cancelled{}; };
    const BenchmarkRun result = run(exactly(3, 1));
    QVERIFY(result.cancelled());
    QCOMPARE(result.samples.size(), std::size_t{2});
    QVERIFY(result.failures.empty());
}

void TestBenchmarkRunner::withdrawnVariantIsLeftOut()
{
    std::stop_source withdrawal;
    m_subjects[1].withdrawn = withdrawal.get_token();
    m_scripts[1].answer = [&](int pass) -> Result<std::vector<float>> {
        if (pass == 3)
            withdrawal.request_stop();
        return std::vector{1.0F};
    };
    const BenchmarkRun result = run(exactly(6, 0));
    QCOMPARE(m_scripts[1].passes, 3);
    QCOMPARE(m_scripts[0].passes, 6);
    QCOMPARE(result.completedRounds, 6);
    QCOMPARE(result.stopped, StopReason::Rounds);
    QVERIFY(result.failures.empty());
}

void TestBenchmarkRunner::nothingToMeasure()
{
    m_subjects.clear();
    const BenchmarkRun result = run(exactly(3, 3));
    QVERIFY(result.samples.empty());
    QCOMPARE(result.stopped, StopReason::Failed);
}

void TestBenchmarkRunner::samplesAndProgressAreReported()
{
    std::vector<Progress> progress;
    m_control.report = [&](const Progress& step) { progress.push_back(step); };
    std::vector<int> seen;
    m_hooks.sampled = [&](const SubjectSample& taken) { seen.push_back(taken.sample.round); };
    const BenchmarkRun result = run(exactly(3, 1));
    QCOMPARE(seen.size(), result.samples.size());
    QCOMPARE(progress.size(), std::size_t{6});
    QCOMPARE(progress.front().total, 3);
    QCOMPARE(progress.back().done, 2);
    QCOMPARE(progress.back().total, 3);
}

void TestBenchmarkRunner::progressNeverGoesBack()
{
    // Steady at first, so that the end seems near.
    m_scripts[0].duration = [](int pass) {
        return pass < 60 ? unsteady(pass) : 3 * unsteady(pass) / (1 + pass % 2);
    };
    std::vector<double> shares;
    std::vector<qint64> totals;
    QString step;
    m_control.report = [&](const Progress& progress) {
        if (progress.step.startsWith(u"Warming"_s))
            return;
        shares.push_back(double(progress.done) / double(progress.total));
        totals.push_back(progress.total);
        step = progress.step;
    };
    BenchmarkPlan plan = untilPrecise(0.01);
    plan.maxRounds = 400;
    QCOMPARE(run(plan).stopped, StopReason::Rounds);
    for (std::size_t i = 1; i < shares.size(); ++i)
        QVERIFY2(shares[i] > shares[i - 1] - 0.02, qPrintable(QString::number(i))); // whole rounds
    QVERIFY(*std::ranges::max_element(totals) > totals[50]);
    QVERIFY2(step.endsWith(u"wanted ±1 %"_s), qPrintable(step));
}

void TestBenchmarkRunner::progressExpectsWhatPrecisionTakes()
{
    std::vector<qint64> totals;
    m_control.report = [&](const Progress& progress) { totals.push_back(progress.total); };
    m_scripts[0].duration = unsteady;
    const BenchmarkRun result = run(untilPrecise(0.01));
    QCOMPARE(result.stopped, StopReason::Precise);
    // Long before the least number of rounds is through.
    const double expected = double(totals[20]);
    QVERIFY2(expected > 0.4 * result.completedRounds && expected < 2.5 * result.completedRounds,
             qPrintable(u"%1 of %2"_s.arg(expected).arg(result.completedRounds)));
}

QTEST_APPLESS_MAIN(TestBenchmarkRunner)
#include "tst_benchmark_runner.moc"
