#pragma once

#include "ui/charts/row_chart.h"

class QBarSet;
class QHorizontalStackedBarSeries;
class QLineSeries;
class QScatterSeries;

namespace vitrine {

/// How long one forward pass takes, in ms: a pale bar to the median, a box over the quartiles, a line at
/// the median, and every sample as a dot. Warm-ups are not shown. A few samples far beyond the others
/// do not squeeze the rest: the row says how many are off the scale.
class LatencyChart : public RowChart
{
    Q_OBJECT

public:
    /// The series of one variant, all named after it.
    struct VariantSeries
    {
        QString id;
        QString name;
        int colorIndex = 0;
        QBarSet* medianBar = nullptr;
        QLineSeries* quartileBox = nullptr; ///< From the lower to the upper quartile.
        QLineSeries* medianLine = nullptr;
        QScatterSeries* samples = nullptr; ///< x: ms.
    };

    LatencyChart();

    const std::vector<VariantSeries>& variantSeries() const { return m_variants; }

protected:
    Content showComparison(const Comparison& comparison) override;
    void placeExtras(qreal barThickness) override;
    void styleSeries() override;

private:
    void matchSeries(const std::vector<const VariantResult*>& variants);
    VariantSeries makeSeries(const VariantResult& variant);
    void fill(const VariantSeries& series, const VariantResult& variant, int position);
    void setDots(const VariantSeries& series, const VariantResult& variant, int position);

    QHorizontalStackedBarSeries* m_bars;
    std::vector<VariantSeries> m_variants;
    double m_barShare = 0.5; ///< Bar thickness as a share of a row.
};

} // namespace vitrine
