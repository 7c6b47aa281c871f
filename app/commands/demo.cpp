#include "app/commands/command.h"
#include "app/commands/command_line.h"
#include "app/commands/comparison_table.h"
#include "app/commands/console.h"
#include "app/commands/display.h"
#include "app/commands/session_runner.h"
#include "app/commands/window.h"
#include "core/base/literals.h"
#include "core/demo/demo_folder.h"
#include "core/demo/demo_run.h"
#include "ui/charts/chart_export.h"

#include <QDir>
#include <QFileInfo>

namespace vitrine::cli {

namespace {

struct DemoOptions
{
    DemoRequest request;
    QString folder;
};

QString demoText(const DemoSet& set, const Comparison& comparison)
{
    const ImageResult* image = comparison.image(comparison.currentImageId);
    const QString imageName = image ? QFileInfo(image->path).fileName() : QString();
    return Cli::tr("What the variants of %1 see in %2").arg(set.modelName, imageName) + QLatin1Char('\n') +
           summaryText(comparison);
}

int report(const DemoSet& set, const Comparison& comparison, const QString& folder)
{
    const QString text = demoText(set, comparison);
    printOut(text);
    Status written = writeDemoReport(folder, text);
    if (written)
        written = exportCharts(comparison, folder);
    if (!written)
        return printFailure(written.failure());
    printOut(Cli::tr("\nThe charts are in %1, as PNG and SVG: predictions, size, latency, samples over time.")
                 .arg(QDir(folder).absolutePath()));
    return exitDone;
}

/// The demo's set, when there is also a place for what comes out.
Result<DemoSet> findSetAndPlace(const DemoOptions& options)
{
    auto set = findDemoSet(options.request);
    if (!set)
        return set;
    if (const auto reason = whyNotDemoFolder(options.folder, exportedChartFiles()))
        return *reason;
    return set;
}

int compareInTerminal(const DemoOptions& options)
{
    const auto set = findSetAndPlace(options);
    if (!set)
        return printFailure(set.failure());
    printErr(Cli::tr("Comparing the variants of %1, which are built first unless they are in %2 ...")
                 .arg(QFileInfo(set->checkpoint).fileName(), demoCacheFolder()));
    SessionRunner runner;
    DemoRun run(runner.session(), *set, demoCacheFolder(), [&] { runner.threads().choose(); });
    QObject::connect(&run, &DemoRun::unbuilt, &runner, &SessionRunner::fail);
    run.start();
    return runner.finish([&](const Comparison& comparison) -> int {
        const bool isAnything = comparison.baseline() && !comparison.images.empty();
        return isAnything ? report(*set, comparison, options.folder) : exitFailed;
    });
}

DemoOptions readOptions(CommandLine& line)
{
    line.rejectPositionals();
    if (line.isSet(u"out"_s) && line.value(u"out"_s).isEmpty())
        line.reject(Cli::tr("Name a folder: --out DIR."));
    return {{line.value(u"checkpoint"_s), line.values(u"image"_s)},
            line.optionalValue(u"out"_s).value_or(u"vitrine-demo"_s)};
}

int demo(const DemoOptions& options)
{
    return hasDisplay() ? runWindow({}, options.request) : compareInTerminal(options);
}

} // namespace

Prepared prepareDemo(const QStringList& arguments)
{
    CommandLine line(u"demo"_s, Cli::tr("[--out DIR] [--checkpoint FILE] [--image FILE...]"),
                     Cli::tr("Compares the variants of a small model that comes with Vitrine: in the window, "
                             "or where there is no display as a table and charts in files."));
    line.addValue(
        u"out"_s, u"DIR"_s,
        Cli::tr("Without a display: where the charts go; default ./vitrine-demo. Files that are not "
                "an earlier demo's are never overwritten."));
    line.addValue(u"checkpoint"_s, u"FILE"_s,
                  Cli::tr("A DeiT checkpoint in place of the demo's. The variants are built once and kept in "
                          "the cache folder."));
    line.addValue(u"image"_s, u"FILE"_s, Cli::tr("An image in place of the demo's. May be repeated."));
    Prepared prepared = prepareTask(line, arguments, readOptions, demo);
    if (Task* task = std::get_if<Task>(&prepared))
        task->needsDisplay = hasDisplay();
    return prepared;
}

} // namespace vitrine::cli
