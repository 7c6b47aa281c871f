#include "ui/charts/chart_factory.h"

#include "core/base/literals.h"
#include "ui/charts/drift_chart.h"
#include "ui/charts/latency_chart.h"
#include "ui/charts/operator_chart.h"
#include "ui/charts/phases_chart.h"
#include "ui/charts/prediction_chart.h"
#include "ui/charts/size_chart.h"
#include "ui/charts/threads_chart.h"

namespace vitrine {

std::unique_ptr<ComparisonChart> makeChart(ChartKind kind)
{
    switch (kind) {
    case ChartKind::Prediction:
        return std::make_unique<PredictionChart>();
    case ChartKind::Size:
        return std::make_unique<SizeChart>();
    case ChartKind::Latency:
        return std::make_unique<LatencyChart>();
    case ChartKind::Drift:
        return std::make_unique<DriftChart>();
    case ChartKind::Phases:
        return std::make_unique<PhasesChart>();
    case ChartKind::Operators:
        return std::make_unique<OperatorChart>();
    case ChartKind::Threads:
        return std::make_unique<ThreadsChart>();
    }
    return nullptr;
}

QString chartFileName(ChartKind kind)
{
    switch (kind) {
    case ChartKind::Prediction:
        return u"predictions"_s;
    case ChartKind::Size:
        return u"size"_s;
    case ChartKind::Latency:
        return u"latency"_s;
    case ChartKind::Drift:
        return u"drift"_s;
    case ChartKind::Phases:
        return u"phases"_s;
    case ChartKind::Operators:
        return u"operators"_s;
    case ChartKind::Threads:
        return u"threads"_s;
    }
    return {};
}

} // namespace vitrine
