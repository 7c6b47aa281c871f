#pragma once

#include "ui/charts/comparison_chart.h"

#include <memory>

namespace vitrine {

std::unique_ptr<ComparisonChart> makeChart(ChartKind kind);
QString chartFileName(ChartKind kind); ///< "predictions", "size", "latency": for files.

} // namespace vitrine
