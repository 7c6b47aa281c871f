#pragma once

#include "ui/charts/comparison_chart.h"

class QGraphicsSimpleTextItem;
class QHorizontalBarSeries;

namespace vitrine {

/// The classes that the variants rank highest for the current image: one group a class, one bar a variant,
/// in percent. The sets of the series are in reverse order of variants, which puts the first one on top.
class PredictionChart : public ComparisonChart
{
    Q_OBJECT

public:
    static constexpr int classesShown = 5;

    PredictionChart();
    ~PredictionChart() override;

    ChartKind kind() const override { return ChartKind::Predictions; }
    QHorizontalBarSeries* series() const { return m_series; }

protected:
    Content showComparison(const Comparison& comparison) override;
    void placeExtras(qreal barThickness) override;
    void applyStyle() override;
    qreal headroom() const override;

private:
    struct BarValue
    {
        int row;
        int bar; ///< From the top of the group.
        double percent;
        std::unique_ptr<QGraphicsSimpleTextItem> text;
    };

    void makeSets(const Comparison& comparison, const Content& content);

    QHorizontalBarSeries* m_series;
    std::vector<BarValue> m_values;
    int m_rowCount = 0;
    int m_variantCount = 1;
};

} // namespace vitrine
