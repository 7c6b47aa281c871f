#pragma once

#include "core/measure/benchmark_plan.h"

#include <QVariantMap>

namespace vitrine {

/// A plan as it is remembered between runs.
QVariantMap toMap(const BenchmarkPlan& plan);
/// What toMap() wrote; what is missing or out of range is that of the preset "careful".
BenchmarkPlan planFromMap(const QVariantMap& map);

} // namespace vitrine
