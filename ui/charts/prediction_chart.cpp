#include "ui/charts/prediction_chart.h"

#include "ui/charts/prediction_groups.h"
#include "ui/format.h"

#include <cmath>

namespace vitrine {

namespace {

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

PredictionChart::PredictionChart() : GroupedChart(tr("Predictions"), tr("Probability (%)"))
{
    setComparison({});
}

ComparisonChart::Content PredictionChart::showComparison(const Comparison& comparison)
{
    const auto variants = enabledVariants(comparison);
    std::vector<Group> groups;
    for (const PredictionGroup& group : topPredictionGroups(comparison, classesShown))
        groups.push_back({{group.label, {}, rowToolTip(group, variants)}, group.label, group.percent});
    Content content = grouped(variants, std::move(groups));
    content.hint = emptyHint(comparison);
    return content;
}

QString PredictionChart::valueText(double value) const
{
    return formatPercent(value / 100);
}

} // namespace vitrine
