#include "app/commands/model_options.h"

#include "app/commands/command.h"
#include "core/engine/engine_plugin.h"

namespace vitrine::cli {

void addModelOptions(CommandLine& line)
{
    line.addValue(
        QStringLiteral("model"), QStringLiteral("FILE"),
        Cli::tr("A model: TorchScript, lite, or a checkpoint (then the original). May be repeated."));
    line.addValue(QStringLiteral("set"), QStringLiteral("DIR"),
                  Cli::tr("A variant set: all of its variants."));
    addInputOptions(line);
    line.addValue(
        QStringLiteral("quant-engine"), QStringLiteral("E,..."),
        Cli::tr("What computes int8 layers: qnnpack, onednn, fbgemm, x86; default: the best one here. "
                "With several, quantized variants run once under each."));
}

void addThreadsOption(CommandLine& line)
{
    line.addValue(QStringLiteral("threads"), QStringLiteral("N"), Cli::tr("Threads of LibTorch; default 1."));
}

int readThreads(CommandLine& line)
{
    return line.positiveNumber(QStringLiteral("threads"), 1);
}

void addCalibratedThreadsOption(CommandLine& line)
{
    line.addValue(
        QStringLiteral("threads"), QStringLiteral("N"),
        Cli::tr("Threads of LibTorch; default, or auto: as many as the baseline is fastest on, which is "
                "found out once for each machine and model."));
}

void readCalibratedThreads(CommandLine& line, ModelOptions& options)
{
    const auto automatic = QStringLiteral("auto");
    options.calibratesThreads =
        line.optionalValue(QStringLiteral("threads")).value_or(automatic) == automatic;
    if (!options.calibratesThreads)
        options.settings.threads = readThreads(line);
}

ModelOptions readModelOptions(CommandLine& line)
{
    ModelOptions options;
    options.models = line.values(QStringLiteral("model"));
    options.set = line.value(QStringLiteral("set"));
    options.labelsFile = line.value(QStringLiteral("labels"));
    if (line.values(QStringLiteral("set")).size() > 1)
        line.reject(Cli::tr("--set can be given once."));
    if (options.models.isEmpty() == options.set.isEmpty())
        line.reject(Cli::tr("Name the models: either --set DIR or --model FILE."));
    options.preprocess = readPreprocess(line);
    options.engines = readEngines(line);
    options.settings.quantizedEngine = options.engines.value(0);
    return options;
}

void addEngineOption(CommandLine& line)
{
    line.addValue(
        QStringLiteral("quant-engine"), QStringLiteral("E"),
        Cli::tr("What computes int8 layers: qnnpack, onednn, fbgemm, x86; default: the best one here."));
}

QString readEngine(CommandLine& line)
{
    const QStringList engines = readEngines(line);
    if (engines.size() > 1)
        line.reject(Cli::tr("--quant-engine takes one engine here."));
    return engines.value(0);
}

QStringList readEngines(CommandLine& line)
{
    QStringList asked = line.value(QStringLiteral("quant-engine")).split(u',');
    asked.removeDuplicates();
    if (!line.isSet(QStringLiteral("quant-engine")))
        return {};
    const auto backend = loadTorchBackend();
    if (!backend)
        return asked; // said once the session needs it
    const QStringList engines = (*backend)->quantizedEngines();
    for (const QString& engine : asked)
        if (!engines.contains(engine))
            line.reject(Cli::tr("There is no quantized engine \"%1\" here. There is: %2.")
                            .arg(engine, engines.join(QStringLiteral(", "))));
    return asked;
}

void addInputOptions(CommandLine& line)
{
    line.addValue(QStringLiteral("labels"), QStringLiteral("FILE"),
                  Cli::tr("Names of the classes: one a line, or JSON. Default: what the model brings; "
                          "ImageNet's for one of 1000 classes that brings none."));
    addPreprocessOption(line);
}

void addPreprocessOption(CommandLine& line)
{
    line.addValue(QStringLiteral("preprocess"), QStringLiteral("KEY=VALUE,..."),
                  Cli::tr("How images become input: size, resize, channels, mean, std (values a channel are "
                          "joined by ':'), as in size=28,resize=28,channels=1,mean=0.1307,std=0.3081."));
}

QString readPreprocess(CommandLine& line)
{
    const QString text = line.value(QStringLiteral("preprocess"));
    if (!line.isSet(QStringLiteral("preprocess")))
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
