#include "app/commands/inspection.h"

#include "app/commands/session_runner.h"
#include "core/base/json_values.h"
#include "core/base/literals.h"
#include "core/checkpoint/checkpoint.h"
#include "core/checkpoint/identify.h"
#include "core/checkpoint/script_contents.h"
#include "core/image/image_reader.h"
#include "core/model/deit.h"
#include "core/model/variant.h"
#include "core/model/variant_set.h"

#include <QFileInfo>
#include <QJsonArray>

#include <memory>
#include <optional>

namespace vitrine::cli {

namespace {

QJsonObject identityToJson(const FileIdentity& identity)
{
    const auto kind = kindOf(identity);
    return {
        {u"path"_s, identity.path},
        {u"format"_s, formatName(identity.format)},
        {u"kind"_s, orNull(kind ? kindName(*kind) : QString())},
        {u"bytes"_s, identity.bytes},
        {u"isQuantized"_s, identity.isQuantized},
        {u"isMobileOptimized"_s, identity.isMobileOptimized},
        {u"parameters"_s, QJsonValue()},
        {u"quantizedEngine"_s, QJsonValue()},
        {u"operators"_s, QJsonArray()},
    };
}

Status addImage(QJsonObject& object, const QString& path)
{
    const auto image = readImage(path);
    if (!image)
        return image.failure();
    object.insert(u"image"_s, QJsonObject{
                                  {u"format"_s, image->format},
                                  {u"width"_s, image->rgb.width()},
                                  {u"height"_s, image->rgb.height()},
                                  {u"warning"_s, orNull(image->warning)},
                              });
    return Done{};
}

QJsonObject labelsToJson(Variant variant)
{
    fillLabels(variant);
    const QString source = variant.labelsAreBuiltIn ? u"built in: ImageNet's names"_s
                           : variant.labels.isEmpty()
                               ? u"none"_s
                               : variant.origins.value(u"labels"_s, u"the model's own"_s);
    return {{u"count"_s, variant.labels.size()}, {u"source"_s, source}};
}

/// What it is fed with and what its classes are called, and who says so.
void addInput(QJsonObject& object, const Variant& variant)
{
    QJsonObject beside;
    for (auto origin = variant.origins.begin(); origin != variant.origins.end(); ++origin)
        beside.insert(origin.key(), origin.value());
    object.insert(u"preprocessing"_s, variant.preprocessing.toJson());
    object.insert(u"beside"_s, beside);
    object.insert(u"labels"_s, labelsToJson(variant));
    object.insert(u"notices"_s, QJsonArray::fromStringList(variant.notices));
}

Status addCheckpoint(QJsonObject& object, const QString& path, const DeitOptions& options)
{
    const auto checkpoint = readCheckpoint(path, ChecksumCheck::Verify, options.weights);
    if (!checkpoint)
        return checkpoint.failure();
    object.insert(u"tensors"_s, static_cast<qint64>(checkpoint->tensors.size()));
    object.insert(u"parameters"_s, checkpoint->count());
    const auto weights = readDeit(*checkpoint, options);
    if (!weights) {
        object.insert(u"problem"_s, weights.error().message);
        return Done{};
    }
    object.insert(u"parameters"_s, weights->parameterCount());
    object.insert(u"deit"_s, weights->config.toJson());
    return Done{};
}

struct Inspected
{
    QJsonObject object;
    std::optional<Failure> failure; ///< Beside what is known of the file all the same.
};

Status addSet(Inspected& inspected, const QString& path, const JobControl& control)
{
    QJsonObject& object = inspected.object;
    const auto set = readVariantSet(path);
    if (!set)
        return set.failure();
    for (const Variant& variant : set->variants)
        if (const Status whole = checkContent(variant, control.stop); !whole && !inspected.failure)
            inspected.failure = whole.failure();
    object.insert(u"quantizedEngine"_s, orNull(set->quantizedEngine));
    object.insert(u"manifest"_s, set->toJson());
    object.insert(u"labels"_s, labelsToJson(set->variants.front()));
    return Done{};
}

void addArchive(Inspected& inspected, const QString& path)
{
    QJsonObject& object = inspected.object;
    if (const auto listed = variantListedBeside(path); listed && *listed)
        object.insert(u"quantizedEngine"_s, orNull((*listed)->quantizedEngine));
    const auto model = readScriptContents(path);
    if (!model) {
        inspected.failure = model.failure();
        return;
    }
    if (const Status whole = checkSums(path); !whole)
        inspected.failure = whole.failure();
    object.insert(u"parameters"_s, model->parameters);
    object.insert(u"operators"_s, QJsonArray::fromStringList(model->operators));
    object.insert(u"fileOperators"_s, QJsonArray::fromStringList(model->fileOperators));
    if (model->forward)
        object.insert(u"inputSignature"_s, model->forward->text());
    if (model->input.size)
        object.insert(u"inputSize"_s, *model->input.size);
    if (model->input.channels)
        object.insert(u"inputChannels"_s, *model->input.channels);
    const auto problem = whyNotImageModel(*model, QFileInfo(path).fileName());
    if (problem)
        object.insert(u"warning"_s, problem->message);
}

/// All that is known without running it.
Status addDetails(Inspected& inspected, const FileIdentity& identity, const DeitOptions& options,
                  const JobControl& control)
{
    switch (identity.format) {
    case FileFormat::TorchScript:
    case FileFormat::LiteArchive:
        addArchive(inspected, identity.path);
        break;
    case FileFormat::ZipCheckpoint:
    case FileFormat::LegacyCheckpoint:
    case FileFormat::Safetensors:
        return addCheckpoint(inspected.object, identity.path, options);
    case FileFormat::VariantSet:
        return addSet(inspected, identity.path, control);
    case FileFormat::Image:
        return addImage(inspected.object, identity.path);
    case FileFormat::GitLfsPointer:
    case FileFormat::Unknown:
        break;
    }
    return Done{};
}

Result<Inspected> readFile(const QString& path, const DeitOptions& options, const JobControl& control)
{
    const auto identity = identify(path);
    if (!identity)
        return identity.failure();
    Inspected inspected{identityToJson(*identity), std::nullopt};
    QJsonObject& object = inspected.object;
    if (const auto sha256 = modelSha256(*identity, control.stop); sha256.isCancelled())
        return Cancelled{};
    else if (sha256)
        object.insert(u"sha256"_s, QString::fromLatin1(sha256->toHex()));
    const bool shouldLoad =
        identity->format != FileFormat::Image && identity->format != FileFormat::VariantSet;
    if (const auto problem = whyNotLoadable(*identity); problem && shouldLoad) {
        object.insert(u"problem"_s, problem->message);
        return inspected;
    }
    if (const auto added = addDetails(inspected, *identity, options, control); !added)
        return added.failure();
    if (const auto variant = readInput(*identity, options); variant && shouldLoad)
        addInput(object, *variant);
    return inspected;
}

} // namespace

Result<QJsonObject> inspectFile(const QString& path, const DeitOptions& options, SessionRunner& runner)
{
    // Shared, since the worker may still be at it when it is given up.
    const auto read = std::make_shared<Result<Inspected>>(Cancelled{});
    if (!runner.onWorker([=](const JobControl& control) { *read = readFile(path, options, control); }))
        return Cancelled{};
    if (!*read)
        return read->failure();
    QJsonObject object = (*read)->object;
    if ((*read)->failure)
        runner.fail(*(*read)->failure);
    return object;
}

} // namespace vitrine::cli
