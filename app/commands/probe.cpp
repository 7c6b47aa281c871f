#include "app/commands/command.h"
#include "app/commands/console.h"
#include "app/commands/model_options.h"
#include "core/base/literals.h"
#include "core/base/shown_text.h"
#include "core/base/units.h"
#include "core/host/fence.h"
#include "core/probe/model_probe.h"

#include <QCoreApplication>

#include <chrono>

namespace vitrine::cli {

namespace {

constexpr int mostSeconds = 86'400;

struct ProbeOptions
{
    ProbeRequest request;
    std::chrono::seconds timeLimit{180};
    bool isHere = false; ///< In this process, which another Vitrine has started for it.
    bool asJson = false;
};

ProbeOptions readOptions(CommandLine& line)
{
    ProbeOptions options;
    ProbeRequest& request = options.request;
    request.path = line.positionals().value(0);
    request.image = line.value(u"image"_s);
    request.preprocessing = readPreprocess(line);
    request.deit = readCheckpointOptions(line);
    request.threads = readThreads(line);
    // A wrong engine is the probe's own finding: asking the engine now would load it before the memory is
    // read.
    request.engine = line.value(u"engine"_s);
    request.quantizedEngine = line.value(u"quant-engine"_s);
    request.memoryLimitBytes = line.wholeNumber(u"memory-limit"_s, 1).value_or(0);
    request.fileOperators = readFileOperators(line);
    if (const auto seconds = line.optionalPositiveNumber(u"time-limit"_s, mostSeconds))
        options.timeLimit = std::chrono::seconds(*seconds);
    if (line.positionals().size() != 1)
        line.reject(Cli::tr("Name one model file."));
    options.isHere = line.isSet(u"here"_s);
    options.asJson = line.isSet(u"json"_s);
    return options;
}

QString millisecondsText(std::chrono::nanoseconds duration)
{
    return QString::number(milliseconds(duration), 'f', 1) + u" ms"_s;
}

QString reportText(const ProbeReport& report)
{
    const ColdRun& run = report.run;
    const std::vector<QStringList> rows{
        {Cli::tr("  kind"), kindName(report.kind)},
        {Cli::tr("  quantized engine"),
         report.quantizedEngine.isEmpty() ? Cli::tr("none (fp32)") : report.quantizedEngine},
        {Cli::tr("  input"), report.input.isEmpty() ? Cli::tr("synthetic numbers") : report.input},
        {Cli::tr("  output"), Cli::tr("one row of %1 numbers").arg(run.outputs)},
        {Cli::tr("  load"), millisecondsText(run.coldStart.load)},
        {Cli::tr("  first forward"), millisecondsText(run.coldStart.firstForward)},
        {Cli::tr("  cold start"), millisecondsText(run.coldStart.total())},
        {Cli::tr("  peak memory"),
         Cli::tr("%1 (%2 in all, %3 without the model)")
             .arg(bytesText(run.peakMemoryBytes()), bytesText(run.peakResidentBytes),
                  bytesText(run.baselineResidentBytes))}};
    return shownText(report.path, LineBreaks::Shown) + QLatin1Char('\n') + textTable(rows, u"ll"_s);
}

Result<ProbeReport> reportOf(const ProbeOptions& options)
{
    if (options.isHere)
        return probeHere(options.request, EngineRegistry::installed(), enterFence);
    return ModelProbe({QCoreApplication::applicationFilePath(), options.timeLimit}).run(options.request);
}

int probe(const ProbeOptions& options)
{
    const auto report = reportOf(options);
    if (!report) {
        if (options.asJson && !report.isCancelled())
            printJson(probeFailureToJson(options.request.path, report.error()));
        const int status = printFailure(report.failure());
        const bool isUsage = !report.isCancelled() && report.error().kind == ErrorKind::Usage;
        return isUsage ? exitWrongUsage : status;
    }
    if (!options.isHere)
        printNotices(options.request.path, report->run.notices);
    if (options.asJson)
        printJson(report->toJson());
    else
        printOut(reportText(*report));
    return exitDone;
}

} // namespace

Prepared prepareProbe(const QStringList& arguments)
{
    CommandLine line(u"probe"_s, Cli::tr("FILE [--image IMAGE] [options]"),
                     Cli::tr("Loads one model in a fresh process and runs it once: how long that takes, and "
                             "how much memory."));
    line.addValue(u"image"_s, u"IMAGE"_s,
                  Cli::tr("What to run it on; default: synthetic numbers in the model's size."));
    addPreprocessOption(line);
    addCheckpointOptions(line);
    addThreadsOption(line);
    line.addValue(
        u"engine"_s, u"ID"_s,
        Cli::tr("The inference engine that runs it, such as libtorch; default: the first that opens it."));
    addEngineOption(line);
    line.addValue(
        u"memory-limit"_s, u"BYTES"_s,
        Cli::tr(
            "The most private memory that the process may have; default: three quarters of the machine's. "
            "Less than the engine needs for itself is refused, with the least that is not."));
    line.addValue(
        u"time-limit"_s, u"SECONDS"_s,
        Cli::tr("After how long the model is given up; default %1.").arg(ProbeOptions().timeLimit.count()));
    addFileOperatorsOption(line);
    line.addFlag(u"here"_s,
                 Cli::tr("In this process, and not in one that it starts: what that one is told."));
    line.addFlag(u"json"_s, Cli::tr("Print JSON."));
    line.setEpilogue(Cli::tr(
        "JSON: stamp (machine, library, threads), path, kind, quantized_engine (null: fp32), input\n"
        "(\"synthetic\" or the image), output_shape, load_ms, first_forward_ms, cold_start_ms (their sum),\n"
        "baseline_resident_bytes (the engine in memory, the model not), peak_resident_bytes, "
        "peak_memory_bytes\n"
        "(the difference), notices (what was done to run it), error (null). A model that fails gives path, "
        "error, error_kind and error_detail,\n"
        "and the exit status 1."));
    return prepareTask(line, arguments, readOptions, probe);
}

} // namespace vitrine::cli
