#pragma once

#include "ui/charts/comparison_chart.h"

class QGraphicsSimpleTextItem;
class QHorizontalBarSeries;

namespace vitrine {

/// Rows of one bar a variant, each with its value at its end. The sets of the series are in reverse order of
/// variants, which puts the first one on top.
class GroupedChart : public ComparisonChart
{
    Q_OBJECT

public:
    ~GroupedChart() override;

    QHorizontalBarSeries* series() const { return m_series; }

protected:
    /// A row, and a value for each variant; NaN: there is none.
    struct Group
    {
        ChartRow row;
        QString category; ///< Distinct.
        std::vector<double> values;
    };

    GroupedChart(const QString& heading, const QString& axisTitle);

    /// Shows these and returns what showComparison() does; without a hint.
    Content grouped(const std::vector<const VariantResult*>& variants, std::vector<Group> groups);
    virtual QString valueText(double value) const = 0;

    void placeExtras(qreal barThickness) override;
    void applyStyle() override;
    qreal headroom() const override;

private:
    struct BarValue
    {
        int row;
        int bar; ///< From the top of the group.
        double value;
        std::unique_ptr<QGraphicsSimpleTextItem> text;
    };

    void makeSets(const std::vector<const VariantResult*>& variants);

    QHorizontalBarSeries* m_series;
    std::vector<BarValue> m_values;
    int m_rowCount = 0;
    int m_variantCount = 1;
};

} // namespace vitrine
