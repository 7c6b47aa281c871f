#include "app/commands/compare.h"

#include "app/commands/command.h"
#include "app/commands/comparison_table.h"
#include "app/commands/console.h"
#include "app/commands/session_runner.h"
#include "core/report/export.h"
#include "ui/charts/chart_export.h"

#include <QJsonDocument>

namespace vitrine::cli {

namespace {

QString presetTexts()
{
    QStringList texts;
    for (const BenchmarkPreset& preset : benchmarkPresets())
        texts << preset.text;
    return texts.join(QStringLiteral("; "));
}

QString timedNames()
{
    QStringList names;
    for (const TimedWork work : allTimedWork)
        names << timedWorkName(work);
    return names.join(QStringLiteral(", "));
}

void declareBenchmarkOptions(CommandLine& line)
{
    line.addValue(
        QStringLiteral("preset"), QStringLiteral("NAME"),
        Cli::tr("How thoroughly to measure, %1. Default: %2.").arg(presetTexts(), defaultPresetName));
    line.addValue(QStringLiteral("rounds"), QStringLiteral("N"),
                  Cli::tr("Exactly so many rounds, each running every variant once, however long it takes."));
    line.addValue(QStringLiteral("precision"), QStringLiteral("PERCENT"),
                  Cli::tr("End when half of the 95 % interval of every ratio is at most this."));
    line.addValue(QStringLiteral("budget"), QStringLiteral("SECONDS"),
                  Cli::tr("End when a variant has run for so long."));
    line.addValue(QStringLiteral("seed"), QStringLiteral("N"),
                  Cli::tr("Of the order of variants in each round, and of resampling; default %1.")
                      .arg(BenchmarkPlan().seed));
    line.addValue(QStringLiteral("baseline"), QStringLiteral("NAME"),
                  Cli::tr("The variant that others are measured against; default: the first."));
    line.addValue(QStringLiteral("timed"), QStringLiteral("WHAT"),
                  Cli::tr("What the clock surrounds: %1; default: the first of these.").arg(timedNames()));
    line.addFlag(QStringLiteral("aa"),
                 Cli::tr("Measure the baseline against itself: how much of a difference is noise here."));
}

void declareOptions(CommandLine& line)
{
    addModelOptions(line);
    line.addValue(QStringLiteral("image"), QStringLiteral("IMAGE"),
                  Cli::tr("An image; latency is measured on the first. May be repeated."));
    declareBenchmarkOptions(line);
    line.addFlag(QStringLiteral("no-probe"),
                 Cli::tr("Leave out phases, and cold start and peak memory in fresh processes."));
    line.addFlag(QStringLiteral("probe"), Cli::tr("Measure them; the default."));
    line.addValue(QStringLiteral("json"), QStringLiteral("FILE"),
                  Cli::tr("Write everything as JSON; without FILE, or with '-', to standard output."));
    line.addValue(QStringLiteral("csv"), QStringLiteral("FILE"), Cli::tr("Write a table as CSV."));
    line.addValue(QStringLiteral("charts"), QStringLiteral("DIR"),
                  Cli::tr("Write the charts as PNG and SVG."));
}

BenchmarkPlan presetPlan(CommandLine& line)
{
    const QString name = line.optionalValue(QStringLiteral("preset")).value_or(defaultPresetName);
    if (const BenchmarkPreset* preset = benchmarkPreset(name))
        return preset->plan;
    line.reject(Cli::tr("There is no preset \"%1\". There is: %2.").arg(name, presetTexts()));
    return {};
}

TimedWork readTimedWork(CommandLine& line)
{
    const auto name = line.optionalValue(QStringLiteral("timed"));
    const auto work = timedWorkFromName(name.value_or(timedWorkName(TimedWork::Forward)));
    if (!work)
        line.reject(Cli::tr("--timed takes %1, not \"%2\".").arg(timedNames(), *name));
    return work.value_or(TimedWork::Forward);
}

BenchmarkPlan readPlan(CommandLine& line)
{
    BenchmarkPlan plan = presetPlan(line);
    if (const auto rounds = line.optionalPositiveNumber(QStringLiteral("rounds")))
        plan.setExactRounds(*rounds);
    if (const auto percent = line.optionalPositiveReal(QStringLiteral("precision")))
        plan.precision = *percent / 100;
    if (line.isSet(QStringLiteral("rounds")) && line.isSet(QStringLiteral("precision")))
        line.reject(Cli::tr("--rounds is for an exact number of rounds, and does not go with --precision."));
    if (const auto seconds = line.optionalPositiveNumber(QStringLiteral("budget")))
        plan.budget = std::chrono::seconds(*seconds);
    plan.seed = line.seed(QStringLiteral("seed"), plan.seed);
    plan.timed = readTimedWork(line);
    return plan;
}

CompareOptions readOptions(CommandLine& line)
{
    CompareOptions options;
    options.models = readModelOptions(line);
    options.images = line.values(QStringLiteral("image"));
    options.plan = readPlan(line);
    options.baseline = line.value(QStringLiteral("baseline"));
    options.againstItself = line.isSet(QStringLiteral("aa"));
    if (line.isSet(QStringLiteral("probe")) && line.isSet(QStringLiteral("no-probe")))
        line.reject(Cli::tr("--probe and --no-probe exclude each other."));
    if (line.isSet(QStringLiteral("probe")) || line.isSet(QStringLiteral("no-probe")))
        options.plan.probe = line.isSet(QStringLiteral("probe"));
    options.jsonFile = line.value(QStringLiteral("json"));
    options.csvFile = line.value(QStringLiteral("csv"));
    options.charts = line.value(QStringLiteral("charts"));
    line.rejectPositionals();
    if (options.images.isEmpty())
        line.reject(Cli::tr("Name at least one image: --image FILE."));
    return options;
}

/// false: there is no variant of that name, which was said.
bool chooseBaseline(ComparisonSession& session, const QString& name)
{
    if (name.isEmpty())
        return true;
    QStringList names;
    for (const VariantResult& result : session.snapshot().variants) {
        if (result.variant.name == name) {
            session.setBaseline(result.id);
            return true;
        }
        names << result.variant.name;
    }
    printError(Cli::tr("There is no variant \"%1\" to compare with. There is: %2.")
                   .arg(name, names.join(QStringLiteral(", "))));
    return false;
}

void warn(const Comparison& comparison)
{
    std::vector<MeasurementWarning> warnings = latencyWarnings(comparison);
    if (comparison.selfComparison)
        warnings = measurementWarnings(comparison.selfComparison->stamp);
    for (const MeasurementWarning& warning : warnings)
        printError(Cli::tr("warning: %1 %2").arg(warning.text, warning.remedy));
}

std::vector<Status> writeFiles(const Comparison& comparison, const CompareOptions& options)
{
    std::vector<Status> statuses;
    if (!options.jsonFile.isEmpty() && options.jsonFile != QStringLiteral("-"))
        statuses.push_back(writeFileAtomically(options.jsonFile, QJsonDocument(toJson(comparison)).toJson()));
    if (!options.csvFile.isEmpty())
        statuses.push_back(writeFileAtomically(options.csvFile, toCsv(comparison).toUtf8()));
    if (!options.charts.isEmpty())
        statuses.push_back(exportCharts(comparison, options.charts));
    return statuses;
}

int report(const Comparison& comparison, const CompareOptions& options)
{
    if (options.jsonFile == QStringLiteral("-"))
        printJson(toJson(comparison));
    else
        printOut(comparisonText(comparison));
    int exitStatus = exitDone;
    for (const Status& status : writeFiles(comparison, options))
        if (!status)
            exitStatus = printFailure(status.failure());
    return exitStatus;
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
    if (options.againstItself)
        session.benchmarkAgainstItself(options.plan);
    else
        session.benchmark(options.plan);
    runner.wait();
    runner.reportVariants();
    const Comparison comparison = session.snapshot();
    warn(comparison);
    const int written = report(comparison, options);
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
