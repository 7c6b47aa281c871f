#include "ui/charts/chart_items.h"

#include <QFontMetricsF>
#include <QPen>

namespace vitrine {

namespace {

constexpr qreal spacing = 8;
constexpr int groundAlpha = 215;

} // namespace

ChartRowItem::ChartRowItem(const ChartStyle& style, QGraphicsItem* parent)
    : QGraphicsRectItem(parent), m_font(style.font), m_label(this), m_value(this)
{
    setPen(Qt::NoPen);
    setZValue(textLayer);
    m_label.setFont(m_font);
    m_value.setFont(m_font);
    m_label.setBrush(style.text);
    m_value.setBrush(style.text);
}

void ChartRowItem::setRow(const ChartRow& row)
{
    m_text = row.label;
    m_fullValue = row.value;
    m_shortValue = row.shortValue.isEmpty() ? row.value : row.shortValue;
    m_value.setText(m_fullValue);
    setToolTip(row.toolTip);
}

void ChartRowItem::place(const QRectF& slot, qreal textBottom)
{
    setRect(slot);
    const QFontMetricsF metrics(m_font);
    const auto widthOf = [&](const QString& text) { return metrics.horizontalAdvance(text); };
    const bool isFull = widthOf(m_text) + spacing + widthOf(m_fullValue) <= slot.width();
    m_value.setText(isFull ? m_fullValue : m_shortValue);
    const qreal valueWidth = m_value.boundingRect().width();
    const qreal room = slot.width() - (valueWidth > 0 ? valueWidth + spacing : 0);
    m_label.setText(metrics.elidedText(m_text, Qt::ElideRight, room));
    m_label.setPos(slot.left(), textBottom - m_label.boundingRect().height());
    m_value.setPos(slot.right() - valueWidth, textBottom - m_value.boundingRect().height());
}

ChartValueItem::ChartValueItem(const QString& text, QGraphicsItem* parent)
    : QGraphicsRectItem(parent), m_text(text, this)
{
    setPen(Qt::NoPen);
    setZValue(textLayer);
}

void ChartValueItem::setStyle(const ChartStyle& style)
{
    QColor ground = style.background;
    ground.setAlpha(groundAlpha);
    setBrush(ground);
    m_text.setFont(style.smallFont());
    m_text.setBrush(style.text);
    setRect(m_text.boundingRect());
}

struct ChartLegend::Entry
{
    Entry(const LegendEntry& entry, const ChartStyle& style, QGraphicsItem* parent)
        : name(entry.name), swatch(parent), text(parent)
    {
        swatch.setPen(Qt::NoPen);
        swatch.setBrush(entry.color);
        text.setFont(style.smallFont());
        text.setBrush(style.text);
    }

    QString name;
    QGraphicsRectItem swatch;
    QGraphicsSimpleTextItem text;
};

ChartLegend::ChartLegend(QGraphicsItem* parent) : QGraphicsRectItem(parent)
{
    setPen(Qt::NoPen);
    setZValue(textLayer);
}

ChartLegend::~ChartLegend() = default;

void ChartLegend::setEntries(const std::vector<LegendEntry>& entries, const ChartStyle& style)
{
    m_entries.clear();
    for (const LegendEntry& entry : entries)
        m_entries.push_back(std::make_unique<Entry>(entry, style, this));
}

qreal ChartLegend::flow(qreal width)
{
    qreal x = 0;
    qreal y = 0;
    qreal lineHeight = 0;
    for (const auto& entry : m_entries) {
        const QFontMetricsF metrics(entry->text.font());
        const qreal side = metrics.ascent() * 0.8;
        entry->text.setText(metrics.elidedText(entry->name, Qt::ElideMiddle, width - side - spacing));
        const qreal entryWidth = side + spacing / 2 + entry->text.boundingRect().width();
        lineHeight = metrics.height() + 2;
        if (x > 0 && x + entryWidth > width) {
            x = 0;
            y += lineHeight;
        }
        entry->swatch.setRect(x, y + (metrics.height() - side) / 2, side, side);
        entry->text.setPos(x + side + spacing / 2, y);
        x += entryWidth + 2 * spacing;
    }
    return m_entries.empty() ? 0 : y + lineHeight;
}

} // namespace vitrine
