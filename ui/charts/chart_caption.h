#pragma once

#include "core/compare/comparison.h"
#include "ui/charts/comparison_chart.h"

namespace vitrine {

/// What stands below an exported chart, and in its metadata: with what it was made, and for latencies when
/// they were measured, what was timed and why that ended.
QString chartCaption(const Comparison& comparison, ChartKind kind);

} // namespace vitrine
