#include "ui/charts/prediction_chart.h"

#include "ui/charts/prediction_groups.h"
#include "ui/format.h"
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

QString rowToolTip(const PredictionGroup& group, const std::vector<const VariantResult*>& variants)
{
    QStringList lines{group.label};
    for (std::size_t i = 0; i < variants.size(); ++i)
        if (!std::isnan(group.percent[i]))
            lines << QStringLiteral("%1: %2").arg(variants[i]->variant.name,
                                                  formatPercent(group.percent[i] / 100));
    return lines.join(QLatin1Char('\n'));
}

QString emptyHint(const Comparison& comparison)
{
    if (comparison.images.empty())
        return PredictionChart::tr("Drop an image here to see what each variant takes it for.");
    if (enabledVariants(comparison).empty())
        return PredictionChart::tr("No variant is ticked. Drop a model file, or tick a variant in the list.");
    return PredictionChart::tr("The ticked variants have not said anything about this image yet.");
}

} // namespace

PredictionChart::PredictionChart()
    : ComparisonChart(tr("Predictions"), tr("Probability (%)")), m_series(new QHorizontalBarSeries(this))
{
    m_series->setName(tr("Predictions"));
    attachSeries(m_series);
    setBars(m_series);
    setComparison({});
}

PredictionChart::~PredictionChart() = default;

ComparisonChart::Content PredictionChart::showComparison(const Comparison& comparison)
{
    const auto variants = enabledVariants(comparison);
    Content content;
    m_values.clear();
    int row = 0;
    for (const PredictionGroup& group : topPredictionGroups(comparison, classesShown)) {
        content.rows.push_back({group.label, {}, rowToolTip(group, variants)});
        content.categories << group.label;
        for (std::size_t i = 0; i < group.percent.size(); ++i) {
            m_values.push_back({row, static_cast<int>(i), group.percent[i],
                                std::make_unique<QGraphicsSimpleTextItem>(this)});
            content.maximum = std::fmax(content.maximum, group.percent[i]);
        }
        ++row;
    }
    content.barsPerRow = static_cast<int>(variants.size());
    content.hint = emptyHint(comparison);
    m_rowCount = row;
    m_variantCount = qMax(1, content.barsPerRow);
    makeSets(comparison, content);
    applyStyle();
    return content;
}

void PredictionChart::makeSets(const Comparison& comparison, const Content& content)
{
    m_series->clear();
    if (content.rows.empty())
        return;
    const auto variants = enabledVariants(comparison);
    for (std::size_t v = variants.size(); v-- > 0;) {
        auto* set = new QBarSet(variants[v]->variant.name);
        set->setColor(variantColor(variants[v]->colorIndex));
        set->setBorderColor(Qt::transparent);
        for (auto value = m_values.crbegin(); value != m_values.crend(); ++value)
            if (value->bar == static_cast<int>(v))
                set->append(std::isnan(value->percent) ? 0 : value->percent);
        m_series->append(set);
    }
}

void PredictionChart::applyStyle()
{
    for (const BarValue& value : m_values) {
        value.text->setText(std::isnan(value.percent) ? QString() : formatPercent(value.percent / 100));
        value.text->setBrush(chartStyle().text);
        value.text->setZValue(textLayer);
    }
}

void PredictionChart::placeExtras(qreal barThickness)
{
    QFont font = chartStyle().smallFont();
    font.setPixelSize(qBound(8, static_cast<int>(barThickness), font.pixelSize()));
    const QRectF plot = plotArea();
    const qreal slot = plot.height() / qMax(1, m_rowCount);
    for (const BarValue& value : m_values) {
        const qreal top = plot.top() + (value.row + 0.5) * slot - barThickness * m_variantCount / 2;
        const qreal x =
            mapToPosition(QPointF(std::isnan(value.percent) ? 0 : value.percent, 0), m_series).x();
        value.text->setFont(font);
        value.text->setPos(x + gapBeforeValue,
                           top + (value.bar + 0.5) * barThickness - value.text->boundingRect().height() / 2);
    }
}

qreal PredictionChart::headroom() const
{
    const QString widest = formatPercent(0.888);
    return QFontMetricsF(chartStyle().smallFont()).horizontalAdvance(widest) + 2 * gapBeforeValue;
}

} // namespace vitrine
