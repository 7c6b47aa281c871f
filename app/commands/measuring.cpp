#include "app/commands/measuring.h"

#include "app/commands/command.h"
#include "app/commands/console.h"
#include "app/commands/model_options.h"
#include "app/commands/output_files.h"
#include "core/base/file_writing.h"
#include "core/base/literals.h"
#include "core/model/beside.h"
#include "core/model/variant_set.h"
#include "core/report/export.h"
#include "ui/charts/chart_export.h"

#include <QDir>
#include <QJsonDocument>

namespace vitrine::cli {

namespace {

QString presetTexts()
{
    QStringList texts;
    for (const BenchmarkPreset& preset : benchmarkPresets())
        texts << preset.text;
    return texts.join(u"; "_s);
}

QString timedNames()
{
    QStringList names;
    for (const TimedWork work : allTimedWork)
        names << timedWorkName(work);
    return names.join(u", "_s);
}

BenchmarkPlan presetPlan(CommandLine& line)
{
    const QString name = line.optionalValue(u"preset"_s).value_or(defaultPresetName);
    if (const BenchmarkPreset* preset = benchmarkPreset(name))
        return preset->plan;
    line.reject(Cli::tr("There is no preset \"%1\". There is: %2.").arg(name, presetTexts()));
    return {};
}

TimedWork readTimedWork(CommandLine& line)
{
    const auto name = line.optionalValue(u"timed"_s);
    const auto work = timedWorkFromName(name.value_or(timedWorkName(TimedWork::Forward)));
    if (!work)
        line.reject(Cli::tr("--timed takes %1, not \"%2\".").arg(timedNames(), *name));
    return work.value_or(TimedWork::Forward);
}

const QString standardOutput = u"-"_s;

std::vector<Status> writeFiles(const Comparison& comparison, const ResultFiles& files)
{
    std::vector<Status> statuses;
    if (!files.json.isEmpty() && files.json != standardOutput)
        statuses.push_back(writeFileAtomically(files.json, QJsonDocument(toJson(comparison)).toJson()));
    if (!files.csv.isEmpty())
        statuses.push_back(writeFileAtomically(files.csv, toCsv(comparison).toUtf8()));
    if (!files.charts.isEmpty())
        statuses.push_back(exportCharts(comparison, files.charts));
    return statuses;
}

} // namespace

void addBenchmarkOptions(CommandLine& line)
{
    line.addValue(
        u"preset"_s, u"NAME"_s,
        Cli::tr("How thoroughly to measure, %1. Default: %2.").arg(presetTexts(), defaultPresetName));
    line.addValue(u"rounds"_s, u"N"_s,
                  Cli::tr("Exactly so many rounds, each running every variant once, however long it takes."));
    line.addValue(u"precision"_s, u"PERCENT"_s,
                  Cli::tr("End when half of the 95 % interval of every ratio is at most this."));
    line.addValue(u"budget"_s, u"SECONDS"_s, Cli::tr("End when a variant has run for so long."));
    line.addValue(u"seed"_s, u"N"_s,
                  Cli::tr("Of the order of variants in each round, and of resampling; default %1.")
                      .arg(BenchmarkPlan().seed));
    line.addValue(u"baseline"_s, u"NAME"_s,
                  Cli::tr("The variant that others are measured against; default: the first."));
    line.addValue(u"timed"_s, u"WHAT"_s,
                  Cli::tr("What the clock surrounds: %1; default: the first of these.").arg(timedNames()));
}

BenchmarkPlan readBenchmarkPlan(CommandLine& line)
{
    BenchmarkPlan plan = presetPlan(line);
    if (const auto rounds = line.optionalPositiveNumber(u"rounds"_s))
        plan.setExactRounds(*rounds);
    if (const auto percent = line.optionalPositiveReal(u"precision"_s))
        plan.precision = *percent / 100;
    if (line.isSet(u"rounds"_s) && line.isSet(u"precision"_s))
        line.reject(Cli::tr("--rounds is for an exact number of rounds, and does not go with --precision."));
    if (const auto seconds = line.optionalPositiveNumber(u"budget"_s))
        plan.budget = std::chrono::seconds(*seconds);
    if (const auto seed = line.wholeNumber(u"seed"_s, 0))
        plan.seed = static_cast<std::uint64_t>(*seed);
    plan.timed = readTimedWork(line);
    return plan;
}

void addResultOptions(CommandLine& line)
{
    line.addValue(u"json"_s, u"FILE"_s,
                  Cli::tr("Write everything as JSON; without FILE, or with '-', to standard output."));
    line.addValue(u"charts"_s, u"DIR"_s, Cli::tr("Write the charts as PNG and SVG."));
}

ResultFiles readResultOptions(const CommandLine& line)
{
    return {line.value(u"json"_s), {}, line.value(u"charts"_s)};
}

void rejectLosses(CommandLine& line, const ModelOptions& models, const QStringList& images,
                  const ResultFiles& files)
{
    FileUse use{models.models + images + QStringList{models.labelsFile},
                {{u"json"_s, files.json}, {u"csv"_s, files.csv}},
                files.charts};
    use.inputs.removeAll(QString());
    for (const QString& model : models.models)
        use.inputs << filesBeside(model);
    if (const auto set = readVariantSet(models.set); !models.set.isEmpty() && set) {
        use.inputs << QDir(set->folder).filePath(QLatin1String(manifestName));
        for (const Variant& variant : set->variants)
            use.inputs << variant.path;
    }
    rejectLosses(line, use);
}

int reportResults(const Comparison& comparison, const QString& text, const ResultFiles& files)
{
    if (files.json == standardOutput)
        printJson(toJson(comparison));
    else
        printOut(text);
    int exitStatus = exitDone;
    for (const Status& status : writeFiles(comparison, files))
        if (!status)
            exitStatus = printFailure(status.failure());
    return exitStatus;
}

void printWarnings(const std::vector<MeasurementWarning>& warnings)
{
    for (const MeasurementWarning& warning : warnings)
        printError(Cli::tr("warning: %1 %2").arg(warning.text, warning.remedy));
}

} // namespace vitrine::cli
