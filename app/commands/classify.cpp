#include "app/commands/command.h"
#include "app/commands/console.h"
#include "app/commands/model_options.h"
#include "app/commands/session_runner.h"
#include "core/base/literals.h"
#include "core/checkpoint/identify.h"
#include "core/image/image_reader.h"
#include "core/report/export.h"

#include <ranges>
#include <utility>

namespace vitrine::cli {

namespace {

struct ClassifyOptions
{
    QStringList images;
    ModelOptions models;
    int top = 5;
    bool json = false;
    bool logits = false;
};

ClassifyOptions readOptions(CommandLine& line)
{
    ClassifyOptions options;
    options.images = line.positionals();
    options.top = line.positiveNumber(u"top"_s, 5);
    options.json = line.isSet(u"json"_s);
    options.logits = line.isSet(u"logits"_s);
    if (options.images.isEmpty())
        line.reject(Cli::tr("Name at least one image."));
    if (options.top > Classification::maxTop)
        line.reject(Cli::tr("--top can be %1 at most.").arg(Classification::maxTop));
    if (options.logits && !options.json)
        line.reject(Cli::tr("--logits is for --json."));
    options.models = readModelOptions(line);
    options.models.settings.threads = readThreads(line);
    return options;
}

/// Images come first, but may also follow --model FILE.
bool isFurtherModel(const QString& path)
{
    const auto identity = identify(path);
    return identity.ok() && !whyNotLoadable(*identity);
}

QString imageText(const Comparison& comparison, const ImageResult& image, int top)
{
    const bool saysHow = hasOwnProbabilities(comparison);
    std::vector<QStringList> rows{
        {Cli::tr("model"), Cli::tr("class"), Cli::tr("probability"), Cli::tr("label")}};
    if (saysHow)
        rows.front() << Cli::tr("probability by");
    for (const VariantResult& result : comparison.variants)
        if (const Classification* prediction = result.prediction(image)) {
            QString name = result.variant.name; // in the first of its rows
            for (const ClassScore& score : prediction->top | std::views::take(top)) {
                rows.push_back({std::exchange(name, QString()), QString::number(score.index),
                                percentText(score.probability),
                                labelFor(result.variant.labels, score.index)});
                if (saysHow)
                    rows.back() << scoreKindText(prediction->kind);
            }
        }
    return image.path + QLatin1Char('\n') + textTable(rows, saysHow ? u"lrrll"_s : u"lrrl"_s);
}

QString predictionsText(const Comparison& comparison, int top)
{
    QStringList texts;
    for (const ImageResult& image : comparison.images)
        texts << imageText(comparison, image, top);
    return texts.join(u"\n\n"_s);
}

void print(const Comparison& comparison, const ClassifyOptions& options)
{
    if (options.json)
        printJson(predictionsToJson(comparison, options.top, options.logits));
    else if (comparison.predictionCount() > 0)
        printOut(predictionsText(comparison, options.top));
}

int classify(const ClassifyOptions& options)
{
    SessionRunner runner;
    if (runner.loadModels(options.models) && runner.loadImages(options.images)) {
        runner.session().classify();
        runner.wait();
        runner.reportVariants();
    }
    if (runner.status() != exitWrongUsage)
        print(*runner.session().snapshot(), options);
    return runner.status();
}

} // namespace

Prepared prepareClassify(const QStringList& arguments)
{
    CommandLine line(u"classify"_s, Cli::tr("IMAGE... (--model FILE... | --set DIR) [options]"),
                     Cli::tr("Says what models see in images: the most probable classes."));
    addModelOptions(line);
    addThreadsOption(line);
    line.addValue(u"top"_s, u"K"_s,
                  Cli::tr("How many classes to tell, at most %1; default 5.").arg(Classification::maxTop));
    line.addFlag(u"json"_s, Cli::tr("Print JSON."));
    line.addFlag(u"logits"_s, Cli::tr("Add the logits of all classes; needs --json."));
    return prepareTask(line, spreadValues(arguments, {u"--model"_s}, isFurtherModel), readOptions, classify);
}

} // namespace vitrine::cli
