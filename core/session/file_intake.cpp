#include "core/session/file_intake.h"

#include "core/base/tr.h"
#include "core/build/variant_set_builder.h"

#include <QDir>
#include <QFileInfo>

namespace vitrine {

namespace {

void takeImage(const QString& path, const JobContext& context)
{
    auto image = readImage(path);
    if (image)
        context.tell(ImageRead{*std::move(image)});
    else
        context.tell(ImageRefused{path, image.error()});
}

void takeImagesIn(const QString& folder, const JobContext& context)
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
        context.tell(ImageRefused{folder,
                                  {ErrorKind::Unsupported,
                                   tr("The folder %1 holds neither images nor a variant set (no %2).")
                                       .arg(folder, QLatin1String(manifestName)),
                                   {}}});
}

void takeSet(const QString& path, const EngineRegistry& engines, const JobContext& context)
{
    auto set = readVariantSet(path);
    if (!set) {
        context.tell(VariantRefused{path, set.error()});
        return;
    }
    for (Variant& variant : set->variants) {
        engines.assign(variant);
        context.tell(VariantRead{std::move(variant)});
    }
}

void takeModel(const QString& path, const FileIdentity& identity, const EngineRegistry& engines,
               const JobContext& context)
{
    if (identity.format == FileFormat::VariantSet)
        return takeSet(path, engines, context);
    auto variant = readVariant(identity);
    if (!variant) {
        context.tell(VariantRefused{path, variant.error()});
        return;
    }
    engines.assign(*variant, identity.format);
    context.tell(VariantRead{*std::move(variant)});
    if (!whyNotBuildable(identity) && engines.builderFrom(identity.format))
        context.tell(BuildPossible{path});
}

bool isFolderWithoutSet(const QString& path)
{
    return QFileInfo(path).isDir() && !holdsVariantSet(path);
}

void takeAnything(const QString& path, const EngineRegistry& engines, const JobContext& context)
{
    if (isFolderWithoutSet(path))
        return takeImagesIn(path, context);
    const auto identity = identify(path);
    const bool isNamedImage = QDir::match(imageNameFilters(), QFileInfo(path).fileName());
    const bool isImage = identity ? identity->format == FileFormat::Image ||
                                        (identity->format == FileFormat::Unknown && isNamedImage)
                                  : isNamedImage;
    if (isImage)
        takeImage(path, context);
    else if (identity)
        takeModel(path, *identity, engines, context);
    else
        context.tell(VariantRefused{path, identity.error()});
}

void take(AddJob::What what, const QString& path, const EngineRegistry& engines, const JobContext& context)
{
    switch (what) {
    case AddJob::What::Anything:
        return takeAnything(path, engines, context);
    case AddJob::What::Images:
        return isFolderWithoutSet(path) ? takeImagesIn(path, context) : takeImage(path, context);
    case AddJob::What::VariantSets:
        return takeSet(path, engines, context);
    case AddJob::What::Models:
        const auto identity = identify(path);
        return identity ? takeModel(path, *identity, engines, context)
                        : context.tell(VariantRefused{path, identity.error()});
    }
}

Result<ModelDescription> describeCheckpoint(const QString& path)
{
    const auto checkpoint = readCheckpoint(path);
    if (!checkpoint)
        return checkpoint.failure();
    ModelDescription description;
    description.parameters = checkpoint->count();
    return description;
}

Result<ModelDescription> describeContent(const FileIdentity& identity, const QString& path,
                                         ModelStore& models)
{
    if (identity.isCheckpoint())
        return describeCheckpoint(path);
    if (const auto reason = whyNotLoadable(identity))
        return *reason;
    if (identity.format == FileFormat::VariantSet)
        return ModelDescription{};
    const AvailableEngine* opener = models.registry().forFormat(identity.format);
    const auto engine = models.engine(opener ? opener->info.id : QString());
    if (!engine)
        return engine.failure();
    return (*engine)->describe(path);
}

} // namespace

void takeIn(const AddJob& job, const EngineRegistry& engines, const JobContext& context)
{
    for (qsizetype i = 0; i < job.paths.size() && !context.control.stopRequested(); ++i) {
        const QString path = QFileInfo(job.paths[i]).absoluteFilePath();
        context.control.report({tr("Reading %1").arg(QFileInfo(path).fileName()), i, job.paths.size()});
        take(job.what, path, engines, context);
    }
}

void describeFile(const QString& path, ModelStore& models, const JobContext& context)
{
    context.control.report({tr("Reading %1").arg(QFileInfo(path).fileName()), 0, 0});
    const auto identity = identify(path);
    if (!identity) {
        context.tell(DescriptionRefused{path, identity.error()});
        return;
    }
    const auto description = describeContent(*identity, path, models);
    if (description)
        context.tell(FileDescribed{*identity, *description, path});
    else if (!description.isCancelled())
        context.tell(DescriptionRefused{path, description.error()});
}

} // namespace vitrine
