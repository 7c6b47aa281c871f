#include "ui/charts/operator_chart.h"

#include "core/base/units.h"
#include "core/compare/operator_difference.h"
#include "core/compare/operator_groups.h"
#include "ui/format.h"
#include "ui/shown_variants.h"

#include <algorithm>
#include <map>

namespace vitrine {

namespace {

constexpr std::size_t groupsShown = 8;

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
    for (const auto& [name, time] : sorted)
        if (static_cast<std::size_t>(names.size()) < groupsShown)
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
    setComparison({});
}

ComparisonChart::Content OperatorChart::showComparison(const Comparison& comparison)
{
    std::vector<const VariantResult*> profiled;
    std::vector<Groups> groups;
    for (const VariantResult* variant : enabledVariants(comparison))
        if (variant->operators()) {
            profiled.push_back(variant);
            groups.push_back(groupsOf(*variant->operators()));
        }
    const QStringList shown = longestGroups(groups);
    std::vector<LegendEntry> parts;
    for (const QString& name : shown)
        parts.push_back({name, partColor(parts.size())});
    if (!shown.isEmpty())
        parts.push_back({tr("the rest"), partColor(parts.size())});
    std::vector<Stack> stacks;
    for (std::size_t i = 0; i < profiled.size(); ++i)
        stacks.push_back({profiled[i]->id, profiled[i]->variant.name, partsOf(groups[i], shown)});
    Content content = stacked(parts, stacks);
    content.hint =
        tr("Not profiled yet. Press \"Profile operators\" to watch one forward of every ticked variant.");
    return content;
}

} // namespace vitrine
