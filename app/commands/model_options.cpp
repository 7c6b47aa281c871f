#include "app/commands/model_options.h"

#include "app/commands/command.h"
#include "core/base/literals.h"
#include "core/engine/engine_registry.h"
#include "core/measure/thread_choice.h"

#include <QCoreApplication>

namespace vitrine::cli {

void addModelOptions(CommandLine& line)
{
    line.addValue(u"model"_s, u"FILE"_s,
                  Cli::tr("A model: TorchScript, lite, or a checkpoint (then the original), also a folder of "
                          "Hugging Face. May be repeated."));
    line.addValue(u"set"_s, u"DIR"_s, Cli::tr("A variant set: all of its variants."));
    addInputOptions(line);
    addCheckpointOptions(line);
    line.addValue(
        u"quant-engine"_s, u"E,..."_s,
        Cli::tr("What computes int8 layers: qnnpack, onednn, fbgemm, x86; default: the best one here. "
                "With several, quantized variants run once under each."));
    addHostOptions(line);
    line.addFlag(u"try-again"_s, Cli::tr("Run files that have crashed or hung before."));
    addFileOperatorsOption(line);
}

void addFileOperatorsOption(CommandLine& line)
{
    line.addFlag(u"allow-file-operators"_s,
                 Cli::tr("Run models whose code may read or write files or use the network."));
}

FileOperators readFileOperators(const CommandLine& line)
{
    return line.isSet(u"allow-file-operators"_s) ? FileOperators::Allowed : FileOperators::Refused;
}

void addHostOptions(CommandLine& line)
{
    line.addFlag(u"no-host"_s,
                 Cli::tr("Run files that Vitrine did not build itself in this process, too: one that "
                         "crashes or hangs takes everything with it."));
    line.addValue(
        u"time-limit"_s, u"SECONDS"_s,
        Cli::tr("How long a file that Vitrine did not build itself may take to load, or for one forward; "
                "default 60."));
    line.addValue(u"memory-limit"_s, u"BYTES"_s,
                  Cli::tr("How much memory such files may take together; default: three quarters of the "
                          "machine's."));
}

HostSettings readHostOptions(CommandLine& line)
{
    HostSettings host;
    if (!line.isSet(u"no-host"_s))
        host.program = QCoreApplication::applicationFilePath();
    if (const auto seconds = line.optionalPositiveNumber(u"time-limit"_s))
        host.callLimit = std::chrono::seconds(*seconds);
    host.memoryLimitBytes = line.wholeNumber(u"memory-limit"_s, 1).value_or(0);
    return host;
}

void addThreadsOption(CommandLine& line)
{
    line.addValue(u"threads"_s, u"N"_s, Cli::tr("Threads of the inference engine; default 1."));
}

int readThreads(CommandLine& line)
{
    return line.optionalPositiveNumber(u"threads"_s, mostThreads()).value_or(1);
}

void addCalibratedThreadsOption(CommandLine& line)
{
    line.addValue(u"threads"_s, u"N"_s,
                  Cli::tr("Threads of the inference engine; default, or auto: as many as the baseline is "
                          "fastest on, which is "
                          "found out once for each machine and model."));
}

void readCalibratedThreads(CommandLine& line, ModelOptions& options)
{
    const auto automatic = u"auto"_s;
    options.calibratesThreads = line.optionalValue(u"threads"_s).value_or(automatic) == automatic;
    if (!options.calibratesThreads)
        options.settings.threads = readThreads(line);
}

ModelOptions readModelOptions(CommandLine& line)
{
    ModelOptions options;
    options.models = line.values(u"model"_s);
    options.set = line.value(u"set"_s);
    options.labelsFile = line.value(u"labels"_s);
    if (line.values(u"set"_s).size() > 1)
        line.reject(Cli::tr("--set can be given once."));
    if (options.models.isEmpty() == options.set.isEmpty())
        line.reject(Cli::tr("Name the models: either --set DIR or --model FILE."));
    options.host = readHostOptions(line);
    options.triesAgain = line.isSet(u"try-again"_s);
    options.labelsAnyway = line.isSet(u"labels-anyway"_s);
    options.deit = readCheckpointOptions(line);
    for (const QString& option : {u"heads"_s, u"weights"_s})
        if (line.isSet(option) && !options.set.isEmpty())
            line.reject(
                Cli::tr("--%1 is for a checkpoint (--model), and not for a variant set.").arg(option));
    options.preprocess = readPreprocess(line);
    options.engines = readEngines(line);
    options.settings.quantizedEngine = options.engines.value(0);
    options.settings.fileOperators = readFileOperators(line);
    return options;
}

void addEngineOption(CommandLine& line)
{
    line.addValue(
        u"quant-engine"_s, u"E"_s,
        Cli::tr("What computes int8 layers: qnnpack, onednn, fbgemm, x86; default: the best one here."));
}

QString readEngine(CommandLine& line)
{
    const QStringList engines = readEngines(line);
    if (engines.size() > 1)
        line.reject(Cli::tr("--quant-engine takes one engine here."));
    return engines.value(0);
}

namespace {

/// Of all engines that can be loaded. None: there is no such engine.
std::optional<QStringList> quantizedEnginesHere()
{
    std::optional<QStringList> all;
    const EngineRegistry registry = EngineRegistry::installed();
    for (const AvailableEngine& available : registry.engines())
        if (const auto engine = available.make())
            all = all.value_or(QStringList()) + (*engine)->quantizedEngines();
    if (all)
        all->removeDuplicates();
    return all;
}

} // namespace

QStringList readEngines(CommandLine& line)
{
    QStringList asked = line.value(u"quant-engine"_s).split(u',');
    asked.removeDuplicates();
    if (!line.isSet(u"quant-engine"_s))
        return {};
    const auto engines = quantizedEnginesHere();
    if (!engines)
        return asked; // said once the session needs it
    for (const QString& engine : asked)
        if (!engines->contains(engine))
            line.reject(Cli::tr("There is no quantized engine \"%1\" here. There is: %2.")
                            .arg(engine, engines->join(u", "_s)));
    return asked;
}

void addInputOptions(CommandLine& line)
{
    line.addValue(u"labels"_s, u"FILE"_s,
                  Cli::tr("Names of the classes: one a line, or JSON. Default: what the model brings; "
                          "ImageNet's for one of 1000 classes that brings none."));
    line.addFlag(u"labels-anyway"_s,
                 Cli::tr("Take the labels though their number is not that of the classes."));
    addPreprocessOption(line);
}

void addCheckpointOptions(CommandLine& line)
{
    line.addValue(
        u"heads"_s, u"N"_s,
        Cli::tr("Attention heads of a checkpoint; default: what it or config.json beside it says, else "
                "what is usual for its width."));
    line.addValue(
        u"weights"_s, u"KEY"_s,
        Cli::tr("Which of several models in a checkpoint, such as state_dict_ema; default: the one that "
                "was trained."));
}

DeitOptions readCheckpointOptions(CommandLine& line)
{
    DeitOptions options;
    options.heads = line.optionalPositiveNumber(u"heads"_s);
    options.weights = line.value(u"weights"_s);
    return options;
}

void addPreprocessOption(CommandLine& line)
{
    line.addValue(
        u"preprocess"_s, u"KEY=VALUE,..."_s,
        Cli::tr("How images become input: size, resize, channels, mean, std (values a channel are "
                "joined by ':'), interpolation (bicubic, bilinear), fit (short: the short side is "
                "resized; stretch: both), as in size=28,resize=28,channels=1,mean=0.1307,std=0.3081."));
}

QString readPreprocess(CommandLine& line)
{
    QString text = line.value(u"preprocess"_s);
    if (!line.isSet(u"preprocess"_s))
        return {};
    // The model's own values are not known yet: a base that any single key can be combined with.
    Preprocessing base;
    base.size = 1;
    base.resize = 4096;
    if (const auto parsed = Preprocessing::parse(text, base); !parsed)
        line.reject(parsed.error().message);
    return text;
}

} // namespace vitrine::cli
