#pragma once

#include "ui/charts/grouped_chart.h"

namespace vitrine {

/// The classes that the variants rank highest for the current image: one group a class, one bar a variant,
/// in percent.
class PredictionChart : public GroupedChart
{
    Q_OBJECT

public:
    static constexpr int classesShown = 5;

    PredictionChart();

    ChartKind kind() const override { return ChartKind::Predictions; }

protected:
    Content showComparison(const Comparison& comparison) override;
    QString valueText(double value) const override;
};

} // namespace vitrine
