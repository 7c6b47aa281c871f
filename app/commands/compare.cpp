#include "app/commands/command.h"
#include "app/commands/comparison_table.h"
#include "app/commands/measuring.h"
#include "app/commands/model_options.h"
#include "app/commands/session_runner.h"
#include "core/base/literals.h"

namespace vitrine::cli {

namespace {

/// What is compared, and where the results go.
struct CompareOptions
{
    ModelOptions models;
    QStringList images;
    BenchmarkPlan plan;
    QString baseline;           ///< A variant's name; empty: the first.
    bool againstItself = false; ///< Measures the baseline twice, and nothing else.
    ResultFiles files;
};

CompareOptions readOptions(CommandLine& line)
{
    CompareOptions options;
    options.models = readModelOptions(line);
    readCalibratedThreads(line, options.models);
    options.images = line.values(u"image"_s);
    options.plan = readBenchmarkPlan(line);
    options.baseline = line.value(u"baseline"_s);
    options.againstItself = line.isSet(u"aa"_s);
    if (line.isSet(u"probe"_s) && line.isSet(u"no-probe"_s))
        line.reject(Cli::tr("--probe and --no-probe exclude each other."));
    if (line.isSet(u"probe"_s) || line.isSet(u"no-probe"_s))
        options.plan.probe = line.isSet(u"probe"_s);
    for (const auto& option : {u"probe"_s, u"csv"_s})
        if (options.againstItself && line.isSet(option))
            line.reject(
                Cli::tr("--aa and --%1 exclude each other: --aa measures one variant against itself and "
                        "nothing else.")
                    .arg(option));
    options.files = readResultOptions(line);
    options.files.csv = line.value(u"csv"_s);
    line.rejectPositionals();
    if (options.images.isEmpty())
        line.reject(Cli::tr("Name at least one image: --image FILE."));
    rejectLosses(line, options.models, options.images, options.files);
    return options;
}

int compare(const CompareOptions& options)
{
    SessionRunner runner;
    if (!runner.loadModels(options.models) || !runner.loadImages(options.images) ||
        !runner.chooseBaseline(options.baseline))
        return runner.status();
    if (options.models.calibratesThreads)
        runner.threads().choose();
    if (options.againstItself)
        runner.session().benchmarkAgainstItself(options.plan);
    else
        runner.session().benchmark(options.plan);
    return runner.finish([&](const Comparison& comparison) {
        const auto& self = comparison.selfComparison;
        printWarnings(self ? selfWarnings(*self) : latencyWarnings(comparison));
        return reportResults(comparison, comparisonText(comparison), options.files);
    });
}

} // namespace

Prepared prepareCompare(const QStringList& arguments)
{
    CommandLine line(u"compare"_s, Cli::tr("(--set DIR | --model FILE...) --image IMAGE... [options]"),
                     Cli::tr("Sets predictions, sizes and latencies of variants side by side."));
    addModelOptions(line);
    addCalibratedThreadsOption(line);
    line.addValue(u"image"_s, u"IMAGE"_s,
                  Cli::tr("An image; latency is measured on the first. May be repeated."));
    addBenchmarkOptions(line);
    line.addFlag(u"aa"_s,
                 Cli::tr("Measure the baseline against itself: how much of a difference is noise here."));
    line.addFlag(u"no-probe"_s,
                 Cli::tr("Leave out phases, and cold start and peak memory in fresh processes."));
    line.addFlag(u"probe"_s, Cli::tr("Measure them; the default, except with --preset quick."));
    addResultOptions(line);
    line.addValue(u"csv"_s, u"FILE"_s, Cli::tr("Write a table as CSV."));
    const QStringList spread = spreadValues(arguments, {u"--model"_s, u"--image"_s});
    return prepareTask(line, fillMissingValue(spread, u"--json"_s, u"-"_s), readOptions, compare);
}

} // namespace vitrine::cli
