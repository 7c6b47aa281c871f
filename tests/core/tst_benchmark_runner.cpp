#include "core/measure/benchmark_runner.h"

#include <QTest>

#include <algorithm>
#include <set>

using namespace vitrine;
using namespace std::chrono_literals;

namespace {

/// Answers at once; does what the test wants at a certain forward.
class ScriptedModel : public LoadedModel
{
public:
    std::function<Result<std::vector<float>>(int forward)> answer = [](int) { return std::vector{1.0F}; };
    int forwards = 0;

    Result<std::vector<float>> forward(const InputTensor&) override { return answer(++forwards); }
};

BenchmarkPlan plan(int rounds, int warmUps)
{
    BenchmarkPlan result;
    result.rounds = rounds;
    result.warmUps = warmUps;
    result.warmUpTime = 0ms;
    return result;
}

} // namespace

class TestBenchmarkRunner : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void everyRoundRunsEveryVariantOnce();
    void warmUpComesFirst();
    void warmUpTimeIsBounded();
    void orderDependsOnTheSeedAlone();
    void orderIsShuffled();
    void aFailingVariantIsDroppedAlone();
    void allFailingEndsTheRun();
    void stopKeepsWhatWasMeasured();
    void stopBeforeTheStartMeasuresNothing();
    void cancelledForwardStops();
    void withdrawnVariantIsLeftOut();
    void usedUpBudgetLeavesOneRound();
    void nothingToMeasure();
    void samplesAndProgressAreReported();

private:
    BenchmarkRun run(const BenchmarkPlan& plan);
    std::vector<int> orderWith(std::uint64_t seed);

    std::vector<ScriptedModel> m_models;
    InputTensor m_input;
    std::vector<BenchmarkSubject> m_subjects;
    std::stop_source m_stop;
    JobControl m_control;
};

void TestBenchmarkRunner::init()
{
    m_models = std::vector<ScriptedModel>(3);
    m_subjects.clear();
    for (ScriptedModel& model : m_models)
        m_subjects.push_back({&model, &m_input, {}});
    m_stop = std::stop_source();
    m_control = {m_stop.get_token(), [](const Progress&) {}};
}

BenchmarkRun TestBenchmarkRunner::run(const BenchmarkPlan& plan)
{
    return runBenchmark(m_subjects, plan, m_control);
}

void TestBenchmarkRunner::everyRoundRunsEveryVariantOnce()
{
    const BenchmarkRun result = run(plan(4, 0));
    QCOMPARE(result.completedRounds, 4);
    QCOMPARE(result.samples.size(), std::size_t{12});
    for (std::size_t round = 0; round < 4; ++round) {
        std::set<int> variants;
        for (std::size_t i = 0; i < 3; ++i) {
            const LatencySample& sample = result.samples[round * 3 + i];
            QCOMPARE(sample.round, static_cast<int>(round));
            QVERIFY(sample.duration >= 0ns);
            variants.insert(sample.variant);
        }
        QCOMPARE(variants, (std::set{0, 1, 2}));
    }
    QVERIFY(!result.cancelled);
    QVERIFY(result.failures.empty());
}

void TestBenchmarkRunner::warmUpComesFirst()
{
    const BenchmarkRun result = run(plan(1, 2));
    QCOMPARE(result.samples.size(), std::size_t{9});
    for (std::size_t i = 0; i < 6; ++i) {
        QVERIFY(result.samples[i].isWarmUp());
        QCOMPARE(result.samples[i].variant, static_cast<int>(i / 2));
        QCOMPARE(result.samples[i].round, -1 - static_cast<int>(i % 2));
    }
    QVERIFY(std::all_of(result.samples.begin() + 6, result.samples.end(),
                        [](const LatencySample& sample) { return !sample.isWarmUp(); }));
}

void TestBenchmarkRunner::warmUpTimeIsBounded()
{
    BenchmarkPlan unending = plan(1, 0);
    unending.warmUpTime = 24h;
    unending.budget = std::chrono::hours(48);
    run(unending);
    for (const ScriptedModel& model : m_models)
        QCOMPARE(model.forwards, BenchmarkPlan::maxWarmUps + 1);
}

std::vector<int> TestBenchmarkRunner::orderWith(std::uint64_t seed)
{
    BenchmarkPlan seeded = plan(20, 0);
    seeded.seed = seed;
    std::vector<int> order;
    for (const LatencySample& sample : run(seeded).samples)
        order.push_back(sample.variant);
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

void TestBenchmarkRunner::aFailingVariantIsDroppedAlone()
{
    const Error broken{ErrorKind::Engine, QStringLiteral("broke"), {}};
    m_models[1].answer = [&](int forward) -> Result<std::vector<float>> {
        if (forward > 2)
            return broken;
        return std::vector{1.0F};
    };
    const BenchmarkRun result = run(plan(5, 1));
    QCOMPARE(result.failures.size(), std::size_t{1});
    QCOMPARE(result.failures.front().variant, 1);
    QCOMPARE(result.failures.front().error, broken);
    QCOMPARE(m_models[0].forwards, 6);
    QCOMPARE(m_models[1].forwards, 3);
    QCOMPARE(m_models[2].forwards, 6);
    QCOMPARE(result.completedRounds, 5);
    QCOMPARE(std::ranges::count(result.samples, 1, &LatencySample::variant), 2);
}

void TestBenchmarkRunner::allFailingEndsTheRun()
{
    for (ScriptedModel& model : m_models)
        model.answer = [](int) { return Error{ErrorKind::Engine, QStringLiteral("broke"), {}}; };
    const BenchmarkRun result = run(plan(1000, 1));
    QCOMPARE(result.failures.size(), std::size_t{3});
    QVERIFY(result.samples.empty());
    QCOMPARE(result.completedRounds, 0);
    QVERIFY(!result.cancelled);
}

void TestBenchmarkRunner::stopKeepsWhatWasMeasured()
{
    m_models[0].answer = [&](int forward) -> Result<std::vector<float>> {
        if (forward == 4)
            m_stop.request_stop();
        return std::vector{1.0F};
    };
    const BenchmarkRun result = run(plan(1000, 0));
    QVERIFY(result.cancelled);
    QCOMPARE(result.completedRounds, 3);
    QCOMPARE(std::ranges::count(result.samples, 0, &LatencySample::variant), 4);
}

void TestBenchmarkRunner::stopBeforeTheStartMeasuresNothing()
{
    m_stop.request_stop();
    const BenchmarkRun result = run(plan(3, 3));
    QVERIFY(result.cancelled);
    QVERIFY(result.samples.empty());
}

void TestBenchmarkRunner::cancelledForwardStops()
{
    m_models[2].answer = [](int) { return Cancelled{}; };
    const BenchmarkRun result = run(plan(3, 1));
    QVERIFY(result.cancelled);
    QCOMPARE(result.samples.size(), std::size_t{2});
    QVERIFY(result.failures.empty());
}

void TestBenchmarkRunner::withdrawnVariantIsLeftOut()
{
    std::stop_source withdrawal;
    m_subjects[1].withdrawn = withdrawal.get_token();
    m_models[1].answer = [&](int forward) -> Result<std::vector<float>> {
        if (forward == 3)
            withdrawal.request_stop();
        return std::vector{1.0F};
    };
    const BenchmarkRun result = run(plan(6, 0));
    QCOMPARE(m_models[1].forwards, 3);
    QCOMPARE(m_models[0].forwards, 6);
    QCOMPARE(result.completedRounds, 6);
    QVERIFY(!result.cancelled);
    QVERIFY(result.failures.empty());
}

void TestBenchmarkRunner::usedUpBudgetLeavesOneRound()
{
    BenchmarkPlan broke = plan(30, 5);
    broke.budget = 0s;
    const BenchmarkRun result = run(broke);
    QCOMPARE(result.completedRounds, 1);
    QCOMPARE(result.samples.size(), std::size_t{3});
    QVERIFY(!result.cancelled);
}

void TestBenchmarkRunner::nothingToMeasure()
{
    m_subjects.clear();
    const BenchmarkRun result = run(plan(3, 3));
    QVERIFY(result.samples.empty());
    QVERIFY(!result.cancelled);
}

void TestBenchmarkRunner::samplesAndProgressAreReported()
{
    std::vector<Progress> progress;
    m_control.report = [&](const Progress& step) { progress.push_back(step); };
    std::vector<int> seen;
    const BenchmarkRun result =
        runBenchmark(m_subjects, plan(3, 1), m_control,
                     [&](const LatencySample& sample) { seen.push_back(sample.round); });
    QCOMPARE(seen.size(), result.samples.size());
    QCOMPARE(progress.size(), std::size_t{6});
    QCOMPARE(progress.front().total, 3);
    QCOMPARE(progress.back().done, 2);
    QCOMPARE(progress.back().total, 3);
}

QTEST_APPLESS_MAIN(TestBenchmarkRunner)
#include "tst_benchmark_runner.moc"
