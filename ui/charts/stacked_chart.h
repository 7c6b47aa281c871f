#pragma once

#include "ui/charts/row_chart.h"

class QHorizontalStackedBarSeries;

namespace vitrine {

/// Rows of stacked parts, in ms: the same part has the same colour in every row, which a legend tells.
class StackedChart : public RowChart
{
    Q_OBJECT

protected:
    /// One row: its label, and a value in ms for every part (0: it has none).
    struct Stack
    {
        QString id; ///< Distinct.
        QString label;
        std::vector<double> parts;
    };

    StackedChart(const QString& heading, const QString& axisTitle);

    /// Content of these rows; `parts` are named and coloured from the left, and make the legend.
    Content stacked(const std::vector<LegendEntry>& parts, const std::vector<Stack>& stacks);
    std::vector<LegendEntry> legendEntries(const Comparison& comparison) const override;

    /// The colour of a part by position; other than a variant's.
    static QColor partColor(std::size_t position);

private:
    QHorizontalStackedBarSeries* m_series;
    std::vector<LegendEntry> m_parts;
};

} // namespace vitrine
