#pragma once

#include "ui/charts/stacked_chart.h"

namespace vitrine {

/// Where the time goes from an image file to an answer: for each variant one row for the first answer of a
/// fresh process and one for every further one. Shows PhaseTimes.
class PhasesChart : public StackedChart
{
    Q_OBJECT

public:
    PhasesChart();

    ChartKind kind() const override { return ChartKind::Phases; }

protected:
    Content showComparison(const Comparison& comparison) override;
};

} // namespace vitrine
