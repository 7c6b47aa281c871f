#pragma once

#include "ui/charts/grouped_chart.h"

namespace vitrine {

/// Median latency against threads: one group a number of threads, one bar a variant, in ms. A row says which
/// variants are fastest there (within 2 %), so that a crossover is seen. Shows Comparison::threadSweep.
class ThreadsChart : public GroupedChart
{
    Q_OBJECT

public:
    ThreadsChart();

    ChartKind kind() const override { return ChartKind::Threads; }

protected:
    Content showComparison(const Comparison& comparison) override;
    QString valueText(double value) const override;
};

} // namespace vitrine
