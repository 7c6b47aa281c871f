#include "ui/charts/threads_chart.h"

#include "core/measure/verdict.h"
#include "core/report/thread_sweep.h"
#include "ui/charts/prediction_groups.h"
#include "ui/format.h"

#include <algorithm>
#include <limits>

namespace vitrine {

namespace {

QString rowToolTip(const ThreadPoint& point)
{
    QStringList lines{threadsText(point.threads)};
    for (const VariantResult& result : point.variants)
        lines << ThreadsChart::tr("%1: median %2, %3")
                     .arg(result.variant.name, formatMilliseconds(result.latency.median),
                          verdictText(result.verdict));
    return lines.join(QLatin1Char('\n'));
}

QString fastestText(const ThreadPoint& point)
{
    const auto medianOf = [](const VariantResult& result) { return double(result.latency.median.count()); };
    const double least = medianOf(*std::ranges::min_element(point.variants, {}, medianOf));
    QStringList names;
    for (const VariantResult& result : point.variants)
        if (medianOf(result) <= ratioThatMatters * least)
            names << result.variant.name;
    return ThreadsChart::tr("fastest: %1").arg(names.join(QStringLiteral(", ")));
}

} // namespace

ThreadsChart::ThreadsChart() : GroupedChart(tr("Latency against threads"), tr("Time for one image (ms)"))
{
    setComparison({});
}

ComparisonChart::Content ThreadsChart::showComparison(const Comparison& comparison)
{
    const auto variants = enabledVariants(comparison);
    std::vector<Group> groups;
    for (const ThreadPoint& point : comparison.threadSweep) {
        std::vector<double> medians;
        for (const VariantResult* variant : variants) {
            const VariantResult* result = point.variant(variant->id);
            medians.push_back(result ? toMilliseconds(result->latency.median)
                                     : std::numeric_limits<double>::quiet_NaN());
        }
        groups.push_back({{threadsText(point.threads), fastestText(point), rowToolTip(point)},
                          QString::number(point.threads),
                          std::move(medians)});
    }
    Content content = grouped(variants, std::move(groups));
    content.hint = tr("Not measured yet. Press \"Sweep threads\" to time every ticked variant on 1, 2, 3... "
                      "threads.");
    return content;
}

QString ThreadsChart::valueText(double value) const
{
    return QLocale().toString(value, 'f', value < 100 ? 1 : 0);
}

} // namespace vitrine
