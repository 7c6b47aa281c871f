#include "core/build/variant_set_builder.h"

#include "core/base/file_error.h"
#include "core/base/file_writing.h"
#include "core/base/literals.h"
#include "core/base/tr.h"
#include "core/build/replaced_folder.h"
#include "core/build/tried_variants.h"
#include "core/checkpoint/checkpoint.h"
#include "core/engine/result_key.h"
#include "core/model/beside.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>
#include <utility>

namespace vitrine {

namespace {

/// What the source is, understood: how to make variants of it, and what all of them share.
struct Plan
{
    bool fromScript = false;
    std::vector<VariantKind> kinds;
    std::unique_ptr<VariantBuilder> builder;
    VariantSet set;                       ///< Without variants.
    std::optional<Checkpoint> checkpoint; ///< None of a script.
    QString inferenceEngine;              ///< Id.
};

std::vector<VariantKind> kindsBuilt(const EngineInfo& info, bool fromScript)
{
    std::vector<VariantKind> built;
    for (const VariantKind kind : allKinds())
        if (info.buildsKind(kind) && !(fromScript && kind == VariantKind::Original))
            built.push_back(kind);
    return built;
}

Result<QString> chooseQuantizedEngine(const QString& asked, const Engine& engine)
{
    const QStringList engines = engine.quantizedEngines();
    const auto isInt8 = [](VariantKind kind) { return traitsOf(kind).isInt8; };
    if (std::ranges::none_of(engine.info().builds, isInt8))
        return QString();
    if (engines.isEmpty())
        return Error{ErrorKind::Engine,
                     tr("%1 %2 has no int8 engine here, so the quantized variants cannot be made.")
                         .arg(engine.info().name, engine.version())};
    if (!asked.isEmpty() && !engines.contains(asked))
        return noQuantizedEngine(asked, engines);
    return asked.isEmpty() ? engines.front() : asked;
}

std::optional<Error> whyLabelsDoNotFit(const Labels& labels, int classes)
{
    if (labels.isEmpty() || labels.size() == classes)
        return std::nullopt;
    return Error{
        ErrorKind::Incompatible,
        tr("The model tells %1 classes apart, but there are %2 labels. Name the labels that belong to it, or "
           "confirm these (\"Use these labels all the same\", or --labels-anyway).")
            .arg(classes)
            .arg(labels.size())};
}

/// The number of classes of a script is known once it has run. Labels that only lie beside it are left out
/// where they do not fit.
Status settleLabels(VariantSet& set, int classes, const BuildRequest& request)
{
    const auto problem = request.labelsAnyway ? std::nullopt : whyLabelsDoNotFit(set.labels, classes);
    if (problem && !request.labels.isEmpty())
        return *problem;
    if (problem)
        set.labels.clear();
    return Done{};
}

std::optional<Error> whyNotFitting(const VariantSet& set, const DeitConfig& config, bool labelsAnyway)
{
    const Preprocessing& input = set.preprocessing;
    if (input.size != config.imageSize || input.channels != config.channels)
        return Error{
            ErrorKind::Incompatible,
            tr("The model sees %1 pixels in %2 channels, but the preprocessing makes %3 in %4. State "
               "the preprocessing that the model was trained with.")
                .arg(config.imageSize)
                .arg(config.channels)
                .arg(input.size)
                .arg(input.channels)};
    return labelsAnyway ? std::nullopt : whyLabelsDoNotFit(set.labels, config.classes);
}

/// These two complete plan.set.
Result<std::unique_ptr<VariantBuilder>> planFromCheckpoint(Plan& plan, const BuildRequest& request,
                                                           const FileIdentity& identity,
                                                           VariantFactory& factory)
{
    auto weights = request.weights ? *request.weights : readDeit(identity.path, request.deit);
    if (!weights)
        return weights.failure();
    const DeitConfig config = weights->config;
    plan.checkpoint = weights->checkpoint;
    plan.set.architecture = config.toJson();
    plan.set.architecture.insert(u"type"_s, u"deit"_s);
    const ModelInput beside = inputBeside(*weights);
    plan.set.preprocessing = request.preprocessing.value_or(beside.preprocessing);
    if (plan.set.labels.isEmpty())
        plan.set.labels = beside.labels;
    if (const auto reason = whyNotFitting(plan.set, config, request.labelsAnyway))
        return *reason;
    return factory.fromDeit(*std::move(weights), plan.set.quantizedEngine);
}

Result<std::unique_ptr<VariantBuilder>> planFromScript(Plan& plan, const BuildRequest& request,
                                                       const FileIdentity& identity, VariantFactory& factory)
{
    const auto source = readInput(identity, request.deit);
    if (!source)
        return source.failure();
    if (const Status checked = checkBeforeRunning(request.source, request.fileOperators); !checked)
        return checked.failure();
    plan.set.architecture.insert(u"type"_s, u"torchscript"_s);
    plan.set.preprocessing = request.preprocessing.value_or(source->preprocessing);
    if (plan.set.labels.isEmpty())
        plan.set.labels = source->labels;
    return factory.fromScript(request.source, plan.set.quantizedEngine);
}

Result<FileIdentity> identifySource(const QString& path)
{
    auto identity = identify(path);
    if (!identity)
        return identity;
    if (const auto reason = whyNotModel(*identity))
        return *reason;
    if (const auto reason = whyNotBuildable(*identity))
        return *reason;
    return identity;
}

QString usualName(const FileIdentity& source)
{
    return source.folder.isEmpty() ? QFileInfo(source.path).completeBaseName()
                                   : QFileInfo(source.folder).fileName();
}

Error buildsNothing(const QString& engineName)
{
    return {ErrorKind::Unsupported,
            tr("%1 cannot build variants. Build with another inference engine.").arg(engineName)};
}

Result<Plan> makePlan(const BuildRequest& request, Engine& engine)
{
    const auto identity = identifySource(request.source);
    if (!identity)
        return identity.failure();
    VariantFactory* factory = engine.factory();
    if (!factory)
        return buildsNothing(engine.info().name);
    auto quantizedEngine = chooseQuantizedEngine(request.quantizedEngine, engine);
    if (!quantizedEngine)
        return quantizedEngine.failure();

    Plan plan;
    plan.fromScript = identity->format == FileFormat::TorchScript;
    plan.kinds = kindsBuilt(engine.info(), plan.fromScript);
    plan.inferenceEngine = engine.info().id;
    plan.set.quantizedEngine = *std::move(quantizedEngine);
    plan.set.labels = request.labels;
    plan.set.modelName = request.modelName.isEmpty() ? usualName(*identity) : request.modelName;
    auto builder = plan.fromScript ? planFromScript(plan, request, *identity, *factory)
                                   : planFromCheckpoint(plan, request, *identity, *factory);
    if (!builder)
        return builder.failure();
    plan.builder = *std::move(builder);
    if (const Status valid = plan.set.preprocessing.validate(); !valid)
        return valid.failure();
    return plan;
}

Result<QString> copyScript(const QString& source, const QString& target)
{
    constexpr qint64 piece = 1 << 20;
    QFile from(source);
    if (!from.open(QIODevice::ReadOnly | QIODevice::Unbuffered))
        return unreadable(from);
    QFile to(target);
    if (!to.open(QIODevice::WriteOnly | QIODevice::Truncate | QIODevice::Unbuffered))
        return notWritable(to);
    QByteArray bytes(piece, Qt::Uninitialized);
    qint64 count = 0;
    while ((count = from.read(bytes.data(), piece)) > 0)
        if (!writeAll(to, bytes.constData(), count))
            return notWritable(to);
    return count < 0 ? Result<QString>(unreadable(from))
                     : u"a copy of %1"_s.arg(QFileInfo(source).fileName());
}

Result<QString> writeKind(Plan& plan, VariantKind kind, const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly | QIODevice::Truncate | QIODevice::Unbuffered))
        return notWritable(file);
    return plan.builder->write(kind, file);
}

Result<Variant> makeVariant(Plan& plan, VariantKind kind, const QString& source)
{
    Variant variant;
    variant.kind = kind;
    variant.name = kindName(kind);
    variant.engine = plan.inferenceEngine;
    variant.path = QDir(plan.set.folder).filePath(QLatin1String(traitsOf(kind).fileName));
    auto madeBy = plan.fromScript && kind == VariantKind::Scripted ? copyScript(source, variant.path)
                                                                   : writeKind(plan, kind, variant.path);
    if (!madeBy)
        return madeBy.failure();
    variant.madeBy = *std::move(madeBy);
    auto sha256 = fileSha256(variant.path);
    if (!sha256)
        return sha256.failure();
    variant.sha256 = *std::move(sha256);
    variant.bytes = QFileInfo(variant.path).size();
    variant.isQuantized = traitsOf(kind).isInt8;
    variant.quantizedEngine = variant.isQuantized ? plan.set.quantizedEngine : QString();
    variant.modelName = plan.set.modelName;
    variant.preprocessing = plan.set.preprocessing;
    variant.labels = plan.set.labels;
    return variant;
}

Status makeVariants(Plan& plan, const QString& source, const JobControl& control)
{
    const qint64 total = std::ssize(plan.kinds);
    for (const VariantKind kind : plan.kinds) {
        if (control.stopRequested())
            return Cancelled{};
        control.report({tr("Making %1").arg(kindName(kind)), qint64(plan.set.variants.size()), total});
        auto variant = makeVariant(plan, kind, source);
        if (!variant)
            return variant.failure();
        plan.set.variants.push_back(*std::move(variant));
    }
    if (control.stopRequested())
        return Cancelled{};
    if (const auto change = plan.checkpoint ? plan.checkpoint->whyNotWhole() : std::nullopt)
        return *change;
    return Done{};
}

/// In `target`, which is named in no error: what somebody reads about is the folder that was asked for.
Status fill(const ReplacedFolder& target, Plan& plan, const BuildRequest& request, Engine& engine,
            const JobControl& control)
{
    plan.set.folder = target.workFolder();
    if (const Status made = makeVariants(plan, request.source, control); !made)
        return made.failure();
    const auto classes = tryVariants(plan.set, engine, control);
    if (!classes)
        return classes.failure();
    if (const Status settled = settleLabels(plan.set, *classes, request); !settled)
        return settled.failure();
    return writeManifest(plan.set);
}

Failure withPlaceOf(const ReplacedFolder& target, Failure failure)
{
    if (auto* error = std::get_if<Error>(&failure))
        for (QString* text : {&error->message, &error->detail})
            text->replace(target.workFolder(), target.folder());
    return failure;
}

} // namespace

std::optional<Error> whyNotBuildable(const FileIdentity& identity)
{
    const auto refused = [&](const QString& why) {
        return Error{ErrorKind::Unsupported, why.arg(identity.path)};
    };
    if (identity.format == FileFormat::VariantSet)
        return refused(tr("%1 is a variant set already. Build from a checkpoint or a TorchScript file."));
    if (identity.format == FileFormat::LiteArchive)
        return refused(tr("%1 is a lite model, the end of the line. Build from the checkpoint or the "
                          "TorchScript file that it was made of."));
    if (identity.isQuantized || identity.isMobileOptimized)
        return refused(tr("%1 is quantized or optimized already. Build from the checkpoint or the "
                          "TorchScript file that it was made of."));
    return std::nullopt;
}

std::optional<Error> whyLost(const BuildRequest& request, const std::vector<VariantKind>& kinds)
{
    const QString source = QFileInfo(request.source).canonicalFilePath();
    const QString folder = QFileInfo(request.folder).canonicalFilePath();
    if (source.isEmpty() || folder.isEmpty() || !source.startsWith(folder + u'/'))
        return std::nullopt;
    const auto old = readVariantSet(folder);
    if (!old)
        return std::nullopt; // another reason, told elsewhere
    for (const Variant& variant : old->variants)
        if (std::ranges::find(kinds, variant.kind) == kinds.end())
            return Error{
                ErrorKind::Usage,
                tr("%1 belongs to the variant set %2, whose %3 would be lost, as it cannot be built from "
                   "this file. Build into another folder, or from %4.")
                    .arg(QFileInfo(request.source).fileName(), request.folder, kindName(variant.kind),
                         QFileInfo(variant.path).fileName())};
    return std::nullopt;
}

Result<QString> engineForBuild(const BuildRequest& request, const EngineRegistry& engines)
{
    const auto identity = identifySource(request.source);
    if (!identity)
        return identity.failure();
    if (!request.engine.isEmpty())
        return request.engine;
    if (const AvailableEngine* engine = engines.builderFrom(identity->format))
        return engine->info.id;
    if (const AvailableEngine* engine = engines.forFormat(identity->format))
        return buildsNothing(engine->info.name);
    return QString();
}

Result<VariantSet> buildVariantSet(const BuildRequest& request, Engine& engine, const JobControl& control)
{
    control.report({tr("Reading %1").arg(QFileInfo(request.source).fileName()), 0, 0});
    auto target = ReplacedFolder::prepare(request.folder);
    if (!target)
        return target.failure();
    auto plan = makePlan(request, engine);
    if (!plan)
        return plan.failure();
    if (const auto reason = whyLost(request, plan->kinds))
        return *reason;
    if (const Status filled = fill(*target, *plan, request, engine, control); !filled)
        return withPlaceOf(*target, filled.failure());
    if (const Status moved = target->commit(); !moved)
        return moved.failure();
    return readVariantSet(target->folder());
}

} // namespace vitrine
