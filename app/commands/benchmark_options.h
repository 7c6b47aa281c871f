#pragma once

#include "app/commands/command_line.h"
#include "core/session/comparison_session.h"

namespace vitrine::cli {

/// --preset, --rounds, --precision, --budget, --seed, --timed and --baseline.
void addBenchmarkOptions(CommandLine& line);
/// Of all these but --baseline. Rejects in `line`.
BenchmarkPlan readBenchmarkPlan(CommandLine& line);

/// `name` is that of a variant; empty: the first. false: there is none of that name, which was said.
bool chooseBaseline(ComparisonSession& session, const QString& name);

} // namespace vitrine::cli
