#include "app/commands/compare.h"

#include "app/commands/benchmark_options.h"
#include "app/commands/command.h"
#include "app/commands/comparison_table.h"
#include "app/commands/console.h"
#include "app/commands/session_runner.h"

namespace vitrine::cli {

namespace {

void declareOptions(CommandLine& line)
{
    addModelOptions(line);
    addCalibratedThreadsOption(line);
    line.addValue(QStringLiteral("image"), QStringLiteral("IMAGE"),
                  Cli::tr("An image; latency is measured on the first. May be repeated."));
    addBenchmarkOptions(line);
    line.addFlag(QStringLiteral("aa"),
                 Cli::tr("Measure the baseline against itself: how much of a difference is noise here."));
    line.addFlag(QStringLiteral("no-probe"),
                 Cli::tr("Leave out phases, and cold start and peak memory in fresh processes."));
    line.addFlag(QStringLiteral("probe"), Cli::tr("Measure them; the default, except with --preset quick."));
    addResultOptions(line);
    line.addValue(QStringLiteral("csv"), QStringLiteral("FILE"), Cli::tr("Write a table as CSV."));
}

CompareOptions readOptions(CommandLine& line)
{
    CompareOptions options;
    options.models = readModelOptions(line);
    readCalibratedThreads(line, options.models);
    options.images = line.values(QStringLiteral("image"));
    options.plan = readBenchmarkPlan(line);
    options.baseline = line.value(QStringLiteral("baseline"));
    options.againstItself = line.isSet(QStringLiteral("aa"));
    if (line.isSet(QStringLiteral("probe")) && line.isSet(QStringLiteral("no-probe")))
        line.reject(Cli::tr("--probe and --no-probe exclude each other."));
    if (line.isSet(QStringLiteral("probe")) || line.isSet(QStringLiteral("no-probe")))
        options.plan.probe = line.isSet(QStringLiteral("probe"));
    for (const auto& option : {QStringLiteral("probe"), QStringLiteral("csv")})
        if (options.againstItself && line.isSet(option))
            line.reject(
                Cli::tr("--aa and --%1 exclude each other: --aa measures one variant against itself and "
                        "nothing else.")
                    .arg(option));
    options.files = readResultOptions(line);
    options.files.csv = line.value(QStringLiteral("csv"));
    line.rejectPositionals();
    if (options.images.isEmpty())
        line.reject(Cli::tr("Name at least one image: --image FILE."));
    return options;
}

void warn(const Comparison& comparison)
{
    const auto& self = comparison.selfComparison;
    printWarnings(self ? selfWarnings(*self) : latencyWarnings(comparison));
}

} // namespace

int compare(const CompareOptions& options)
{
    SessionRunner runner;
    if (!runner.loadModels(options.models) || !runner.loadImages(options.images))
        return runner.status();
    ComparisonSession& session = runner.session();
    if (!chooseBaseline(session, options.baseline))
        return exitWrongUsage;
    if (options.models.calibratesThreads)
        runner.threads().choose();
    if (options.againstItself)
        session.benchmarkAgainstItself(options.plan);
    else
        session.benchmark(options.plan);
    runner.wait();
    runner.reportVariants();
    const Comparison comparison = session.snapshot();
    warn(comparison);
    const int written = reportResults(comparison, comparisonText(comparison), options.files);
    return runner.status() == exitDone ? written : runner.status();
}

Prepared prepareCompare(const QStringList& arguments)
{
    CommandLine line(QStringLiteral("compare"),
                     Cli::tr("(--set DIR | --model FILE...) --image IMAGE... [options]"),
                     Cli::tr("Sets predictions, sizes and latencies of variants side by side."));
    declareOptions(line);
    const auto anything = [](const QString&) { return true; };
    const QStringList spread =
        spreadValues(arguments, {QStringLiteral("--model"), QStringLiteral("--image")}, anything);
    if (const auto status =
            line.parse(fillMissingValue(spread, QStringLiteral("--json"), QStringLiteral("-"))))
        return *status;
    const CompareOptions options = readOptions(line);
    if (const auto status = line.wrongUsage())
        return *status;
    return Task{[options] { return compare(options); }};
}

} // namespace vitrine::cli
