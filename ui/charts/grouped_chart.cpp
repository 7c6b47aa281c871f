#include "ui/charts/grouped_chart.h"

#include "ui/variant_colors.h"

#include <QBarSet>
#include <QFontMetricsF>
#include <QGraphicsSimpleTextItem>
#include <QHorizontalBarSeries>

#include <cmath>

namespace vitrine {

namespace {

constexpr qreal gapBeforeValue = 4;
constexpr qreal textLayer = 20;

} // namespace

GroupedChart::GroupedChart(const QString& heading, const QString& axisTitle)
    : ComparisonChart(heading, axisTitle), m_series(new QHorizontalBarSeries(this))
{
    m_series->setName(heading);
    attachSeries(m_series);
    setBars(m_series);
}

GroupedChart::~GroupedChart() = default;

ComparisonChart::Content GroupedChart::grouped(const std::vector<const VariantResult*>& variants,
                                               std::vector<Group> groups)
{
    Content content;
    m_values.clear();
    for (Group& group : groups) {
        const int row = static_cast<int>(content.rows.size());
        content.rows.push_back(std::move(group.row));
        content.categories << group.category;
        for (std::size_t i = 0; i < group.values.size(); ++i) {
            m_values.push_back(
                {row, static_cast<int>(i), group.values[i], std::make_unique<QGraphicsSimpleTextItem>(this)});
            content.maximum = std::fmax(content.maximum, group.values[i]);
        }
    }
    content.barsPerRow = static_cast<int>(variants.size());
    m_rowCount = static_cast<int>(content.rows.size());
    m_variantCount = qMax(1, content.barsPerRow);
    makeSets(variants);
    GroupedChart::applyStyle();
    return content;
}

void GroupedChart::makeSets(const std::vector<const VariantResult*>& variants)
{
    m_series->clear();
    if (m_rowCount == 0)
        return;
    for (std::size_t v = variants.size(); v-- > 0;) {
        auto* set = new QBarSet(variants[v]->variant.name);
        set->setColor(variantColor(variants[v]->colorIndex));
        set->setBorderColor(Qt::transparent);
        for (auto value = m_values.crbegin(); value != m_values.crend(); ++value)
            if (value->bar == static_cast<int>(v))
                set->append(std::isnan(value->value) ? 0 : value->value);
        m_series->append(set);
    }
}

void GroupedChart::applyStyle()
{
    for (const BarValue& value : m_values) {
        value.text->setText(std::isnan(value.value) ? QString() : valueText(value.value));
        value.text->setBrush(chartStyle().text);
        value.text->setZValue(textLayer);
    }
}

void GroupedChart::placeExtras(qreal barThickness)
{
    QFont font = chartStyle().smallFont();
    font.setPixelSize(qBound(8, static_cast<int>(barThickness), font.pixelSize()));
    const QRectF plot = plotArea();
    const qreal slot = plot.height() / qMax(1, m_rowCount);
    for (const BarValue& value : m_values) {
        const qreal top = plot.top() + (value.row + 0.5) * slot - barThickness * m_variantCount / 2;
        const qreal x = mapToPosition(QPointF(std::isnan(value.value) ? 0 : value.value, 0), m_series).x();
        value.text->setFont(font);
        value.text->setPos(x + gapBeforeValue,
                           top + (value.bar + 0.5) * barThickness - value.text->boundingRect().height() / 2);
    }
}

qreal GroupedChart::headroom() const
{
    const QFontMetricsF metrics(chartStyle().smallFont());
    qreal widest = 0;
    for (const BarValue& value : m_values)
        widest = qMax(widest, metrics.horizontalAdvance(value.text->text()));
    return widest + 2 * gapBeforeValue;
}

} // namespace vitrine
