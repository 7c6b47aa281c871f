#include "ui/charts/threads_chart.h"

#include "core/base/literals.h"
#include "core/base/units.h"
#include "core/compare/headline.h"
#include "core/compare/thread_sweep.h"
#include "ui/format.h"
#include "ui/shown_variants.h"

#include <QBarCategoryAxis>
#include <QFontMetricsF>
#include <QGraphicsLayout>
#include <QLineSeries>
#include <QScatterSeries>
#include <QValueAxis>

#include <algorithm>
#include <cmath>

namespace vitrine {

namespace {

constexpr qreal columnLayer = 30;
constexpr qreal whiskerWidth = 6;
constexpr qreal gapBeforeValue = 8;
constexpr qreal gapAboveLines = 20;
constexpr int plotHeight = 180;

/// " [noisy]"
QString badgeClause(const VariantResult& result)
{
    return result.latency->badge ? u" [%1]"_s.arg(badgeText(*result.latency->badge)) : QString();
}

QString rowToolTip(const ThreadPoint& point)
{
    QStringList lines{threadsText(point.threads)};
    for (const VariantResult& result : point.variants)
        lines << ThreadsChart::tr("%1: median %2, %3%4")
                     .arg(result.variant.name, formatMilliseconds(result.latency->median),
                          verdictPhrase(result), badgeClause(result));
    return lines.join(QLatin1Char('\n'));
}

/// The one with the least median, and those that cannot be told from it.
QString fastestText(const ThreadPoint& point)
{
    QStringList names;
    for (const VariantResult& result : point.variants)
        if (point.fastest.contains(result.id))
            names << result.variant.name;
    return names.isEmpty() ? ThreadsChart::tr("too few samples to call one the fastest")
                           : ThreadsChart::tr("fastest: %1").arg(names.join(u", "_s));
}

QString medianText(double milliseconds)
{
    return QLocale().toString(milliseconds, 'f', milliseconds < 100 ? 1 : 0);
}

std::vector<ThreadsChart::Line> linesOf(const Comparison& comparison)
{
    std::vector<ThreadsChart::Line> lines;
    for (const VariantResult* variant : enabledVariants(comparison)) {
        ThreadsChart::Line line{variant->variant.name, variant->colorIndex, {}};
        for (std::size_t i = 0; i < comparison.threadSweep.size(); ++i)
            if (const VariantResult* result = comparison.threadSweep[i].variant(variant->id))
                line.points.push_back({static_cast<int>(i), milliseconds(result->latency->lowerQuartile),
                                       milliseconds(result->latency->median),
                                       milliseconds(result->latency->upperQuartile)});
        lines.push_back(std::move(line));
    }
    return lines;
}

QString noLinesHint(const Comparison& comparison)
{
    if (comparison.sweep && comparison.sweep->isRunning)
        return ThreadsChart::tr("Measuring. The lines begin as soon as two numbers of threads are known.");
    if (const QString end = sweepEndText(comparison); !end.isEmpty())
        return end + u' ' + ThreadsChart::tr("Lines take two numbers of threads at least.");
    return ThreadsChart::tr("Not measured yet. Press \"Sweep threads\" to time every ticked variant on 1, 2, "
                            "3... threads.");
}

/// Later lines are thinner, so that one that is hidden by another can be told.
qreal penWidth(std::size_t position)
{
    return std::max(1.5, 4 - 0.6 * static_cast<double>(position));
}

} // namespace

ThreadsChart::ThreadsChart()
    : ComparisonChart(tr("Latency against threads"), tr("Time for one image (ms)"), Qt::AlignLeft,
                      Qt::AlignBottom)
{
    categoryAxis()->setTitleText(tr("Threads"));
}

int ThreadsChart::comfortableHeight() const
{
    return static_cast<int>(std::ceil(heightAround())) + plotHeight;
}

ComparisonChart::Content ThreadsChart::showComparison(const Comparison& comparison)
{
    Content content;
    content.hint = noLinesHint(comparison);
    for (const ThreadPoint& point : comparison.threadSweep) {
        content.rows.push_back({threadsText(point.threads), fastestText(point), rowToolTip(point)});
        content.categories << QString::number(point.threads);
    }
    std::vector<Line> lines = linesOf(comparison);
    if (lines != m_lines) {
        m_lines = std::move(lines);
        removeAllSeries();
        m_drawings.clear();
        for (const Line& line : m_lines)
            m_drawings.push_back(drawingOf(line));
        applyStyle();
    }
    return content;
}

void ThreadsChart::contentChanged(const Content& content)
{
    categoryAxis()->setVisible(!rows().empty());
    if (categoryAxis()->categories() != content.categories)
        categoryAxis()->setCategories(content.categories);
    m_columns.clear();
    for (const ChartRow& row : rows()) {
        m_columns.push_back(std::make_unique<QGraphicsRectItem>(this));
        m_columns.back()->setToolTip(row.value + u"\n\n"_s + row.toolTip);
        m_columns.back()->setPen(Qt::NoPen);
        m_columns.back()->setZValue(columnLayer);
    }
}

ThreadsChart::Drawing ThreadsChart::drawingOf(const Line& line)
{
    Drawing drawing{
        new QLineSeries(this), new QScatterSeries(this), std::make_unique<QGraphicsPathItem>(this), {}};
    for (const Point& point : line.points) {
        drawing.medians->append(point.column, point.median);
        drawing.dots->append(point.column, point.median);
        drawing.values.push_back(std::make_unique<ChartValueItem>(medianText(point.median), this));
    }
    attachSeries(drawing.medians, line.name);
    attachSeries(drawing.dots, line.name);
    return drawing;
}

void ThreadsChart::applyStyle()
{
    for (std::size_t i = 0; i < m_drawings.size(); ++i) {
        const QColor color = variantColor(m_lines[i].colorIndex);
        const Drawing& drawing = m_drawings[i];
        drawing.medians->setPen(QPen(color, penWidth(i)));
        drawing.dots->setColor(color);
        drawing.dots->setBorderColor(chartStyle().background);
        drawing.dots->setMarkerSize(5 + 2 * penWidth(i));
        drawing.whiskers->setPen(QPen(color, 1));
        for (const auto& value : drawing.values)
            value->setStyle(chartStyle());
    }
}

void ThreadsChart::arrange(const QRectF& area)
{
    double maximum = 0;
    for (const Line& line : m_lines)
        for (const Point& point : line.points)
            maximum = std::max(maximum, point.upperQuartile);
    scaleValues(maximum, area.height(), gapAboveLines);
    const QFontMetricsF metrics(chartStyle().smallFont());
    const qreal left = metrics.height() + metrics.horizontalAdvance(medianText(valueAxis()->max())) + 20;
    const QRectF plot = area.adjusted(left, 0, 0, 0);
    setPlotArea(plot);
    layout()->activate();
    placeColumns(plot);
    for (std::size_t i = 0; i < m_lines.size(); ++i)
        placeWhiskers(m_lines[i], m_drawings[i]);
    placeValues(plot.width() / static_cast<qreal>(rows().size()));
}

void ThreadsChart::placeColumns(const QRectF& plot)
{
    const qreal width = plot.width() / static_cast<qreal>(m_columns.size());
    for (std::size_t i = 0; i < m_columns.size(); ++i)
        m_columns[i]->setRect(plot.left() + static_cast<qreal>(i) * width, plot.top(), width, plot.height());
}

void ThreadsChart::placeWhiskers(const Line& line, const Drawing& drawing)
{
    QPainterPath path;
    for (const Point& point : line.points) {
        const QPointF low = mapToPosition({double(point.column), point.lowerQuartile}, drawing.medians);
        const QPointF high = mapToPosition({double(point.column), point.upperQuartile}, drawing.medians);
        const QPointF aside(whiskerWidth / 2, 0);
        for (const auto& [from, to] : {std::pair(low, high), std::pair(low - aside, low + aside),
                                       std::pair(high - aside, high + aside)}) {
            path.moveTo(from);
            path.lineTo(to);
        }
    }
    drawing.whiskers->setPath(path);
}

void ThreadsChart::placeValues(qreal columnWidth)
{
    std::vector<QRectF> taken;
    for (std::size_t i = 0; i < m_lines.size(); ++i)
        for (std::size_t j = 0; j < m_lines[i].points.size(); ++j) {
            ChartValueItem& value = *m_drawings[i].values[j];
            const QPointF mark = m_drawings[i].medians->at(static_cast<int>(j));
            value.setPos(mapToPosition(mark, m_drawings[i].medians) +
                         QPointF(gapBeforeValue, -value.rect().height() / 2));
            const QRectF place = value.rect().translated(value.pos());
            const bool isFree =
                std::ranges::none_of(taken, [&](const QRectF& other) { return other.intersects(place); });
            value.setVisible(isFree && gapBeforeValue + place.width() < columnWidth / 2);
            if (value.isVisible())
                taken.push_back(place);
        }
}

} // namespace vitrine
