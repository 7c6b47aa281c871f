#include "ui/charts/drift_chart.h"

#include "core/base/units.h"
#include "ui/charts/prediction_groups.h"
#include "ui/format.h"
#include "ui/shown_variants.h"

#include <QLineSeries>
#include <QScatterSeries>

#include <algorithm>

namespace vitrine {

namespace {

constexpr int linesPerRow = 3;
constexpr qreal markerSize = 5;

double secondsOf(std::chrono::nanoseconds time)
{
    return milliseconds(time) / 1000;
}

/// What a row's height stands for. Warm-up passes count in, so that they are seen to come down to the rest.
struct Scale
{
    double low = 0;  ///< ms
    double high = 0; ///< ms

    explicit Scale(const VariantResult& variant)
    {
        const LatencySummary warmUps = summarize(variant.latency->warmUps);
        const LatencySummary& shown = variant.latency->samples.empty() ? warmUps : *variant.latency;
        low = milliseconds(variant.latency->warmUps.empty() ? shown.minimum
                                                            : std::min(shown.minimum, warmUps.minimum));
        high = std::min(milliseconds(std::max(shown.maximum, warmUps.maximum)),
                        offScaleFactor * milliseconds(shown.upperQuartile));
    }

    /// From -0.5 to 0.5.
    double heightOf(std::chrono::nanoseconds duration) const
    {
        const double share = high > low ? (milliseconds(duration) - low) / (high - low) : 0.5;
        return std::clamp(share, 0.0, 1.0) - 0.5;
    }
};

qsizetype countOffScale(const VariantResult& variant)
{
    const Scale scale(variant);
    const auto isOff = [&](const LatencySample& sample) {
        return milliseconds(sample.duration) > scale.high;
    };
    return std::ranges::count_if(variant.latency->warmUps, isOff) +
           std::ranges::count_if(variant.latency->samples, isOff);
}

QString driftText(const VariantResult& variant)
{
    if (variant.latency->samples.empty())
        return DriftChart::tr("warm-up only");
    if (!variant.latency->drift)
        return DriftChart::tr("too few samples to see a drift");
    if (!variant.latency->drift->isBeyondNoise)
        return DriftChart::tr("no drift");
    const double percent = 100 * variant.latency->drift->change;
    return percent > 0 ? DriftChart::tr("drifted up by %1 %").arg(formatNumber(percent))
                       : DriftChart::tr("drifted down by %1 %").arg(formatNumber(-percent));
}

ChartRow rowOf(const VariantResult& variant)
{
    QStringList lines{variant.variant.name, driftText(variant)};
    if (!variant.latency->samples.empty())
        lines << DriftChart::tr("samples: %1, from %2 to %3")
                     .arg(QString::number(variant.latency->samples.size()),
                          formatMilliseconds(variant.latency->minimum),
                          formatMilliseconds(variant.latency->maximum));
    if (!variant.latency->warmUps.empty())
        lines << DriftChart::tr("warm-up passes discarded: %1, the longest %2")
                     .arg(QString::number(variant.latency->warmUps.size()),
                          formatMilliseconds(summarize(variant.latency->warmUps).maximum));
    const auto offScale = countOffScale(variant);
    const QString beyond = offScale > 0 ? DriftChart::tr(" (%1 off scale)").arg(offScale) : QString();
    return {variant.variant.name, driftText(variant) + beyond, lines.join(u'\n')};
}

QList<QPointF> shifted(QList<QPointF> points, double position, double height)
{
    for (QPointF& point : points)
        point.setY(position + point.y() * height);
    return points;
}

} // namespace

DriftChart::DriftChart() : RowChart(tr("Samples over time"), tr("Time since the benchmark began (s)")) {}

DriftChart::Trace DriftChart::traceOf(const VariantResult& variant)
{
    const Scale scale(variant);
    const auto points = [&](const std::vector<LatencySample>& samples) {
        QList<QPointF> list;
        for (std::size_t i = 0; i < samples.size(); i += dotStride(samples.size()))
            list << QPointF(secondsOf(samples[i].start), scale.heightOf(samples[i].duration));
        return list;
    };
    Trace trace{points(variant.latency->warmUps), points(variant.latency->samples), {}, 0};
    const LatencySample& last =
        variant.latency->samples.empty() ? variant.latency->warmUps.back() : variant.latency->samples.back();
    trace.end = secondsOf(last.start + last.duration);
    if (!variant.latency->samples.empty()) {
        const double median = scale.heightOf(variant.latency->median);
        trace.medianLine = {QPointF(0, median), QPointF(trace.end, median)};
    }
    return trace;
}

ComparisonChart::Content DriftChart::showComparison(const Comparison& comparison)
{
    auto variants = enabledVariants(comparison);
    std::erase_if(variants, [](const VariantResult* variant) {
        return variant->latency->samples.empty() && variant->latency->warmUps.empty();
    });
    matchSeries(variants);
    m_traces.clear();
    Content content;
    content.hint = notMeasuredText(comparison);
    content.barsPerRow = linesPerRow;
    for (const VariantResult* variant : variants) {
        content.rows.push_back(rowOf(*variant));
        content.categories << variant->id;
        m_traces.push_back(traceOf(*variant));
        content.maximum = std::max(content.maximum, m_traces.back().end);
    }
    return content;
}

void DriftChart::matchSeries(const std::vector<const VariantResult*>& variants)
{
    if (std::ranges::equal(m_series, variants, [](const VariantSeries& series, const VariantResult* variant) {
            return series.id == variant->id && series.colorIndex == variant->colorIndex;
        }))
        return;
    removeAllSeries();
    m_series.clear();
    for (const VariantResult* variant : variants)
        m_series.push_back(makeSeries(*variant));
    styleSeries();
}

DriftChart::VariantSeries DriftChart::makeSeries(const VariantResult& variant)
{
    VariantSeries series{variant.id, variant.colorIndex, new QScatterSeries(this), new QScatterSeries(this),
                         new QLineSeries(this)};
    attachSeries(series.medianLine, variant.variant.name);
    attachSeries(series.warmUps, variant.variant.name);
    attachSeries(series.samples, variant.variant.name);
    return series;
}

void DriftChart::styleSeries()
{
    for (const VariantSeries& series : m_series) {
        const QColor color = variantColor(series.colorIndex);
        series.samples->setColor(color);
        series.samples->setBorderColor(Qt::transparent);
        series.warmUps->setColor(chartStyle().background);
        series.warmUps->setBorderColor(color);
        for (QScatterSeries* dots : {series.samples, series.warmUps})
            dots->setMarkerSize(markerSize);
        series.medianLine->setPen(QPen(chartStyle().muted, 1, Qt::DashLine));
    }
}

void DriftChart::placeExtras(qreal barThickness)
{
    const auto rowCount = static_cast<qsizetype>(m_traces.size());
    if (rowCount == 0)
        return;
    const double rowHeight = plotArea().height() / static_cast<double>(rowCount);
    const double height = std::max(0.0, linesPerRow * barThickness - markerSize) / rowHeight;
    for (std::size_t i = 0; i < m_traces.size(); ++i) {
        const auto position = static_cast<double>(m_traces.size() - 1 - i);
        const Trace& trace = m_traces[i];
        m_series[i].warmUps->replace(shifted(trace.warmUps, position, height));
        m_series[i].samples->replace(shifted(trace.samples, position, height));
        m_series[i].medianLine->replace(shifted(trace.medianLine, position, height));
    }
}

} // namespace vitrine
