#include "app/commands/command.h"
#include "app/commands/comparison_table.h"
#include "app/commands/measuring.h"
#include "app/commands/model_options.h"
#include "app/commands/session_runner.h"
#include "core/base/literals.h"
#include "core/compare/thread_sweep.h"
#include "core/measure/thread_choice.h"

#include <algorithm>

namespace vitrine::cli {

namespace {

struct SweepOptions
{
    ModelOptions models;
    QString image;
    BenchmarkPlan plan;
    QString baseline;
    std::vector<int> threads;
    ResultFiles files;
};

std::vector<int> readThreadCounts(CommandLine& line)
{
    if (!line.isSet(u"threads"_s))
        return possibleThreadCounts();
    std::vector<int> counts;
    const QString text = line.value(u"threads"_s);
    for (const QString& each : text.split(u',')) {
        bool isNumber = false;
        const int count = each.toInt(&isNumber);
        if (!isNumber || count < 1 || count > mostThreads()) {
            line.reject(Cli::tr("--threads takes whole numbers from 1 to %1, as in 1,2,4, not \"%2\".")
                            .arg(QString::number(mostThreads()), text));
            break;
        }
        counts.push_back(count);
    }
    std::ranges::sort(counts);
    counts.erase(std::ranges::unique(counts).begin(), counts.end());
    return counts;
}

SweepOptions readOptions(CommandLine& line)
{
    SweepOptions options;
    options.models = readModelOptions(line);
    options.image = line.value(u"image"_s);
    options.threads = readThreadCounts(line);
    options.plan = readBenchmarkPlan(line);
    options.baseline = line.value(u"baseline"_s);
    options.files = readResultOptions(line);
    line.rejectPositionals();
    if (line.values(u"image"_s).size() != 1)
        line.reject(Cli::tr("Name one image: --image FILE."));
    rejectLosses(line, options.models, {options.image}, options.files);
    if (options.threads.size() == 1)
        line.reject(Cli::tr("A sweep takes two numbers of threads or more; for one there is compare."));
    return options;
}

int sweep(const SweepOptions& options)
{
    SessionRunner runner;
    if (!runner.loadModels(options.models) || !runner.loadImages({options.image}) ||
        !runner.chooseBaseline(options.baseline))
        return runner.status();
    ComparisonSession& session = runner.session();
    RunSettings settings = session.runSettings();
    settings.threads = options.threads.front();
    session.setRunSettings(settings);
    session.classify();
    session.sweepThreads(options.plan, options.threads);
    return runner.finish([&](const Comparison& comparison) {
        printWarnings(sweepWarnings(comparison));
        return reportResults(comparison, sweepText(comparison), options.files);
    });
}

} // namespace

Prepared prepareSweep(const QStringList& arguments)
{
    CommandLine line(u"sweep"_s,
                     Cli::tr("(--set DIR | --model FILE...) --image IMAGE [--threads N,...] [options]"),
                     Cli::tr("Times variants on several numbers of threads: where each is fastest, and where "
                             "one overtakes another."));
    addModelOptions(line);
    line.addValue(u"image"_s, u"IMAGE"_s, Cli::tr("The image to run them on."));
    line.addValue(u"threads"_s, u"N,..."_s,
                  Cli::tr("On which numbers of threads; default: from 1 to %1, what this machine can run at "
                          "once.")
                      .arg(possibleThreadCounts().back()));
    addBenchmarkOptions(line);
    addResultOptions(line);
    const QStringList spread = spreadValues(arguments, {u"--model"_s});
    return prepareTask(line, fillMissingValue(spread, u"--json"_s, u"-"_s), readOptions, sweep);
}

} // namespace vitrine::cli
