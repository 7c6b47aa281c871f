#pragma once

#include "ui/charts/stacked_chart.h"

namespace vitrine {

/// Self CPU time of one watched forward of each variant, by groups of corresponding operators. Shows
/// VariantResult::operators.
class OperatorChart : public StackedChart
{
    Q_OBJECT

public:
    OperatorChart();

    ChartKind kind() const override { return ChartKind::Operators; }

protected:
    Content showComparison(const Comparison& comparison) override;
};

} // namespace vitrine
