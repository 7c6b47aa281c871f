#include "app/commands/command.h"
#include "app/commands/console.h"
#include "app/commands/model_options.h"
#include "core/base/literals.h"
#include "core/base/units.h"
#include "core/probe/probe_request.h"

namespace vitrine::cli {

namespace {

struct ProbeOptions
{
    ProbeRequest request;
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
    request.threads = line.positiveNumber(u"threads"_s, 1);
    // A wrong engine is the probe's own finding: asking the engine now would load it before the memory is
    // read.
    request.engine = line.value(u"engine"_s);
    request.quantizedEngine = line.value(u"quant-engine"_s);
    request.memoryLimitBytes = line.wholeNumber(u"memory-limit"_s, 1).value_or(0);
    if (line.positionals().size() != 1)
        line.reject(Cli::tr("Name one model file."));
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
    return report.path + QLatin1Char('\n') + textTable(rows, u"ll"_s);
}

int probe(const ProbeOptions& options)
{
    const auto report = probeHere(options.request, EngineRegistry::installed());
    if (!report) {
        if (options.asJson && !report.isCancelled())
            printJson(probeFailureToJson(options.request.path, report.error()));
        return printFailure(report.failure());
    }
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
    line.addValue(u"memory-limit"_s, u"BYTES"_s,
                  Cli::tr("The most private memory that the process may have; default: no limit."));
    line.addFlag(u"json"_s, Cli::tr("Print JSON."));
    line.setEpilogue(Cli::tr(
        "JSON: stamp (machine, library, threads), path, kind, quantized_engine (null: fp32), input\n"
        "(\"synthetic\" or the image), output_shape, load_ms, first_forward_ms, cold_start_ms (their sum),\n"
        "baseline_resident_bytes (the engine in memory, the model not), peak_resident_bytes, "
        "peak_memory_bytes\n"
        "(the difference), error (null). A model that fails gives path, error, error_kind and error_detail,\n"
        "and the exit status 1."));
    return prepareTask(line, arguments, readOptions, probe);
}

} // namespace vitrine::cli
