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

    /// Content of these rows; `parts`, from the left, are coloured by position and make the legend.
    Content stacked(const QStringList& parts, const std::vector<Stack>& stacks, const QString& hint);
    std::vector<LegendEntry> legendEntries(const Comparison& comparison) const override;

private:
    QHorizontalStackedBarSeries* m_series;
    std::vector<LegendEntry> m_parts;
};

/// Where the time goes from an image file to an answer: for each variant one row for the first answer of a
/// fresh process and one for every further one. Shows PhaseTimes.
class PhasesChart : public StackedChart
{
    Q_OBJECT

public:
    PhasesChart();

protected:
    Content showComparison(const Comparison& comparison) override;
};

/// Self CPU time of one watched forward of each variant, by groups of corresponding operators. Shows
/// VariantResult::operators.
class OperatorChart : public StackedChart
{
    Q_OBJECT

public:
    OperatorChart();

protected:
    Content showComparison(const Comparison& comparison) override;
};

} // namespace vitrine
