#include "app/commands/profile_text.h"

#include "app/commands/command.h"
#include "app/commands/console.h"
#include "core/base/literals.h"
#include "core/base/units.h"
#include "core/compare/operator_difference.h"

#include <ranges>

namespace vitrine::cli {

namespace {

using std::chrono::nanoseconds;

QString number(nanoseconds duration)
{
    return QString::number(milliseconds(duration), 'f', 3);
}

QString shareText(nanoseconds part, nanoseconds whole)
{
    const double share = whole.count() > 0 ? milliseconds(part) / milliseconds(whole) : 0;
    return QString::number(100 * share, 'f', 1) + u" %"_s;
}

QString operatorsText(const VariantResult& result, const OperatorProfile& profile, int top)
{
    std::vector<QStringList> rows{
        {Cli::tr("operator"), Cli::tr("calls"), Cli::tr("self ms"), Cli::tr("share")}};
    const auto add = [&](const QString& name, int calls, nanoseconds time) {
        rows.push_back({name, calls > 0 ? QString::number(calls) : QString(), number(time),
                        shareText(time, profile.wallTime)});
    };
    nanoseconds shown{};
    for (const OperatorTime& each : profile.operators | std::views::take(top)) {
        add(each.name, each.calls, each.selfTime);
        shown += each.selfTime;
    }
    if (const auto others = static_cast<int>(profile.operators.size()) - top; others > 0)
        add(Cli::tr("(%n others)", nullptr, others), 0, profile.selfTotal() - shown);
    add(QLatin1String(OperatorDifference::outside), 0, profile.outside);
    return Cli::tr("%1: self CPU time %2 ms, forward %3 ms")
               .arg(result.variant.name, number(profile.selfTotal()), number(profile.wallTime)) +
           QLatin1Char('\n') + textTable(rows, u"lrrr"_s);
}

QString changeText(OperatorChange change)
{
    switch (change) {
    case OperatorChange::Added:
        return Cli::tr("added");
    case OperatorChange::Vanished:
        return Cli::tr("vanished");
    default:
        return {};
    }
}

QString differenceText(const VariantResult& result, const VariantResult& against)
{
    std::vector<QStringList> rows{{Cli::tr("operators"), Cli::tr("before ms"), Cli::tr("after ms"),
                                   Cli::tr("difference"), QString(), Cli::tr("longest before"),
                                   Cli::tr("longest after")}};
    for (const OperatorDifference& row : operatorDifferences(*against.operators(), *result.operators())) {
        const QString sign = row.difference().count() > 0 ? u"+"_s : QString();
        rows.push_back({row.group, number(row.before.time), number(row.after.time),
                        sign + number(row.difference()), changeText(row.change),
                        row.before.operators.value(0), row.after.operators.value(0)});
    }
    return Cli::tr("%1 against %2").arg(result.variant.name, against.variant.name) + QLatin1Char('\n') +
           textTable(rows, u"lrrrlll"_s);
}

} // namespace

QString profilesText(const Comparison& comparison, const VariantResult& against, int top)
{
    QStringList texts;
    QStringList differences;
    for (const VariantResult& result : comparison.variants) {
        if (!result.enabled || !result.operators())
            continue;
        texts << operatorsText(result, *result.operators(), top);
        if (result.id != against.id && against.operators())
            differences << differenceText(result, against);
    }
    return (texts + differences).join(u"\n\n"_s);
}

} // namespace vitrine::cli
