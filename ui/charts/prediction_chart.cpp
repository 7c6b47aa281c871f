#include "ui/charts/prediction_chart.h"

#include "core/base/literals.h"
#include "ui/charts/prediction_groups.h"
#include "ui/format.h"
#include "ui/shown_variants.h"

#include <QBarSet>
#include <QFontMetricsF>
#include <QHorizontalBarSeries>

#include <cmath>

namespace vitrine {

namespace {

constexpr qreal gapBeforeText = 4;

QString rowToolTip(const PredictionGroup& group, const std::vector<const VariantResult*>& variants)
{
    QStringList lines{group.label};
    for (std::size_t i = 0; i < variants.size(); ++i)
        if (!std::isnan(group.percent[i]))
            lines << u"%1: %2%3"_s.arg(variants[i]->variant.name, formatPercent(group.percent[i] / 100),
                                       group.marks[static_cast<qsizetype>(i)]);
    return lines.join(QLatin1Char('\n'));
}

QString noPredictionsHint(const Comparison& comparison)
{
    if (comparison.images.empty())
        return PredictionChart::tr("Drop an image here to see what each variant takes it for.");
    if (enabledVariants(comparison).empty())
        return PredictionChart::tr("No variant is ticked. Drop a model file, or tick a variant in the list.");
    return PredictionChart::tr("The ticked variants have not said anything about this image yet.");
}

} // namespace

PredictionChart::PredictionChart()
    : RowChart(tr("Predictions"), tr("Probability (%)")), m_series(new QHorizontalBarSeries(this))
{
    setBars(m_series, heading());
}

ComparisonChart::Content PredictionChart::showComparison(const Comparison& comparison)
{
    const auto variants = enabledVariants(comparison);
    const auto groups = topPredictionGroups(comparison, classesShown);
    makeValues(groups);
    m_variantCount = qMax(1, static_cast<int>(variants.size()));
    makeSets(variants);
    styleSeries();
    Content content;
    content.hint = noPredictionsHint(comparison);
    content.barsPerRow = m_variantCount;
    for (const PredictionGroup& group : groups) {
        content.rows.push_back({group.label, {}, rowToolTip(group, variants)});
        content.categories << group.label;
    }
    for (const BarValue& value : m_values)
        content.maximum = std::fmax(content.maximum, value.percent);
    return content;
}

void PredictionChart::makeValues(const std::vector<PredictionGroup>& groups)
{
    m_values.clear();
    for (std::size_t row = 0; row < groups.size(); ++row)
        for (std::size_t bar = 0; bar < groups[row].percent.size(); ++bar)
            m_values.push_back({static_cast<int>(row), static_cast<int>(bar), groups[row].percent[bar],
                                std::make_unique<QGraphicsSimpleTextItem>(this)});
}

void PredictionChart::makeSets(const std::vector<const VariantResult*>& variants)
{
    m_series->clear();
    if (m_values.empty())
        return;
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

void PredictionChart::styleSeries()
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
    const qreal slot = plot.height() / static_cast<qreal>(rows().size());
    for (const BarValue& value : m_values) {
        const qreal top = plot.top() + (value.row + 0.5) * slot - barThickness * m_variantCount / 2;
        const qreal x =
            mapToPosition(QPointF(std::isnan(value.percent) ? 0 : value.percent, 0), m_series).x();
        value.text->setFont(font);
        value.text->setPos(x + gapBeforeText,
                           top + (value.bar + 0.5) * barThickness - value.text->boundingRect().height() / 2);
    }
}

qreal PredictionChart::headroom() const
{
    const QFontMetricsF metrics(chartStyle().smallFont());
    qreal widest = 0;
    for (const BarValue& value : m_values)
        widest = qMax(widest, metrics.horizontalAdvance(value.text->text()));
    return widest + 2 * gapBeforeText;
}

} // namespace vitrine
