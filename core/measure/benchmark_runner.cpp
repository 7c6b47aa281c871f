#include "core/measure/benchmark_runner.h"

#include "core/tr.h"

#include <algorithm>
#include <numeric>
#include <random>

namespace vitrine {

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::nanoseconds;

/// One benchmark while it runs.
class Runner
{
public:
    Runner(const std::vector<BenchmarkSubject>& subjects, const BenchmarkPlan& plan,
           const JobControl& control, const std::function<void(const LatencySample&)>& sampled)
        : m_subjects(subjects), m_plan(plan), m_control(control), m_sampled(sampled),
          m_spent(subjects.size()), m_dropped(subjects.size(), false)
    {
    }

    BenchmarkRun run()
    {
        for (int variant = 0; variant < count() && !m_run.cancelled; ++variant) {
            m_control.report({tr("Warming up"), variant, count()});
            warmUp(variant);
        }
        runRounds();
        return std::move(m_run);
    }

private:
    int count() const { return static_cast<int>(m_subjects.size()); }
    nanoseconds& spent(int variant) { return m_spent[static_cast<std::size_t>(variant)]; }

    bool takesPart(int variant) const
    {
        const auto i = static_cast<std::size_t>(variant);
        return !m_dropped[i] && !m_subjects[i].withdrawn.stop_requested();
    }

    int running() const
    {
        int result = 0;
        for (int variant = 0; variant < count(); ++variant)
            result += takesPart(variant) ? 1 : 0;
        return result;
    }

    bool budgetIsUsedUp() const
    {
        return std::ranges::any_of(m_spent, [&](nanoseconds time) { return time >= m_plan.budget; });
    }

    void warmUp(int variant)
    {
        for (int i = 0; i < BenchmarkPlan::maxWarmUps && !m_run.cancelled && takesPart(variant); ++i) {
            const nanoseconds time = spent(variant);
            if ((i >= m_plan.warmUps && time >= m_plan.warmUpTime) || time >= m_plan.budget)
                return;
            sample(variant, -1 - i);
        }
    }

    void runRounds()
    {
        std::mt19937_64 random(m_plan.seed);
        std::vector<int> order(m_subjects.size());
        std::iota(order.begin(), order.end(), 0);
        for (int round = 0; round < std::max(m_plan.rounds, 1) && running() > 0; ++round) {
            if (m_run.cancelled || (round > 0 && budgetIsUsedUp()))
                return;
            std::ranges::shuffle(order, random);
            runRound(round, order);
        }
    }

    void runRound(int round, const std::vector<int>& order)
    {
        m_control.report({tr("Measuring"), round, m_plan.rounds});
        for (const int variant : order) {
            if (takesPart(variant))
                sample(variant, round);
            if (m_run.cancelled)
                return;
        }
        ++m_run.completedRounds;
    }

    void sample(int variant, int round)
    {
        if (m_control.stopRequested()) {
            m_run.cancelled = true;
            return;
        }
        const BenchmarkSubject& subject = m_subjects[static_cast<std::size_t>(variant)];
        const auto start = Clock::now();
        const auto logits = subject.model->forward(*subject.input);
        const nanoseconds duration = Clock::now() - start;
        if (logits.isCancelled()) {
            m_run.cancelled = true;
        } else if (!logits) {
            m_dropped[static_cast<std::size_t>(variant)] = true;
            m_run.failures.push_back({variant, logits.error()});
        } else {
            spent(variant) += duration;
            m_run.samples.push_back({variant, round, duration});
            m_sampled(m_run.samples.back());
        }
    }

    const std::vector<BenchmarkSubject>& m_subjects;
    const BenchmarkPlan& m_plan;
    const JobControl& m_control;
    const std::function<void(const LatencySample&)>& m_sampled;
    std::vector<nanoseconds> m_spent; ///< In forwards, warm-up included; by variant.
    std::vector<bool> m_dropped;      ///< By variant.
    BenchmarkRun m_run;
};

} // namespace

BenchmarkRun runBenchmark(const std::vector<BenchmarkSubject>& subjects, const BenchmarkPlan& plan,
                          const JobControl& control, const std::function<void(const LatencySample&)>& sampled)
{
    return Runner(subjects, plan, control, sampled).run();
}

} // namespace vitrine
