#include "core/checkpoint/identify.h"

#include "core/base/file_error.h"
#include "core/base/literals.h"
#include "core/base/tr.h"
#include "core/checkpoint/checkpoint_readers.h"
#include "core/checkpoint/file_format.h"
#include "core/checkpoint/model_folder.h"
#include "core/checkpoint/tar_archive.h"
#include "core/image/image_reader.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>

#include <array>

namespace vitrine {

namespace {

constexpr std::size_t largestManifest = 16 << 20;

bool looksLikeManifest(Bytes bytes)
{
    if (bytes.size() > largestManifest || !asByteArray(bytes).left(4096).trimmed().startsWith('{'))
        return false;
    const QJsonObject object = QJsonDocument::fromJson(asByteArray(bytes)).object();
    return object.contains(u"schemaVersion"_s) && object.contains(u"variants"_s);
}

FileFormat plainFormat(const QString& path, Bytes bytes)
{
    if (looksLikeSafetensors(bytes))
        return FileFormat::Safetensors;
    if (looksLikeLegacyCheckpoint(bytes) || (looksLikeTar(bytes) && !looksLikeOrdinaryTar(bytes)))
        return FileFormat::LegacyCheckpoint;
    if (looksLikeGitLfsPointer(bytes))
        return FileFormat::GitLfsPointer;
    if (looksLikeManifest(bytes))
        return FileFormat::VariantSet;
    return looksLikeImage(path) ? FileFormat::Image : FileFormat::Unknown;
}

Result<FileIdentity> identifyFolder(const QString& path)
{
    FileIdentity identity;
    identity.path = QFileInfo(path).absoluteFilePath();
    const QFileInfo manifest(QDir(path).filePath(QLatin1String(manifestName)));
    if (manifest.isFile()) {
        identity.format = FileFormat::VariantSet;
        identity.bytes = manifest.size();
        return identity;
    }
    if (!holdsModelFile(path))
        return identity;
    Result<FileIdentity> model = identify(modelFileAt(path));
    if (model)
        model->folder = identity.path;
    return model;
}

/// A model in several files. One that cannot be read is a checkpoint all the same: reading it says why.
FileIdentity identifyShards(const QString& index)
{
    FileIdentity identity;
    identity.path = QFileInfo(index).absoluteFilePath();
    identity.format = FileFormat::Safetensors;
    if (const Result<QStringList> shards = shardsOf(index))
        identity.parts = *shards;
    for (const QString& shard : identity.parts)
        identity.bytes += QFileInfo(shard).size();
    return identity;
}

} // namespace

bool FileIdentity::isCheckpoint() const
{
    return format == FileFormat::ZipCheckpoint || format == FileFormat::LegacyCheckpoint ||
           format == FileFormat::Safetensors;
}

QString formatName(FileFormat format)
{
    static constexpr std::array names{
        QT_TRANSLATE_NOOP("vitrine", "TorchScript"),
        QT_TRANSLATE_NOOP("vitrine", "TorchScript for the lite interpreter"),
        QT_TRANSLATE_NOOP("vitrine", "PyTorch checkpoint"),
        QT_TRANSLATE_NOOP("vitrine", "PyTorch checkpoint (legacy)"),
        QT_TRANSLATE_NOOP("vitrine", "safetensors checkpoint"),
        QT_TRANSLATE_NOOP("vitrine", "variant set"),
        QT_TRANSLATE_NOOP("vitrine", "Git LFS pointer"),
        QT_TRANSLATE_NOOP("vitrine", "image"),
        QT_TRANSLATE_NOOP("vitrine", "unknown"),
    };
    return tr(names.at(static_cast<std::size_t>(format)));
}

Result<FileIdentity> identify(const QString& path)
{
    if (QFileInfo(path).isDir())
        return identifyFolder(path);
    const QString model = modelFileAt(path);
    if (isShardIndex(model) && QFileInfo(model).isFile())
        return identifyShards(model);
    const auto file = MappedFile::open(model);
    if (!file)
        return file.failure();
    FileIdentity identity;
    identity.path = QFileInfo(model).absoluteFilePath();
    identity.bytes = qint64((*file)->bytes().size());
    if (looksLikeZip((*file)->bytes()))
        identifyArchive(*file, identity);
    else
        identity.format = plainFormat(model, (*file)->bytes());
    if (const auto change = (*file)->whyNotWhole())
        return *change;
    return identity;
}

} // namespace vitrine
