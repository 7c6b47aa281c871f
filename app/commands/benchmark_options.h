#pragma once

#include "app/commands/command_line.h"
#include "core/measure/benchmark_plan.h"

namespace vitrine::cli {

/// --preset, --rounds, --precision, --budget, --seed, --timed and --baseline.
void addBenchmarkOptions(CommandLine& line);
/// Of all these but --baseline. Rejects in `line`.
BenchmarkPlan readBenchmarkPlan(CommandLine& line);

} // namespace vitrine::cli
