#include "app/commands/inspection.h"

#include "app/commands/session_runner.h"
#include "core/image/image_reader.h"
#include "core/model/checkpoint.h"
#include "core/model/deit.h"
#include "core/model/identify.h"
#include "core/model/imagenet_labels.h"
#include "core/model/variant_set.h"

#include <QJsonArray>

namespace vitrine::cli {

namespace {

QJsonValue orNull(const QString& text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

QJsonObject identityToJson(const FileIdentity& identity)
{
    return {
        {QStringLiteral("path"), identity.path},
        {QStringLiteral("format"), formatName(identity.format)},
        {QStringLiteral("kind"), orNull(identity.kind ? kindName(*identity.kind) : QString())},
        {QStringLiteral("bytes"), identity.bytes},
        {QStringLiteral("isQuantized"), identity.isQuantized},
        {QStringLiteral("isMobileOptimized"), identity.isMobileOptimized},
        {QStringLiteral("parameters"), QJsonValue()},
        {QStringLiteral("quantizedEngine"), QJsonValue()},
        {QStringLiteral("operators"), QJsonArray()},
    };
}

Status addImage(QJsonObject& object, const QString& path)
{
    const auto image = readImage(path);
    if (!image)
        return image.failure();
    object.insert(QStringLiteral("image"), QJsonObject{
                                               {QStringLiteral("format"), image->format},
                                               {QStringLiteral("width"), image->rgb.width()},
                                               {QStringLiteral("height"), image->rgb.height()},
                                               {QStringLiteral("warning"), orNull(image->warning)},
                                           });
    return Done{};
}

/// Of a model that is known to have so many classes.
QJsonObject labelsToJson(const Labels& stated, int classes)
{
    Variant variant;
    variant.classes = classes;
    variant.labels = stated;
    fillLabels(variant);
    const QString source = variant.labelsAreBuiltIn   ? QStringLiteral("built in: ImageNet's names")
                           : variant.labels.isEmpty() ? QStringLiteral("none")
                                                      : QStringLiteral("the model's own");
    return {{QStringLiteral("count"), variant.labels.size()}, {QStringLiteral("source"), source}};
}

Status addCheckpoint(QJsonObject& object, const QString& path)
{
    const auto checkpoint = readCheckpoint(path);
    if (!checkpoint)
        return checkpoint.failure();
    object.insert(QStringLiteral("tensors"), static_cast<qint64>(checkpoint->tensors.size()));
    object.insert(QStringLiteral("parameters"), checkpoint->count());
    const auto weights = readDeit(*checkpoint);
    if (!weights) {
        object.insert(QStringLiteral("problem"), weights.error().message);
        return Done{};
    }
    object.insert(QStringLiteral("parameters"), weights->parameterCount());
    object.insert(QStringLiteral("deit"), weights->config.toJson());
    object.insert(QStringLiteral("labels"), labelsToJson({}, weights->config.classes));
    return Done{};
}

Status addSet(QJsonObject& object, const QString& path)
{
    const auto set = readVariantSet(path);
    if (!set)
        return set.failure();
    object.insert(QStringLiteral("quantizedEngine"), orNull(set->quantizedEngine));
    object.insert(QStringLiteral("manifest"), set->toJson());
    object.insert(QStringLiteral("labels"), labelsToJson(set->labels, set->variants.front().classes));
    return Done{};
}

Status addArchive(QJsonObject& object, const QString& path, SessionRunner& runner)
{
    if (const auto listed = variantListedBeside(path); listed && *listed)
        object.insert(QStringLiteral("quantizedEngine"), orNull((*listed)->quantizedEngine));
    const auto model = runner.describe(path);
    if (!model)
        return Done{}; // said already; what is known without the engine stands
    object.insert(QStringLiteral("parameters"), model->parameters);
    object.insert(QStringLiteral("operators"), QJsonArray::fromStringList(model->operators));
    object.insert(QStringLiteral("inputSignature"), model->inputSignature);
    return Done{};
}

Status addDetails(QJsonObject& object, const FileIdentity& identity, SessionRunner& runner)
{
    switch (identity.format) {
    case FileFormat::TorchScript:
    case FileFormat::LiteArchive:
        return addArchive(object, identity.path, runner);
    case FileFormat::ZipCheckpoint:
    case FileFormat::LegacyCheckpoint:
    case FileFormat::Safetensors:
        return addCheckpoint(object, identity.path);
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

Result<QJsonObject> inspectFile(const QString& path, SessionRunner& runner)
{
    const auto identity = identify(path);
    if (!identity)
        return identity.failure();
    QJsonObject object = identityToJson(*identity);
    if (const auto sha256 = fileSha256(identity->path))
        object.insert(QStringLiteral("sha256"), QString::fromLatin1(sha256->toHex()));
    const bool shouldLoad =
        identity->format != FileFormat::Image && identity->format != FileFormat::VariantSet;
    if (const auto problem = whyNotLoadable(*identity); problem && shouldLoad) {
        object.insert(QStringLiteral("problem"), problem->message);
        return object;
    }
    if (const auto added = addDetails(object, *identity, runner); !added)
        return added.failure();
    return object;
}

} // namespace vitrine::cli
