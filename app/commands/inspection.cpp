#include "app/commands/inspection.h"

#include "app/commands/session_runner.h"
#include "core/base/json_values.h"
#include "core/base/literals.h"
#include "core/checkpoint/checkpoint.h"
#include "core/checkpoint/identify.h"
#include "core/image/image_reader.h"
#include "core/model/deit.h"
#include "core/model/variant.h"
#include "core/model/variant_set.h"

#include <QJsonArray>

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

Status addSet(QJsonObject& object, const QString& path)
{
    const auto set = readVariantSet(path);
    if (!set)
        return set.failure();
    object.insert(u"quantizedEngine"_s, orNull(set->quantizedEngine));
    object.insert(u"manifest"_s, set->toJson());
    object.insert(u"labels"_s, labelsToJson(set->variants.front()));
    return Done{};
}

Status addArchive(QJsonObject& object, const QString& path, SessionRunner& runner)
{
    if (const auto listed = variantListedBeside(path); listed && *listed)
        object.insert(u"quantizedEngine"_s, orNull((*listed)->quantizedEngine));
    const auto model = runner.describe(path);
    if (!model)
        return Done{}; // said already; what is known without the engine stands
    object.insert(u"parameters"_s, model->parameters);
    object.insert(u"operators"_s, QJsonArray::fromStringList(model->operators));
    object.insert(u"inputSignature"_s, model->inputSignature);
    return Done{};
}

Status addDetails(QJsonObject& object, const FileIdentity& identity, const DeitOptions& options,
                  SessionRunner& runner)
{
    switch (identity.format) {
    case FileFormat::TorchScript:
    case FileFormat::LiteArchive:
        return addArchive(object, identity.path, runner);
    case FileFormat::ZipCheckpoint:
    case FileFormat::LegacyCheckpoint:
    case FileFormat::Safetensors:
        return addCheckpoint(object, identity.path, options);
    case FileFormat::VariantSet:
        return addSet(object, identity.path);
    case FileFormat::Image:
        return addImage(object, identity.path);
    case FileFormat::GitLfsPointer:
    case FileFormat::Unknown:
        break;
    }
    return Done{};
}

} // namespace

Result<QJsonObject> inspectFile(const QString& path, const DeitOptions& options, SessionRunner& runner)
{
    const auto identity = identify(path);
    if (!identity)
        return identity.failure();
    QJsonObject object = identityToJson(*identity);
    if (const auto sha256 = modelSha256(*identity))
        object.insert(u"sha256"_s, QString::fromLatin1(sha256->toHex()));
    const bool shouldLoad =
        identity->format != FileFormat::Image && identity->format != FileFormat::VariantSet;
    if (const auto problem = whyNotLoadable(*identity); problem && shouldLoad) {
        object.insert(u"problem"_s, problem->message);
        return object;
    }
    if (const auto added = addDetails(object, *identity, options, runner); !added)
        return added.failure();
    if (const auto variant = readInput(*identity, options); variant && shouldLoad)
        addInput(object, *variant);
    return object;
}

} // namespace vitrine::cli
