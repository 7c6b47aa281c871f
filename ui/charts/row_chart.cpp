#include "ui/charts/row_chart.h"

#include <QAbstractBarSeries>
#include <QBarCategoryAxis>
#include <QGraphicsLayout>

#include <cmath>

namespace vitrine {

namespace {

constexpr qreal gapAboveBars = 2;
constexpr qreal gapBelowBars = 7;
constexpr qreal gapBelowBarsAtMost = 20;
constexpr qreal exportScale = 2;

} // namespace

RowChart::RowChart(const QString& heading, const QString& valueTitle)
    : ComparisonChart(heading, valueTitle, Qt::AlignBottom, Qt::AlignLeft)
{
    categoryAxis()->setLabelsVisible(false);
    categoryAxis()->setLineVisible(false);
}

void RowChart::setBars(QAbstractBarSeries* bars, const QString& name)
{
    m_bars = bars;
    attachSeries(bars, name);
}

void RowChart::contentChanged(const Content& content)
{
    m_barsPerRow = qMax(1, content.barsPerRow);
    m_maximum = content.maximum;
    if (rows().size() != m_items.size())
        makeRowItems();
    for (std::size_t i = 0; i < rows().size(); ++i)
        m_items[i]->setRow(rows()[i]);
    const QStringList fromBottom(content.categories.crbegin(), content.categories.crend());
    if (categoryAxis()->categories() != fromBottom)
        categoryAxis()->setCategories(fromBottom);
}

void RowChart::makeRowItems()
{
    m_items.clear();
    for (const ChartRow& row : rows()) {
        m_items.push_back(std::make_unique<ChartRowItem>(chartStyle(), this));
        m_items.back()->setRow(row);
    }
}

void RowChart::applyStyle()
{
    makeRowItems();
    styleSeries();
}

int RowChart::comfortableHeight() const
{
    const int thinnest = m_barsPerRow == 1 ? 12 : 10;
    const qreal slot = lineHeight() + gapAboveBars + gapBelowBars + m_barsPerRow * thinnest;
    const auto rowCount = static_cast<qreal>(rows().empty() ? 2 : rows().size());
    return static_cast<int>(std::ceil(rowCount * slot + heightAround()));
}

void RowChart::arrange(const QRectF& area)
{
    const auto rowCount = static_cast<qreal>(rows().size());
    const qreal text = lineHeight() + gapAboveBars;
    const qreal scale = isForExport() ? exportScale : 1;
    const qreal thickest = scale * (m_barsPerRow == 1 ? 28 : 20);
    const qreal most = text + m_barsPerRow * thickest + scale * gapBelowBarsAtMost;
    const qreal slot = qMin(area.height() / rowCount, most);
    const QRectF plot(area.left(), area.top(), area.width(), slot * rowCount);
    const qreal thickness = qBound(1.0, (slot - text - gapBelowBars) / m_barsPerRow, thickest);
    setPlotArea(plot);
    scaleValues(m_maximum, area.width(), headroom());
    layout()->activate();
    if (m_bars != nullptr)
        m_bars->setBarWidth(thickness * m_barsPerRow / slot);
    placeRows(plot, thickness);
    placeExtras(thickness);
}

void RowChart::placeRows(const QRectF& plot, qreal thickness)
{
    const qreal slot = plot.height() / static_cast<qreal>(m_items.size());
    const qreal group = thickness * m_barsPerRow;
    for (std::size_t i = 0; i < m_items.size(); ++i) {
        const QRectF row(plot.left(), plot.top() + static_cast<qreal>(i) * slot, plot.width(), slot);
        m_items[i]->place(row, row.center().y() - group / 2 - gapAboveBars);
    }
}

} // namespace vitrine
