#include "core/model/identify.h"

#include "core/image/image_reader.h"
#include "core/model/archive_identity.h"
#include "core/model/file_error.h"
#include "core/model/file_format.h"
#include "core/model/mapped_file.h"
#include "core/model/variant_set.h"
#include "core/tr.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>

namespace vitrine {

namespace {

constexpr std::size_t largestManifest = 16 << 20;

QByteArray asByteArray(Bytes bytes)
{
    return QByteArray::fromRawData(reinterpret_cast<const char*>(bytes.data()), qsizetype(bytes.size()));
}

bool looksLikeManifest(Bytes bytes)
{
    if (bytes.size() > largestManifest || !asByteArray(bytes).left(4096).trimmed().startsWith('{'))
        return false;
    const QJsonObject object = QJsonDocument::fromJson(asByteArray(bytes)).object();
    return object.contains(QStringLiteral("schemaVersion")) && object.contains(QStringLiteral("variants"));
}

FileFormat plainFormat(const QString& path, Bytes bytes)
{
    if (looksLikeSafetensors(bytes))
        return FileFormat::Safetensors;
    if (looksLikeLegacyCheckpoint(bytes) || looksLikeTar(bytes))
        return FileFormat::LegacyCheckpoint;
    if (looksLikeGitLfsPointer(bytes))
        return FileFormat::GitLfsPointer;
    if (looksLikeManifest(bytes))
        return FileFormat::VariantSet;
    return looksLikeImage(path) ? FileFormat::Image : FileFormat::Unknown;
}

std::optional<VariantKind> kindOf(const FileIdentity& identity)
{
    switch (identity.format) {
    case FileFormat::LiteArchive:
        return VariantKind::Lite;
    case FileFormat::TorchScript:
        if (identity.isMobileOptimized)
            return VariantKind::MobileOptimized;
        return identity.isQuantized ? VariantKind::Quantized : VariantKind::Scripted;
    case FileFormat::ZipCheckpoint:
    case FileFormat::LegacyCheckpoint:
    case FileFormat::Safetensors:
        return VariantKind::Original;
    default:
        return std::nullopt;
    }
}

FileIdentity identifyFolder(const QString& path)
{
    FileIdentity identity;
    identity.path = QFileInfo(path).absoluteFilePath();
    const QFileInfo manifest(QDir(path).filePath(QLatin1String(VariantSet::manifestName)));
    if (manifest.isFile()) {
        identity.format = FileFormat::VariantSet;
        identity.bytes = manifest.size();
    }
    return identity;
}

} // namespace

QString formatName(FileFormat format)
{
    switch (format) {
    case FileFormat::TorchScript:
        return tr("TorchScript");
    case FileFormat::LiteArchive:
        return tr("TorchScript for the lite interpreter");
    case FileFormat::ZipCheckpoint:
        return tr("PyTorch checkpoint");
    case FileFormat::LegacyCheckpoint:
        return tr("PyTorch checkpoint (legacy)");
    case FileFormat::Safetensors:
        return tr("safetensors checkpoint");
    case FileFormat::VariantSet:
        return tr("variant set");
    case FileFormat::GitLfsPointer:
        return tr("Git LFS pointer");
    case FileFormat::Image:
        return tr("image");
    case FileFormat::Unknown:
        break;
    }
    return tr("unknown");
}

Result<FileIdentity> identify(const QString& path)
{
    if (QFileInfo(path).isDir())
        return identifyFolder(path);
    const auto file = MappedFile::open(path);
    if (!file)
        return file.failure();
    FileIdentity identity;
    identity.path = QFileInfo(path).absoluteFilePath();
    identity.bytes = qint64((*file)->bytes().size());
    if (looksLikeZip((*file)->bytes()))
        identifyArchive(*file, identity);
    else
        identity.format = plainFormat(path, (*file)->bytes());
    identity.kind = kindOf(identity);
    return identity;
}

} // namespace vitrine
