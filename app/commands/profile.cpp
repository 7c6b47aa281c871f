#include "app/commands/command.h"
#include "app/commands/console.h"
#include "app/commands/measuring.h"
#include "app/commands/model_options.h"
#include "app/commands/session_runner.h"
#include "core/base/literals.h"
#include "core/base/units.h"
#include "core/compare/operator_difference.h"
#include "core/report/measurement_json.h"
#include "ui/charts/chart_export.h"

#include <ranges>

namespace vitrine::cli {

namespace {

using std::chrono::nanoseconds;

struct ProfileOptions
{
    ModelOptions models;
    QString image;
    QString against; ///< A variant's name; empty: the first one.
    int top = 10;
    bool json = false;
    QString charts; ///< Folder; empty: none.
};

ProfileOptions readOptions(CommandLine& line)
{
    ProfileOptions options;
    options.models = readModelOptions(line);
    readCalibratedThreads(line, options.models);
    options.image = line.value(u"image"_s);
    options.against = line.value(u"against"_s);
    options.top = line.positiveNumber(u"top"_s, options.top);
    options.json = line.isSet(u"json"_s);
    options.charts = line.value(u"charts"_s);
    line.rejectPositionals();
    if (line.values(u"image"_s).size() != 1)
        line.reject(Cli::tr("Name one image: --image FILE."));
    rejectLosses(line, options.models, {options.image}, {{}, {}, options.charts});
    return options;
}

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
    if (change == OperatorChange::Added)
        return Cli::tr("added");
    return change == OperatorChange::Vanished ? Cli::tr("vanished") : QString();
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

/// Of each enabled variant the `top` operators that took longest, then what differs from `against`.
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

int report(const Comparison& comparison, const VariantResult& against, const ProfileOptions& options)
{
    if (options.json)
        printJson(profilesToJson(comparison, against));
    else if (const QString text = profilesText(comparison, against, options.top); !text.isEmpty())
        printOut(text);
    if (options.charts.isEmpty())
        return exitDone;
    const Status written = exportCharts(comparison, options.charts, {ChartKind::Operators});
    return written ? exitDone : printFailure(written.failure());
}

int profile(const ProfileOptions& options)
{
    SessionRunner runner;
    if (!runner.loadModels(options.models) || !runner.loadImages({options.image}))
        return runner.status();
    const auto against = runner.variantNamed(options.against);
    if (!against)
        return runner.status();
    if (options.models.calibratesThreads)
        runner.threads().choose();
    runner.session().profile();
    return runner.finish([&](const Comparison& comparison) {
        return report(comparison, *comparison.variant(*against), options);
    });
}

} // namespace

Prepared prepareProfile(const QStringList& arguments)
{
    CommandLine line(
        u"profile"_s, Cli::tr("(--set DIR | --model FILE...) --image IMAGE [options]"),
        Cli::tr("Says in which operators each variant spends its time, and what differs between them."));
    addModelOptions(line);
    addCalibratedThreadsOption(line);
    line.addValue(u"image"_s, u"IMAGE"_s, Cli::tr("The image to run them on."));
    line.addValue(u"against"_s, u"NAME"_s,
                  Cli::tr("The variant that the others are set against; default: the first."));
    line.addValue(u"top"_s, u"K"_s,
                  Cli::tr("How many operators of each to tell; default 10. JSON tells all."));
    line.addFlag(u"json"_s, Cli::tr("Print JSON."));
    line.addValue(u"charts"_s, u"DIR"_s, Cli::tr("Write the chart of operators as PNG and SVG."));
    return prepareTask(line, spreadValues(arguments, {u"--model"_s}), readOptions, profile);
}

} // namespace vitrine::cli
