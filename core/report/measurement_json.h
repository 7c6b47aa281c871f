#pragma once

#include "core/compare/comparison.h"
#include "core/compare/operator_difference.h"

#include <QJsonArray>
#include <QJsonObject>

namespace vitrine {

/// Adds what was measured beside latency; null where it was not:
/// cold_start_ms (load and first forward), peak_memory_bytes, probe_error?,
/// phases_ms: {decode, resize, normalize, load, first_forward, steady_forward, softmax},
/// operators: see below, or null.
void addMeasurements(QJsonObject& variant, const VariantResult& result);

/// {self_cpu_time_total_ms, outside_ms, wall_ms, operators: [{name, group, calls, self_ms}]}
QJsonObject toJson(const OperatorProfile& profile);

/// [{group, change, before_ms, after_ms, difference_ms, before_calls, after_calls, before, after}], the last
/// two being the operators' names.
QJsonArray toJson(const std::vector<OperatorDifference>& differences);

/// {stamp, image, against, variants: [{name, kind, path, operators, difference_to_against}]}: enabled
/// variants only; null where one was not profiled, or is `against` itself.
QJsonObject profilesToJson(const Comparison& comparison, const VariantResult& against);

} // namespace vitrine
