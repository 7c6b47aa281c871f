#pragma once

#include "core/report/comparison.h"
#include "ui/charts/chart_style.h"

#include <QChart>

#include <memory>
#include <vector>

class QAbstractBarSeries;
class QBarCategoryAxis;
class QGraphicsPathItem;
class QGraphicsTextItem;
class QValueAxis;

namespace vitrine {

class ChartLegend;
class ChartRowItem;

enum class ChartKind { Predictions, Size, Latency, Drift, Phases, Operators, Threads };
/// The charts that stand side by side.
inline constexpr ChartKind overviewChartKinds[] = {ChartKind::Predictions, ChartKind::Size,
                                                   ChartKind::Latency};
inline constexpr ChartKind allChartKinds[] = {ChartKind::Predictions, ChartKind::Size,   ChartKind::Latency,
                                              ChartKind::Drift,       ChartKind::Phases, ChartKind::Operators,
                                              ChartKind::Threads};

/// A swatch and what it stands for.
struct LegendEntry
{
    QString name;
    QColor color;
};

/// One row of a chart: a line of text and, below it, horizontal bars.
struct ChartRow
{
    QString label; ///< Elided to the width; the tool tip has all of it.
    QString value; ///< At the right end of the line; may be empty.
    QString toolTip;
    QString shortValue = {}; ///< In place of `value` where the label would be cut for it; empty: no other.

    bool operator==(const ChartRow&) const = default;
};

/// What the charts have in common: rows from the top, with their text above the bars, so that long
/// names need no room beside them; a value axis below; a hint in place of the rows when there are none.
/// It shows a snapshot and computes nothing. The row r of n lies at n - 1 - r on the category axis.
class ComparisonChart : public QChart
{
    Q_OBJECT

public:
    ~ComparisonChart() override;

    void setComparison(const Comparison& comparison);
    void setChartStyle(const ChartStyle& style);
    /// A legend of the variants, for exports; in the window the variant list is the legend.
    void setLegendShown(bool shown);

    virtual ChartKind kind() const = 0;
    QString heading() const; ///< "Model size"
    QString hint() const;    ///< What stands in place of the rows; empty when there are rows.
    const ChartStyle& chartStyle() const { return m_style; }
    const std::vector<ChartRow>& rows() const { return m_rows; }
    /// All that a reader sees, in one sentence a row: for assistive technology.
    QString description() const;
    /// Below this height texts would collide.
    int comfortableHeight() const;

    QValueAxis* valueAxis() const { return m_valueAxis; }
    QBarCategoryAxis* categoryAxis() const { return m_categoryAxis; }

Q_SIGNALS:
    void comfortableHeightChanged();

protected:
    struct Content
    {
        std::vector<ChartRow> rows;
        QStringList categories; ///< One a row, distinct, from the top.
        int barsPerRow = 1;
        double maximum = 0; ///< Largest value to show on the axis.
        QString hint;       ///< Shown when `rows` is empty.
    };

    ComparisonChart(const QString& heading, const QString& axisTitle);

    /// Makes or updates the series for `comparison`.
    virtual Content showComparison(const Comparison& comparison) = 0;
    /// Called when geometry or rows have changed; `barThickness` in pixels.
    virtual void placeExtras(qreal barThickness);
    virtual void applyStyle();
    /// The enabled variants, unless colours mean something else.
    virtual std::vector<LegendEntry> legendEntries(const Comparison& comparison) const;
    /// Pixels to keep free beyond the longest bar.
    virtual qreal headroom() const;

    void attachSeries(QAbstractSeries* series);
    void setBars(QAbstractBarSeries* bars) { m_bars = bars; }
    void resizeEvent(QGraphicsSceneResizeEvent* event) override;

private:
    void dress(const ChartStyle& style);
    void makeAxes(const QString& axisTitle);
    void takeContent(Content content);
    void makeRowItems();
    void relayout();
    qreal topOfRows() const;
    qreal heightBelowRows() const;
    void placeRows(const QRectF& plot, qreal thickness);
    void placeHint();
    void scaleValues(qreal width);

    ChartStyle m_style;
    QValueAxis* m_valueAxis = nullptr;
    QBarCategoryAxis* m_categoryAxis = nullptr;
    QAbstractBarSeries* m_bars = nullptr;
    std::unique_ptr<QGraphicsPathItem> m_card;
    std::unique_ptr<QGraphicsTextItem> m_heading;
    std::unique_ptr<QGraphicsTextItem> m_hint;
    std::unique_ptr<ChartLegend> m_legend;
    std::vector<ChartRow> m_rows;
    std::vector<std::unique_ptr<ChartRowItem>> m_items;
    int m_barsPerRow = 1;
    double m_maximum = 0;
};

} // namespace vitrine
