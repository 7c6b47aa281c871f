#pragma once

#include "ui/charts/row_chart.h"

class QHorizontalStackedBarSeries;

namespace vitrine {

/// How large each variant's file is, in MB (10^6 bytes). One set a variant, whose only value other than
/// zero stands in the variant's own row.
class SizeChart : public RowChart
{
    Q_OBJECT

public:
    SizeChart();

    QHorizontalStackedBarSeries* series() const { return m_series; }

protected:
    Content showComparison(const Comparison& comparison) override;

private:
    QHorizontalStackedBarSeries* m_series;
};

} // namespace vitrine
