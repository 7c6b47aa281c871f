#include "app/commands/build.h"

#include "app/commands/command.h"
#include "app/commands/console.h"
#include "app/commands/model_options.h"
#include "app/commands/session_runner.h"
#include "core/base/literals.h"
#include "core/build/variant_set_builder.h"
#include "core/checkpoint/identify.h"
#include "core/model/beside.h"
#include "core/model/variant_set.h"
#include "core/session/build_follower.h"

#include <QFileInfo>

#include <algorithm>
#include <iterator>
#include <vector>

namespace vitrine::cli {

namespace {

/// A set of which a script is a part has more than what can be made of the script.
void rejectLoss(CommandLine& line, const BuildRequest& request)
{
    const auto identity = identify(request.source);
    std::vector<VariantKind> kinds;
    std::ranges::copy(allKinds(), std::back_inserter(kinds));
    if (identity && identity->format == FileFormat::TorchScript)
        std::erase(kinds, VariantKind::Original);
    if (const auto reason = whyLost(request, kinds))
        line.reject(reason->message);
}

BuildRequest readRequest(CommandLine& line)
{
    BuildRequest request;
    request.source = line.positionals().value(0);
    request.folder = line.value(u"out"_s);
    request.modelName = line.value(u"name"_s);
    request.deit = readCheckpointOptions(line);
    request.labelsAnyway = line.isSet(u"labels-anyway"_s);
    request.deit.layerNormEpsilon = line.optionalPositiveReal(u"layer-norm-eps"_s);
    if (line.positionals().size() != 1)
        line.reject(Cli::tr("Name one checkpoint or TorchScript file."));
    if (request.folder.isEmpty())
        line.reject(Cli::tr("Name the folder to make: --out DIR."));
    rejectLoss(line, request);
    readPreprocess(line);
    request.fileOperators = readFileOperators(line);
    request.quantizedEngine = readEngine(line);
    return request;
}

/// What --preprocess changes: the model's own, whose weights are kept for the build.
Result<Preprocessing> basePreprocessing(BuildRequest& request)
{
    const auto identity = identify(request.source);
    if (!identity)
        return identity.failure();
    if (!identity->isCheckpoint()) {
        const auto variant = readInput(*identity, request.deit);
        return variant ? Result<Preprocessing>(variant->preprocessing) : variant.failure();
    }
    auto weights = readDeit(identity->path, request.deit);
    if (!weights)
        return weights.failure();
    request.weights = *std::move(weights);
    return inputBeside(*request.weights).preprocessing;
}

/// Reads what the options name: labels, and the model's size for --preprocess.
Status completeRequest(BuildRequest& request, CommandLine& line)
{
    if (line.isSet(u"labels"_s)) {
        auto labels = readLabels(line.value(u"labels"_s));
        if (!labels)
            return labels.failure();
        request.labels = std::move(*labels);
    }
    if (!line.isSet(u"preprocess"_s))
        return Done{};
    const auto base = basePreprocessing(request);
    if (!base)
        return base.failure();
    const auto preprocessing = Preprocessing::parse(readPreprocess(line), *base);
    if (preprocessing)
        request.preprocessing = *preprocessing;
    else
        line.reject(preprocessing.error().message);
    return Done{};
}

QString setText(const VariantSet& set)
{
    std::vector<QStringList> rows{{Cli::tr("kind"), Cli::tr("size"), Cli::tr("file")}};
    for (const Variant& variant : set.variants)
        rows.push_back({kindName(variant.kind), bytesText(variant.bytes), variant.path});
    return textTable(rows, u"lrl"_s);
}

/// What is assumed about the source, or left out.
void printNoticesOf(const BuildRequest& request)
{
    const auto identity = identify(request.source);
    const auto input = identity ? readInput(*identity, request.deit) : identity.failure();
    if (input)
        printNotices(QFileInfo(identity->path).fileName(), input->notices);
}

int build(const BuildRequest& request, const HostSettings& host, bool asJson)
{
    printNoticesOf(request);
    SessionRunner runner;
    runner.session().setHost(host);
    BuildFollower build(runner.session());
    QObject::connect(&build, &BuildFollower::failed, &runner, &SessionRunner::fail);
    build.start(request);
    runner.wait();
    return runner.status() == exitDone ? printSet(request.folder, asJson) : runner.status();
}

} // namespace

int printSet(const QString& folder, bool asJson)
{
    const auto set = readVariantSet(folder);
    if (!set)
        return printFailure(set.failure());
    for (const Variant& variant : set->variants)
        printNotices(variant.name, variant.notices);
    if (asJson)
        printJson(set->toJson());
    else
        printOut(setText(*set));
    return exitDone;
}

Prepared prepareBuild(const QStringList& arguments)
{
    CommandLine line(u"build"_s, Cli::tr("CHECKPOINT_OR_SCRIPT --out DIR [options]"),
                     Cli::tr("Makes the variants of a model: a folder with one file each and vitrine.json."));
    line.addValue(u"out"_s, u"DIR"_s,
                  Cli::tr("The folder to make: a new one, or a variant set, which is replaced."));
    addEngineOption(line);
    addFileOperatorsOption(line);
    addHostOptions(line);
    line.addValue(u"name"_s, u"N"_s, Cli::tr("The model's name; default: the file's."));
    addInputOptions(line);
    addCheckpointOptions(line);
    line.addValue(u"layer-norm-eps"_s, u"X"_s,
                  Cli::tr("LayerNorm's epsilon of a checkpoint; default: what it says, else 1e-6."));
    line.addFlag(u"json"_s, Cli::tr("Print the manifest."));
    if (const auto status = line.parse(arguments))
        return *status;
    BuildRequest request = readRequest(line);
    const HostSettings host = readHostOptions(line);
    if (const auto status = line.wrongUsage())
        return *status;
    if (const auto completed = completeRequest(request, line); !completed)
        return printFailure(completed.failure());
    if (const auto status = line.wrongUsage())
        return *status;
    return Task{[=, asJson = line.isSet(u"json"_s)] { return build(request, host, asJson); }};
}

} // namespace vitrine::cli
