#pragma once

#include "core/engine/engine_backend.h"
#include "core/measure/benchmark_plan.h"
#include "core/progress.h"

#include <chrono>
#include <functional>
#include <stop_token>
#include <vector>

namespace vitrine {

/// One timed forward of one variant.
struct LatencySample
{
    int variant = 0; ///< Position in the list given to runBenchmark().
    int round = 0;   ///< From 0; -1 - i for the i-th warm-up forward.
    std::chrono::nanoseconds duration{};

    bool isWarmUp() const { return round < 0; }
};

/// One contestant: a loaded model and the input in the shape it wants.
struct BenchmarkSubject
{
    LoadedModel* model = nullptr;
    const InputTensor* input = nullptr;
    std::stop_token withdrawn; ///< Stop requested: this one is left out from now on; the others go on.
};

/// All samples, in the order in which they were taken. A failure of one variant ends that variant
/// alone; its error is kept in `failures` and the others go on.
struct BenchmarkRun
{
    struct VariantFailure
    {
        int variant = 0;
        Error error;
    };

    std::vector<LatencySample> samples;
    std::vector<VariantFailure> failures;
    int completedRounds = 0;
    bool cancelled = false; ///< Stopped early; what was measured is kept.
};

/// Runs the plan on this thread. The clock (steady_clock) surrounds LoadedModel::forward() and nothing
/// else; `sampled` and the progress report are called between samples.
BenchmarkRun runBenchmark(
    const std::vector<BenchmarkSubject>& subjects, const BenchmarkPlan& plan, const JobControl& control,
    const std::function<void(const LatencySample&)>& sampled = [](const LatencySample&) {});

} // namespace vitrine
