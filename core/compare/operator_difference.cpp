#include "core/compare/operator_difference.h"

#include "core/base/literals.h"
#include "core/compare/operator_groups.h"

#include <algorithm>
#include <map>

namespace vitrine {

namespace {

using Groups = std::map<QString, OperatorDifference>;

void addSide(Groups& groups, const OperatorProfile& profile,
             OperatorDifference::Side OperatorDifference::*side)
{
    for (const OperatorTime& each : profile.operators) {
        OperatorDifference::Side& sum = groups[operatorGroup(each.name)].*side;
        sum.time += each.selfTime;
        sum.calls += each.calls;
        sum.operators << each.name;
    }
    (groups[QLatin1String(OperatorDifference::outside)].*side).time = profile.outside;
}

OperatorChange changeOf(const OperatorDifference& row)
{
    if (row.before.calls > 0 && row.after.calls == 0)
        return OperatorChange::Vanished;
    if (row.before.calls == 0 && row.after.calls > 0)
        return OperatorChange::Added;
    return row.difference().count() > 0 ? OperatorChange::Slower : OperatorChange::Faster;
}

} // namespace

QString changeName(OperatorChange change)
{
    constexpr const char* inOrder[] = {"faster", "slower", "added", "vanished"};
    return QString::fromLatin1(inOrder[static_cast<int>(change)]);
}

std::vector<OperatorDifference> operatorDifferences(const OperatorProfile& before,
                                                    const OperatorProfile& after)
{
    Groups groups;
    addSide(groups, before, &OperatorDifference::before);
    addSide(groups, after, &OperatorDifference::after);
    std::vector<OperatorDifference> rows;
    for (auto& [name, row] : groups) {
        row.group = name;
        row.change = changeOf(row);
        rows.push_back(std::move(row));
    }
    std::ranges::stable_sort(rows, std::greater<>(), [](const OperatorDifference& row) {
        return std::chrono::abs(row.difference());
    });
    return rows;
}

} // namespace vitrine
