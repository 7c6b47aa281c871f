#pragma once

#include "core/base/progress.h"
#include "core/engine/engine.h"
#include "core/measure/benchmark_plan.h"
#include "core/measure/statistics.h"

#include <chrono>
#include <functional>
#include <stop_token>
#include <vector>

namespace vitrine {

/// One contestant.
struct BenchmarkSubject
{
    /// What the clock surrounds: one pass on one image. Its logits are freed after the clock has stopped.
    std::function<Result<std::vector<float>>()> pass;
    std::stop_token withdrawn = {}; ///< Stop requested: this one is left out from now on; the others go on.
    /// What the last pass took beside the work that is measured; it is taken off.
    std::function<std::chrono::nanoseconds()> overhead = [] { return std::chrono::nanoseconds(); };
    /// Called with each answer when the clock has stopped; a failure is as one of `pass`.
    std::function<Status(const std::vector<float>&)> settle = [](const auto&) { return Done{}; };
};

/// A sample, and whose it is.
struct SubjectSample
{
    int subject = 0; ///< Position in the list given to runBenchmark().
    LatencySample sample;
};

/// All samples, in the order in which they were taken. A failure of one variant ends that variant
/// alone; its error is kept in `failures` and the others go on.
struct BenchmarkRun
{
    struct SubjectFailure
    {
        int subject = 0;
        Error error;
    };

    std::vector<SubjectSample> samples;
    std::vector<SubjectFailure> failures;
    int completedRounds = 0;
    StopReason stopped = StopReason::Rounds;

    bool cancelled() const { return stopped == StopReason::Cancelled; }
};

/// What a benchmark is told, and tells, while it runs; all called between samples.
struct BenchmarkHooks
{
    std::function<void(const SubjectSample&)> sampled = [](const SubjectSample&) {};
    std::function<void(const BenchmarkRun::SubjectFailure&)> failed = [](const auto&) {};
    /// A clock that never goes back.
    std::function<std::chrono::nanoseconds()> now = [] {
        return std::chrono::nanoseconds(std::chrono::steady_clock::now().time_since_epoch());
    };
};

/// Runs the plan on this thread; the clock surrounds BenchmarkSubject::pass and nothing else. `baseline` is
/// the position of the subject that ratios are taken to. Precision is looked at when the minimum has been
/// measured, and then whenever there are a sixth more rounds, with few resamples: milliseconds each time.
BenchmarkRun runBenchmark(const std::vector<BenchmarkSubject>& subjects, const BenchmarkPlan& plan,
                          int baseline, const JobControl& control, const BenchmarkHooks& hooks = {});

} // namespace vitrine
