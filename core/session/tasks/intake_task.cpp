#include "core/base/tr.h"
#include "core/build/variant_set_builder.h"
#include "core/checkpoint/model_folder.h"
#include "core/image/image_cache.h"
#include "core/session/model_store.h"
#include "core/session/session_state.h"
#include "core/session/tasks/tasks.h"

#include <QDir>
#include <QFileInfo>

namespace vitrine {

namespace {

void refuse(const TaskContext& context, const QString& path, const Error& error)
{
    context.post([path, error](SessionState& state) { Q_EMIT state.events().fileRefused(path, error); });
}

void add(const TaskContext& context, Variant variant)
{
    context.post([variant = std::move(variant)](SessionState& state) { state.addVariant(variant); });
}

void takeImage(const QString& path, const TaskContext& context)
{
    auto image = readImage(path);
    if (!image)
        return refuse(context, path, image.error());
    const auto picture = std::make_shared<const SourceImage>(*std::move(image));
    context.post([source = std::make_shared<const ImageSource>(describeImage(*picture))](
                     SessionState& state) { state.addImage(source); });
    context.pictures.insert(picture);
}

void takeImagesIn(const QString& folder, const TaskContext& context)
{
    bool any = false;
    const QFileInfoList files = QDir(folder).entryInfoList(QDir::Files | QDir::Readable, QDir::Name);
    for (const QFileInfo& file : files) {
        if (context.control.stopRequested())
            return;
        if (!looksLikeImage(file.absoluteFilePath()))
            continue;
        any = true;
        context.control.report({tr("Reading %1").arg(file.fileName()), 0, 0});
        takeImage(file.absoluteFilePath(), context);
    }
    if (!any)
        refuse(context, folder,
               {ErrorKind::Unsupported, tr("The folder %1 holds neither images nor a variant set (no %2), "
                                           "nor a model (no model.safetensors).")
                                            .arg(folder, QLatin1String(manifestName))});
}

void takeSet(const QString& path, const TaskContext& context)
{
    auto set = readVariantSet(path);
    if (!set)
        return refuse(context, path, set.error());
    for (Variant& variant : set->variants) {
        if (const Status whole = checkContent(variant, context.control.stop); whole.isCancelled())
            return;
        else if (!whole) {
            refuse(context, variant.path, whole.error());
            continue;
        }
        context.models.registry().assign(variant);
        add(context, std::move(variant));
    }
}

void takeModel(const FileIdentity& identity, const DeitOptions& options, const QString& path,
               const TaskContext& context)
{
    if (identity.format == FileFormat::VariantSet)
        return takeSet(path, context);
    auto variant = readVariant(identity, options, context.control.stop);
    if (variant.isCancelled())
        return;
    if (!variant)
        return refuse(context, path, variant.error());
    const EngineRegistry& engines = context.models.registry();
    engines.assign(*variant, identity.format);
    add(context, *std::move(variant));
    if (!whyNotBuildable(identity) && engines.builderFrom(identity.format))
        context.post(
            [path = identity.path](SessionState& state) { Q_EMIT state.events().buildOffered(path); });
}

bool isFolderOfImages(const QString& path)
{
    return QFileInfo(path).isDir() && !holdsVariantSet(path) && !holdsModelFile(path);
}

void takeAnything(const QString& path, const TaskContext& context)
{
    if (isFolderOfImages(path))
        return takeImagesIn(path, context);
    const auto identity = identify(path);
    const bool isNamedImage = QDir::match(imageNameFilters(), QFileInfo(path).fileName());
    const bool isImage = identity ? identity->format == FileFormat::Image ||
                                        (identity->format == FileFormat::Unknown && isNamedImage)
                                  : isNamedImage;
    if (isImage)
        takeImage(path, context);
    else if (identity)
        takeModel(*identity, {}, path, context);
    else
        refuse(context, path, identity.error());
}

void take(Intake what, const QString& path, const DeitOptions& options, const TaskContext& context)
{
    switch (what) {
    case Intake::Anything:
        return takeAnything(path, context);
    case Intake::Images:
        return isFolderOfImages(path) ? takeImagesIn(path, context) : takeImage(path, context);
    case Intake::VariantSets:
        return takeSet(path, context);
    case Intake::Models:
        const auto identity = identify(path);
        return identity ? takeModel(*identity, options, path, context)
                        : refuse(context, path, identity.error());
    }
}

} // namespace

Task intakeTask(Intake what, const QStringList& paths, const DeitOptions& options)
{
    return [what, paths, options](const TaskContext& context) {
        for (qsizetype i = 0; i < paths.size() && !context.control.stopRequested(); ++i) {
            const QString path = QFileInfo(paths[i]).absoluteFilePath();
            context.control.report({tr("Reading %1").arg(QFileInfo(path).fileName()), i, paths.size()});
            take(what, path, options, context);
        }
    };
}

} // namespace vitrine
