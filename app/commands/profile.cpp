#include "app/commands/command.h"
#include "app/commands/console.h"
#include "app/commands/model_options.h"
#include "app/commands/profile_text.h"
#include "app/commands/session_runner.h"
#include "core/base/literals.h"
#include "core/report/measurement_json.h"
#include "ui/charts/chart_export.h"

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

Status writeChart(const Comparison& comparison, const QString& folder)
{
    return folder.isEmpty() ? Status(Done{}) : exportCharts(comparison, folder, {ChartKind::Operators});
}

int report(const Comparison& comparison, const VariantResult& against, const ProfileOptions& options)
{
    if (options.json)
        printJson(profilesToJson(comparison, against));
    else if (const QString text = profilesText(comparison, against, options.top); !text.isEmpty())
        printOut(text);
    const Status written = writeChart(comparison, options.charts);
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
    declareOptions(line);
    const auto anything = [](const QString&) { return true; };
    return prepareTask(line, spreadValues(arguments, {u"--model"_s}, anything), readOptions, profile);
}

} // namespace vitrine::cli
