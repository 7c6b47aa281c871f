#include "core/measure/benchmark_runner.h"

#include "core/base/tr.h"
#include "core/base/units.h"
#include "core/measure/paired_bootstrap.h"
#include "core/measure/random.h"
#include "core/measure/statistics.h"
#include "core/measure/verdict.h"

#include <QLocale>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>

namespace vitrine {

namespace {

using std::chrono::nanoseconds;

/// One benchmark while it runs.
class Runner
{
public:
    Runner(const std::vector<BenchmarkSubject>& subjects, const BenchmarkPlan& plan, int baseline,
           const JobControl& control, const BenchmarkHooks& hooks)
        : m_plan(plan), m_baseline(static_cast<std::size_t>(baseline)), m_control(control), m_hooks(hooks),
          m_began(hooks.now()), m_nextLook(plan.minRounds)
    {
        for (const BenchmarkSubject& subject : subjects)
            m_contestants.push_back({&subject, {}, {}, {}, false});
    }

    BenchmarkRun run()
    {
        for (int subject = 0; subject < count() && !m_stopped; ++subject) {
            m_control.report({tr("Warming up"), subject, count()});
            warmUp(subject);
        }
        runRounds();
        m_run.stopped = m_stopped.value_or(StopReason::Rounds);
        return std::move(m_run);
    }

private:
    struct Contestant
    {
        const BenchmarkSubject* subject = nullptr;
        nanoseconds warmUpTime{};
        nanoseconds roundTime{};
        std::vector<double> warmUps; ///< ms
        bool isDropped = false;

        bool takesPart() const { return !isDropped && !subject->withdrawn.stop_requested(); }
        nanoseconds spent() const { return warmUpTime + roundTime; }
    };

    int count() const { return static_cast<int>(m_contestants.size()); }
    Contestant& at(int subject) { return m_contestants[static_cast<std::size_t>(subject)]; }

    template <typename Predicate>
    bool anyRunning(Predicate predicate) const
    {
        return std::ranges::any_of(m_contestants, [&](const Contestant& contestant) {
            return contestant.takesPart() && predicate(contestant);
        });
    }

    bool isWarm(const Contestant& contestant, int passes) const
    {
        const bool hadMinimum = passes >= m_plan.warmUps && contestant.warmUpTime >= m_plan.warmUpTime;
        return contestant.warmUpTime >= nanoseconds(m_plan.budget) / 2 ||
               passes >= BenchmarkPlan::maxWarmUps ||
               (hadMinimum && (m_plan.extraWarmUps <= 0 || isStable(contestant.warmUps)));
    }

    void warmUp(int subject)
    {
        Contestant& contestant = at(subject);
        int extra = 0;
        for (int i = 0; !m_stopped && contestant.takesPart() && !isWarm(contestant, i); ++i) {
            const bool isExtra = i >= m_plan.warmUps && contestant.warmUpTime >= m_plan.warmUpTime;
            if (isExtra && ++extra > m_plan.extraWarmUps)
                return;
            sample(subject, -1 - i);
        }
    }

    void runRounds()
    {
        Random random(m_plan.seed);
        std::vector<int> order(m_contestants.size());
        std::iota(order.begin(), order.end(), 0);
        m_rounds.resize(m_contestants.size());
        for (int round = 0; !m_stopped; ++round) {
            m_stopped = reasonToStopBefore(round);
            if (m_stopped)
                return;
            shuffle(std::span(order), random);
            runRound(round, order);
        }
    }

    std::optional<StopReason> reasonToStopBefore(int round)
    {
        if (!anyRunning([](const Contestant&) { return true; }))
            return StopReason::Failed;
        if (round == 0)
            return std::nullopt;
        const bool isOutOfTime =
            anyRunning([&](const Contestant& contestant) { return contestant.spent() >= m_plan.budget; });
        const bool isLast = round >= std::max(m_plan.maxRounds, 1);
        if (isPrecise(round, isOutOfTime || isLast))
            return StopReason::Precise;
        if (isOutOfTime)
            return StopReason::Budget;
        return isLast ? std::optional(StopReason::Rounds) : std::nullopt;
    }

    /// At the end of what the plan allows, time does not matter any more, nor when it was last looked at.
    bool isPrecise(int round, bool isTheEnd)
    {
        if (m_plan.precision <= 0)
            return false;
        const bool isTooSoon = round < m_nextLook || leastRoundTime() < m_plan.minTime;
        const bool mayEnd = round >= m_plan.minRounds && (isTheEnd || !isTooSoon);
        if (!mayEnd && round < m_nextEstimate)
            return false;
        m_known = knownTo();
        m_knownAt = round;
        m_nextEstimate = round + std::max(round / 6, 1);
        if (mayEnd)
            m_nextLook = m_nextEstimate;
        return mayEnd && m_known <= m_plan.precision;
    }

    /// By what is known after `round` rounds: intervals narrow with the square root of their number.
    int expectedRounds(int round) const
    {
        double wanted = m_plan.minRounds;
        if (m_plan.precision > 0 && round > 0)
            wanted =
                std::max(wanted, round * std::chrono::duration<double>(m_plan.minTime) / leastRoundTime());
        if (std::isfinite(m_known))
            wanted = std::max(wanted, m_knownAt * std::pow(m_known / m_plan.precision, 2));
        if (round > 0)
            wanted = std::min(wanted, affordableRounds(round));
        return std::max(static_cast<int>(wanted), round + 1);
    }

    nanoseconds leastRoundTime() const
    {
        nanoseconds least = nanoseconds::max();
        for (const Contestant& contestant : m_contestants)
            if (contestant.takesPart())
                least = std::min(least, contestant.roundTime);
        return least;
    }

    /// So many rounds will have been run when one of the plan's limits is reached.
    double affordableRounds(int round) const
    {
        nanoseconds longest{1};
        for (const Contestant& contestant : m_contestants)
            longest = std::max(longest, contestant.takesPart() ? contestant.spent() : nanoseconds{});
        const double share = std::chrono::duration<double>(m_plan.budget) / longest;
        return std::min(round * share, double(m_plan.maxRounds));
    }

    double knownTo() const
    {
        std::vector<std::vector<LatencySample>> rounds;
        std::optional<std::size_t> baseline;
        for (std::size_t i = 0; i < m_contestants.size(); ++i) {
            if (!m_contestants[i].takesPart())
                continue;
            if (i == m_baseline)
                baseline = rounds.size();
            rounds.push_back(m_rounds[i]);
        }
        return precisionOf(rounds, baseline, m_plan.seed);
    }

    /// What was expected may turn out to be too little; progress never goes back for that.
    void reportRound(int round)
    {
        const int expected = expectedRounds(round);
        m_progress = std::max(m_progress, double(round) / expected);
        m_control.report({stepText(), std::lround(m_progress * expected), expected});
    }

    QString stepText() const
    {
        if (!std::isfinite(m_known))
            return tr("Measuring");
        const auto percent = [](double share) { return QLocale().toString(100 * share, 'g', 2); };
        return tr("Measuring: ±%1 %, wanted ±%2 %").arg(percent(m_known), percent(m_plan.precision));
    }

    void runRound(int round, const std::vector<int>& order)
    {
        reportRound(round);
        for (const int subject : order) {
            if (at(subject).takesPart())
                sample(subject, round);
            if (m_stopped)
                return;
        }
        ++m_run.completedRounds;
    }

    void sample(int subject, int round)
    {
        if (m_control.stopRequested()) {
            m_stopped = StopReason::Cancelled;
            return;
        }
        const BenchmarkSubject& contestant = *at(subject).subject;
        const nanoseconds start = m_hooks.now();
        const auto logits = contestant.pass();
        const nanoseconds end = m_hooks.now();
        const Status settled = logits ? contestant.settle(*logits) : logits.failure();
        if (settled.isCancelled() && !at(subject).takesPart())
            return;
        if (settled.isCancelled()) {
            m_stopped = StopReason::Cancelled;
        } else if (!settled) {
            at(subject).isDropped = true;
            m_run.failures.push_back({subject, settled.error()});
            m_hooks.failed(m_run.failures.back());
        } else {
            keep({subject, {round, start - m_began, end - start - contestant.overhead()}});
        }
    }

    void keep(const SubjectSample& taken)
    {
        Contestant& contestant = at(taken.subject);
        const LatencySample& sample = taken.sample;
        (sample.isWarmUp() ? contestant.warmUpTime : contestant.roundTime) += sample.duration;
        if (sample.isWarmUp())
            contestant.warmUps.push_back(milliseconds(sample.duration));
        else
            m_rounds[static_cast<std::size_t>(taken.subject)].push_back(sample);
        m_run.samples.push_back(taken);
        m_hooks.sampled(taken);
    }

    const BenchmarkPlan& m_plan;
    std::size_t m_baseline;
    const JobControl& m_control;
    const BenchmarkHooks& m_hooks;
    nanoseconds m_began;
    int m_nextLook;                        ///< Round from which on the run may end.
    int m_nextEstimate = roundsForVerdict; ///< The same for a look that only tells how far it is.
    double m_progress = 0;
    double m_known = std::numeric_limits<double>::infinity(); ///< Precision at the last look,
    int m_knownAt = 0;                                        ///< which was after so many rounds.
    std::vector<Contestant> m_contestants;
    std::vector<std::vector<LatencySample>> m_rounds; ///< By subject.
    std::optional<StopReason> m_stopped;
    BenchmarkRun m_run;
};

} // namespace

BenchmarkRun runBenchmark(const std::vector<BenchmarkSubject>& subjects, const BenchmarkPlan& plan,
                          int baseline, const JobControl& control, const BenchmarkHooks& hooks)
{
    return Runner(subjects, plan, baseline, control, hooks).run();
}

} // namespace vitrine
