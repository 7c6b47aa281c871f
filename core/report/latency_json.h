#pragma once

#include "core/compare/comparison.h"

#include <QJsonArray>
#include <QJsonObject>

namespace vitrine {

/// {n, median_ms, iqr_ms, mad_ms, min_ms, mean_ms, p90_ms, p99_ms, badge, verdict, ratio, ratio_ci95: [low,
/// high], outliers, far_outliers, drift: {change, beyond_noise}, samples_ms, sample_rounds, sample_starts_ms,
/// sample_flags, warmup_ms, warmup_starts_ms}. The arrays of samples are parallel; starts count from the
/// beginning of the benchmark; flags are 0, 1 (beyond 1.5 x IQR) or 2 (beyond 3 x IQR). Null: not measured,
/// or n is too small for it. A baseline's ratio is 1, without an interval.
QJsonObject latencyToJson(const VariantResult& result);

/// {timed, baseline, rounds: {min, max}, min_time_s, precision, budget_s, warm_up: {passes, time_s, extra},
/// seed, stopped}. `precision` null: not asked for; `budget_s` null: unlimited; `stopped` null: it still
/// runs.
QJsonObject benchmarkToJson(const BenchmarkFacts& facts, const VariantResult* baseline);

/// {name, stamp, warnings, benchmark, noise_floor, verdict, ratio, ratio_ci95, first, second,
/// not_comparable?}: a variant against itself. `not_comparable` says why its noise is not that of the
/// benchmark beside it.
QJsonObject selfComparisonToJson(const SelfComparison& self, const Comparison& beside);

/// [{threads, stamp, benchmark: benchmarkToJson(), fastest: [name], variants: [{id, name, the fields of
/// latencyToJson()}]}]
QJsonArray sweepToJson(const Comparison& comparison);
/// {threads, unmeasured, cancelled}
QJsonObject toJson(const SweepFacts& sweep);

/// [{text, remedy}]
QJsonArray warningsToJson(const std::vector<MeasurementWarning>& warnings);

} // namespace vitrine
