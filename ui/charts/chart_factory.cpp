#include "ui/charts/chart_factory.h"

#include "core/base/literals.h"
#include "ui/charts/drift_chart.h"
#include "ui/charts/latency_chart.h"
#include "ui/charts/prediction_chart.h"
#include "ui/charts/size_chart.h"
#include "ui/charts/stacked_chart.h"
#include "ui/charts/threads_chart.h"

namespace vitrine {

namespace {

/// Shows its hint.
template <typename Chart>
std::unique_ptr<ComparisonChart> make()
{
    auto chart = std::make_unique<Chart>();
    chart->setComparison({});
    return chart;
}

struct ChartType
{
    QLatin1String fileName;
    std::unique_ptr<ComparisonChart> (*make)();
};

/// In the order of ChartKind.
constexpr ChartType chartTypes[] = {
    {"predictions"_L1, make<PredictionChart>}, {"size"_L1, make<SizeChart>},
    {"latency"_L1, make<LatencyChart>},        {"drift"_L1, make<DriftChart>},
    {"phases"_L1, make<PhasesChart>},          {"operators"_L1, make<OperatorChart>},
    {"threads"_L1, make<ThreadsChart>},
};

} // namespace

std::unique_ptr<ComparisonChart> makeChart(ChartKind kind)
{
    return chartTypes[static_cast<std::size_t>(kind)].make();
}

QString chartFileName(ChartKind kind)
{
    return chartTypes[static_cast<std::size_t>(kind)].fileName;
}

} // namespace vitrine
