#include "ui/charts/stacked_chart.h"

#include "core/base/units.h"
#include "core/compare/operator_difference.h"
#include "core/compare/operator_groups.h"
#include "ui/format.h"
#include "ui/shown_variants.h"

#include <algorithm>
#include <functional>
#include <map>
#include <ranges>

namespace vitrine {

namespace {

constexpr int groupsShown = 8;

using Groups = std::map<QString, std::chrono::nanoseconds>;

Groups groupsOf(const OperatorProfile& profile)
{
    Groups groups;
    for (const OperatorTime& each : profile.operators)
        groups[operatorGroup(each.name)] += each.selfTime;
    groups[QLatin1String(OperatorDifference::outside)] += profile.outside;
    return groups;
}

/// The groups that take longest in any variant, longest first.
QStringList longestGroups(const std::vector<Groups>& variants)
{
    Groups longest;
    for (const Groups& groups : variants)
        for (const auto& [name, time] : groups)
            longest[name] = std::max(longest[name], time);
    std::vector<std::pair<QString, std::chrono::nanoseconds>> sorted(longest.begin(), longest.end());
    std::ranges::stable_sort(sorted, std::greater(), &decltype(sorted)::value_type::second);
    QStringList names;
    for (const auto& [name, time] : sorted | std::views::take(groupsShown))
        names << name;
    return names;
}

/// A value a shown group, and one for the rest.
std::vector<double> partsOf(const Groups& groups, const QStringList& shown)
{
    std::vector<double> parts(static_cast<std::size_t>(shown.size()) + 1, 0);
    for (const auto& [name, time] : groups) {
        const qsizetype position = shown.indexOf(name);
        parts[position < 0 ? parts.size() - 1 : static_cast<std::size_t>(position)] += milliseconds(time);
    }
    return parts;
}

} // namespace

OperatorChart::OperatorChart()
    : StackedChart(tr("Operators"), tr("Self CPU time of one watched forward (ms)"))
{
}

ComparisonChart::Content OperatorChart::showComparison(const Comparison& comparison)
{
    auto profiled = enabledVariants(comparison);
    std::erase_if(profiled, [](const VariantResult* variant) { return !variant->operators(); });
    std::vector<Groups> groups;
    for (const VariantResult* variant : profiled)
        groups.push_back(groupsOf(*variant->operators()));
    const QStringList shown = longestGroups(groups);
    std::vector<Stack> stacks;
    for (std::size_t i = 0; i < profiled.size(); ++i)
        stacks.push_back({profiled[i]->id, profiled[i]->variant.name, partsOf(groups[i], shown)});
    return stacked(
        shown.isEmpty() ? shown : shown + QStringList{tr("the rest")}, stacks,
        tr("Not profiled yet. Press \"Profile operators\" to watch one forward of every ticked variant."));
}

} // namespace vitrine
