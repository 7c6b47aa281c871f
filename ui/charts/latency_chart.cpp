#include "ui/charts/latency_chart.h"

#include "core/base/literals.h"
#include "core/base/units.h"
#include "core/compare/headline.h"
#include "ui/charts/prediction_groups.h"
#include "ui/format.h"
#include "ui/shown_variants.h"

#include <QBarSet>
#include <QHorizontalStackedBarSeries>
#include <QLineSeries>
#include <QScatterSeries>

#include <algorithm>
#include <cmath>

namespace vitrine {

namespace {

constexpr int medianBarAlpha = 70;
constexpr int boxAlpha = 150;
constexpr int dotAlpha = 170;

QColor withAlpha(QColor color, int alpha)
{
    color.setAlpha(alpha);
    return color;
}

double longestShown(const std::vector<const VariantResult*>& variants)
{
    double longest = 0;
    double typical = 0;
    for (const VariantResult* variant : variants) {
        longest = std::max(longest, milliseconds(variant->latency->maximum));
        typical = std::max(typical, milliseconds(variant->latency->upperQuartile));
    }
    return std::min(longest, offScaleFactor * typical);
}

std::ptrdiff_t countBeyond(const VariantResult& variant, double limit)
{
    return std::ranges::count_if(variant.latency->samples, [limit](const LatencySample& sample) {
        return milliseconds(sample.duration) > limit;
    });
}

QString countText(const VariantResult& variant)
{
    const std::size_t stride = dotStride(variant.latency->samples.size());
    return stride == 1 ? QString::number(variant.latency->n)
                       : LatencyChart::tr("%1 (one in %2 is drawn)").arg(variant.latency->n).arg(stride);
}

QString latencyToolTip(const VariantResult& variant)
{
    const LatencySummary& latency = *variant.latency;
    if (latency.n == 0)
        return LatencyChart::tr("%1: not measured").arg(variant.variant.name);
    return LatencyChart::tr("%1\nmedian %2\nquartiles %3 to %4\n"
                            "minimum %5, maximum %6\nmean %7\nsamples: %8\n%9")
        .arg(variant.variant.name, formatMilliseconds(latency.median),
             formatMilliseconds(latency.lowerQuartile), formatMilliseconds(latency.upperQuartile),
             formatMilliseconds(latency.minimum), formatMilliseconds(latency.maximum),
             formatMilliseconds(latency.mean))
        .arg(countText(variant), verdictPhrase(variant))
        .trimmed();
}

ChartRow latencyRow(const VariantResult& variant, double limit)
{
    ChartRow row{variant.variant.name, LatencyChart::tr("not measured"), latencyToolTip(variant)};
    if (variant.latency->n == 0)
        return row;
    const QString median = formatMilliseconds(variant.latency->median);
    const auto beyond = countBeyond(variant, limit);
    const QString offScale = beyond > 0 ? LatencyChart::tr(" (%1 off scale)").arg(beyond) : QString();
    const auto valued = [&](bool inShort) {
        const bool isBaseline = variant.verdict == Verdict::Baseline;
        const QString verdict = isBaseline ? QString() : verdictPhrase(variant, inShort);
        return verdict.isEmpty() ? median : median + u", "_s + verdict;
    };
    row.value = valued(false) + offScale;
    row.shortValue = valued(true);
    return row;
}

} // namespace

LatencyChart::LatencyChart()
    : RowChart(tr("Latency"), tr("Time for one image (ms)")), m_bars(new QHorizontalStackedBarSeries(this))
{
    setBars(m_bars, tr("Median"));
}

ComparisonChart::Content LatencyChart::showComparison(const Comparison& comparison)
{
    auto variants = enabledVariants(comparison);
    if (std::ranges::none_of(variants, [](const VariantResult* variant) { return variant->latency->n > 0; }))
        variants.clear();
    Content content;
    content.hint = notMeasuredText(comparison);
    matchSeries(variants);
    content.maximum = longestShown(variants);
    for (std::size_t i = 0; i < variants.size(); ++i) {
        content.rows.push_back(latencyRow(*variants[i], content.maximum));
        content.categories << variants[i]->id;
        fill(m_variants[i], *variants[i], static_cast<int>(variants.size() - 1 - i));
    }
    return content;
}

void LatencyChart::matchSeries(const std::vector<const VariantResult*>& variants)
{
    if (std::ranges::equal(m_variants, variants,
                           [](const VariantSeries& series, const VariantResult* variant) {
                               return series.id == variant->id && series.name == variant->variant.name &&
                                      series.colorIndex == variant->colorIndex;
                           }))
        return;
    for (const VariantSeries& old : m_variants)
        for (QXYSeries* series :
             std::initializer_list<QXYSeries*>{old.quartileBox, old.medianLine, old.samples}) {
            removeSeries(series);
            delete series;
        }
    m_bars->clear();
    m_variants.clear();
    for (const VariantResult* variant : variants)
        m_variants.push_back(makeSeries(*variant));
    for (const VariantSeries& series : m_variants) {
        series.medianBar->append(QList<qreal>(static_cast<qsizetype>(m_variants.size()), 0));
        m_bars->append(series.medianBar);
    }
    styleSeries();
}

LatencyChart::VariantSeries LatencyChart::makeSeries(const VariantResult& variant)
{
    const QString name = variant.variant.name;
    const QColor color = variantColor(variant.colorIndex);
    VariantSeries series{variant.id,
                         name,
                         variant.colorIndex,
                         new QBarSet(name),
                         new QLineSeries(this),
                         new QLineSeries(this),
                         new QScatterSeries(this)};
    series.medianBar->setColor(withAlpha(color, medianBarAlpha));
    series.medianBar->setBorderColor(Qt::transparent);
    series.samples->setColor(withAlpha(color, dotAlpha));
    attachSeries(series.quartileBox, name);
    attachSeries(series.samples, name);
    attachSeries(series.medianLine, name);
    return series;
}

void LatencyChart::styleSeries()
{
    for (const VariantSeries& series : m_variants) {
        series.medianLine->setPen(QPen(chartStyle().text, 2, Qt::SolidLine, Qt::FlatCap));
        series.samples->setBorderColor(withAlpha(chartStyle().background, dotAlpha));
    }
}

void LatencyChart::fill(const VariantSeries& series, const VariantResult& variant, int position)
{
    const LatencySummary& latency = *variant.latency;
    const double median = milliseconds(latency.median);
    series.medianBar->replace(position, median);
    if (latency.n == 0) {
        series.quartileBox->clear();
        series.medianLine->clear();
        series.samples->clear();
        return;
    }
    series.quartileBox->replace(QList<QPointF>{{milliseconds(latency.lowerQuartile), qreal(position)},
                                               {milliseconds(latency.upperQuartile), qreal(position)}});
    series.medianLine->replace(
        QList<QPointF>{{median, position - m_barShare / 2}, {median, position + m_barShare / 2}});
    setDots(series, variant, position);
}

void LatencyChart::setDots(const VariantSeries& series, const VariantResult& variant, int position)
{
    constexpr double goldenRatio = 0.6180339887;
    QList<QPointF> dots;
    const auto& samples = variant.latency->samples;
    for (std::size_t i = 0; i < samples.size(); i += dotStride(samples.size())) {
        const double scatter = std::fmod(static_cast<double>(i) * goldenRatio, 1.0) - 0.5;
        dots.append({milliseconds(samples[i].duration), position + 0.75 * m_barShare * scatter});
    }
    series.samples->replace(dots);
}

void LatencyChart::placeExtras(qreal barThickness)
{
    if (m_variants.empty())
        return;
    const double rowHeight = plotArea().height() / static_cast<double>(m_variants.size());
    const double scale = barThickness / rowHeight / m_barShare;
    m_barShare *= scale;
    for (std::size_t i = 0; i < m_variants.size(); ++i) {
        const VariantSeries& series = m_variants[i];
        const auto position = static_cast<double>(m_variants.size() - 1 - i);
        series.quartileBox->setPen(QPen(withAlpha(variantColor(series.colorIndex), boxAlpha),
                                        barThickness * 0.62, Qt::SolidLine, Qt::FlatCap));
        series.samples->setMarkerSize(qBound(4.0, barThickness * 0.22, 7.0));
        for (QXYSeries* xy : std::initializer_list<QXYSeries*>{series.medianLine, series.samples}) {
            QList<QPointF> points = xy->points();
            for (QPointF& point : points)
                point.setY(position + (point.y() - position) * scale);
            if (points != xy->points())
                xy->replace(points);
        }
    }
}

} // namespace vitrine
