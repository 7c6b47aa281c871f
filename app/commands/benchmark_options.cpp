#include "app/commands/benchmark_options.h"

#include "app/commands/command.h"
#include "core/base/literals.h"

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
    plan.seed = line.seed(u"seed"_s, plan.seed);
    plan.timed = readTimedWork(line);
    return plan;
}

} // namespace vitrine::cli
