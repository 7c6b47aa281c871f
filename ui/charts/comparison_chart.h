#pragma once

#include "core/compare/comparison.h"
#include "ui/charts/chart_style.h"

#include <QChart>
#include <QGraphicsTextItem>

#include <memory>
#include <vector>

class QBarCategoryAxis;
class QGraphicsPathItem;
class QValueAxis;

namespace vitrine {

class ChartLegend;

enum class ChartKind { Prediction, Size, Latency, Drift, Phases, Operators, Threads };
/// The charts that stand side by side.
inline constexpr ChartKind overviewChartKinds[] = {ChartKind::Prediction, ChartKind::Size,
                                                   ChartKind::Latency};
inline constexpr ChartKind allChartKinds[] = {ChartKind::Prediction, ChartKind::Size,   ChartKind::Latency,
                                              ChartKind::Drift,      ChartKind::Phases, ChartKind::Operators,
                                              ChartKind::Threads};

/// A swatch and what it stands for.
struct LegendEntry
{
    QString name;
    QColor color;
};

/// What a chart says about one row, or one column: a line of text, and what the tool tip has.
struct ChartRow
{
    QString label; ///< Elided to the width; the tool tip has all of it.
    QString value; ///< At the right end of the line; may be empty.
    QString toolTip;
    QString shortValue = {}; ///< In place of `value` where the label would be cut for it; empty: no other.

    bool operator==(const ChartRow&) const = default;
};

/// What the charts have in common: a card with a heading, two axes, a legend for exports, and a hint in place
/// of the plot when there is nothing to plot. It shows a snapshot and computes nothing.
class ComparisonChart : public QChart
{
    Q_OBJECT

public:
    ~ComparisonChart() override;

    /// Its names are painted as they are: see withShownNames(). Empty, without a hint, until the first;
    /// makeChart() sees to that.
    void setComparison(const Comparison& comparison);
    void setChartStyle(const ChartStyle& style);
    /// A legend of the variants, for exports; in the window the variant list is the legend.
    void setLegendShown(bool shown);

    QString heading() const { return m_heading->toPlainText(); } ///< "Model size"
    /// What stands in place of the plot; empty when there are rows.
    QString hint() const { return m_hint->toPlainText(); }
    const ChartStyle& chartStyle() const { return m_style; }
    const std::vector<ChartRow>& rows() const { return m_rows; }
    /// All that a reader sees, in one sentence a row: for assistive technology.
    QString description() const;
    /// Below this height texts would collide.
    virtual int comfortableHeight() const = 0;

    QValueAxis* valueAxis() const { return m_valueAxis; }
    QBarCategoryAxis* categoryAxis() const { return m_categoryAxis; }

Q_SIGNALS:
    void comfortableHeightChanged();

protected:
    struct Content
    {
        std::vector<ChartRow> rows;
        QStringList categories; ///< One a row, distinct, in the order of rows.
        int barsPerRow = 1;
        double maximum = 0; ///< Largest value to show on the axis.
        QString hint;       ///< Shown when `rows` is empty.
    };

    ComparisonChart(const QString& heading, const QString& valueTitle, Qt::Alignment valueEdge,
                    Qt::Alignment categoryEdge);

    /// Makes or updates the series for `comparison`.
    virtual Content showComparison(const Comparison& comparison) = 0;
    /// Called when there is new content, whose rows are rows() already.
    virtual void contentChanged(const Content& content) = 0;
    /// Called when there are rows, and geometry, content or style have changed. `area` is what heading, axis
    /// below and legend leave free.
    virtual void arrange(const QRectF& area) = 0;
    /// Called when chartStyle() has changed.
    virtual void applyStyle() = 0;
    /// The enabled variants, unless colours mean something else.
    virtual std::vector<LegendEntry> legendEntries(const Comparison& comparison) const;

    void attachSeries(QAbstractSeries* series, const QString& name);
    /// The value axis from 0 to `maximum`, over `length` pixels of which `room` stay free beyond it.
    void scaleValues(double maximum, qreal length, qreal room);
    qreal heightAround() const { return heightAbove() + heightBelow(); } ///< All but `area`.
    qreal lineHeight() const;
    bool isForExport() const;
    void relayout();
    void resizeEvent(QGraphicsSceneResizeEvent* event) override;

private:
    void dress(const ChartStyle& style);
    qreal heightAbove() const;
    qreal heightBelow() const;
    void placeHint();

    ChartStyle m_style;
    QValueAxis* m_valueAxis;
    QBarCategoryAxis* m_categoryAxis;
    std::unique_ptr<QGraphicsPathItem> m_card;
    std::unique_ptr<QGraphicsTextItem> m_heading;
    std::unique_ptr<QGraphicsTextItem> m_hint;
    std::unique_ptr<ChartLegend> m_legend;
    std::vector<ChartRow> m_rows;
};

} // namespace vitrine
