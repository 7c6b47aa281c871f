#pragma once

#include "ui/charts/comparison_chart.h"

#include <QGraphicsRectItem>
#include <QGraphicsSimpleTextItem>

#include <memory>

namespace vitrine {

/// The text of one chart row, and the area that shows its tool tip.
class ChartRowItem : public QGraphicsRectItem
{
public:
    ChartRowItem(const ChartStyle& style, QGraphicsItem* parent);

    void setRow(const ChartRow& row);
    /// `slot`: the whole row; the text's line ends at `textBottom`.
    void place(const QRectF& slot, qreal textBottom);

private:
    QFont m_font;
    QString m_text;
    QString m_fullValue;
    QString m_shortValue;
    QGraphicsSimpleTextItem m_label;
    QGraphicsSimpleTextItem m_value;
};

/// A value beside a mark, on ground of its own, so that lines below it do not cross it out.
class ChartValueItem : public QGraphicsRectItem
{
public:
    ChartValueItem(const QString& text, QGraphicsItem* parent);

    void setStyle(const ChartStyle& style);

private:
    QGraphicsSimpleTextItem m_text;
};

/// Swatches and names, flowing over as many lines as they need.
class ChartLegend : public QGraphicsRectItem
{
public:
    explicit ChartLegend(QGraphicsItem* parent);
    ~ChartLegend() override;

    void setEntries(const std::vector<LegendEntry>& entries, const ChartStyle& style);
    /// Lays the entries out and returns the height they take.
    qreal flow(qreal width);

private:
    struct Entry;
    std::vector<std::unique_ptr<Entry>> m_entries;
};

} // namespace vitrine
