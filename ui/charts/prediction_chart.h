#pragma once

#include "ui/charts/row_chart.h"

class QHorizontalBarSeries;

namespace vitrine {

struct PredictionGroup;

/// The classes that the variants rank highest for the current image: a row a class, in it one bar a variant
/// with its value at its end, in percent. The sets of the series are in reverse order of variants, which puts
/// the first one on top.
class PredictionChart : public RowChart
{
    Q_OBJECT

public:
    static constexpr int classesShown = 5;

    PredictionChart();

    QHorizontalBarSeries* series() const { return m_series; }

protected:
    Content showComparison(const Comparison& comparison) override;
    void placeExtras(qreal barThickness) override;
    void styleSeries() override;
    qreal headroom() const override;

private:
    struct BarValue
    {
        int row;
        int bar; ///< From the top of the row.
        double percent;
        std::unique_ptr<QGraphicsSimpleTextItem> text;
    };

    void makeValues(const std::vector<PredictionGroup>& groups);
    void makeSets(const std::vector<const VariantResult*>& variants);

    QHorizontalBarSeries* m_series;
    std::vector<BarValue> m_values;
    int m_variantCount = 1;
};

} // namespace vitrine
