#pragma once

#include "core/measure/benchmark_plan.h"
#include "core/probe/model_probe.h"
#include "core/session/tasks/variant_runs.h"

namespace vitrine {

/// Who takes part in a benchmark, and under which id the samples are kept.
struct Contestant
{
    std::size_t subject = 0; ///< Position in RunRequest::subjects; may occur twice.
    QString id;
};

/// The rounds, on the first image. Ratios are taken to the baseline.
void measureLatency(VariantRuns& runs, const BenchmarkPlan& plan, const std::vector<Contestant>& contestants);

/// What follows the rounds: phases, and fresh processes where `settings` name a program. Each result is
/// painted before the next is measured.
void measureExtras(VariantRuns& runs, const BenchmarkPlan& plan, ProbeSettings settings);

} // namespace vitrine
