#include "app/commands/profile_text.h"
#include "core/base/literals.h"

#include "app/commands/command.h"
#include "app/commands/console.h"
#include "app/commands/model_options.h"
#include "app/commands/session_runner.h"
#include "core/report/measurement_json.h"
#include "ui/charts/chart_export.h"

#include <algorithm>

namespace vitrine::cli {

namespace {

struct ProfileOptions
{
    ModelOptions models;
    QString image;
    QString against; ///< A variant's name; empty: the first one.
    int top = 10;
    bool json = false;
    QString charts; ///< Folder; empty: none.
};

void declareOptions(CommandLine& line)
{
    addModelOptions(line);
    addCalibratedThreadsOption(line);
    line.addValue(u"image"_s, u"IMAGE"_s, Cli::tr("The image to run them on."));
    line.addValue(u"against"_s, u"NAME"_s,
                  Cli::tr("The variant that the others are set against; default: the first."));
    line.addValue(u"top"_s, u"K"_s,
                  Cli::tr("How many operators of each to tell; default 10. JSON tells all."));
    line.addFlag(u"json"_s, Cli::tr("Print JSON."));
    line.addValue(u"charts"_s, u"DIR"_s, Cli::tr("Write the chart of operators as PNG and SVG."));
}

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
    return options;
}

/// Null when there is none of that name.
const VariantResult* variantNamed(const Comparison& comparison, const QString& name)
{
    if (name.isEmpty())
        return comparison.baseline();
    const auto found = std::ranges::find_if(
        comparison.variants, [&](const VariantResult& result) { return result.variant.name == name; });
    return found == comparison.variants.end() ? nullptr : &*found;
}

int noVariantOf(const Comparison& comparison, const QString& name)
{
    QStringList names;
    for (const VariantResult& result : comparison.variants)
        names << result.variant.name;
    printError(Cli::tr("There is no variant \"%1\" here. There is: %2.").arg(name, names.join(u", "_s)));
    return exitWrongUsage;
}

Status writeChart(const Comparison& comparison, const QString& folder)
{
    return folder.isEmpty() ? Status(Done{}) : exportCharts(comparison, folder, {ChartKind::Operators});
}

int profile(const ProfileOptions& options)
{
    SessionRunner runner;
    if (!runner.loadModels(options.models) || !runner.loadImages({options.image}))
        return runner.status();
    if (const Comparison loaded = runner.session().snapshot(); !variantNamed(loaded, options.against))
        return noVariantOf(loaded, options.against);
    if (options.models.calibratesThreads)
        runner.threads().choose();
    runner.session().profile();
    runner.wait();
    runner.reportVariants();
    const Comparison comparison = runner.session().snapshot();
    const VariantResult& against = *variantNamed(comparison, options.against);
    if (options.json)
        printJson(profilesToJson(comparison, against));
    else if (const QString text = profilesText(comparison, against, options.top); !text.isEmpty())
        printOut(text);
    if (const Status written = writeChart(comparison, options.charts); !written)
        return printFailure(written.failure());
    return runner.status();
}

} // namespace

Prepared prepareProfile(const QStringList& arguments)
{
    CommandLine line(
        u"profile"_s, Cli::tr("(--set DIR | --model FILE...) --image IMAGE [options]"),
        Cli::tr("Says in which operators each variant spends its time, and what differs between them."));
    declareOptions(line);
    const auto anything = [](const QString&) { return true; };
    if (const auto status = line.parse(spreadValues(arguments, {u"--model"_s}, anything)))
        return *status;
    const ProfileOptions options = readOptions(line);
    if (const auto status = line.wrongUsage())
        return *status;
    return Task{[options] { return profile(options); }};
}

} // namespace vitrine::cli
