#include "core/base/file_error.h"
#include "core/base/literals.h"
#include "core/base/tr.h"
#include "core/checkpoint/checkpoint_readers.h"
#include "core/checkpoint/excerpt.h"
#include "core/checkpoint/file_format.h"
#include "core/checkpoint/foreign_format.h"
#include "core/checkpoint/identify.h"
#include "core/checkpoint/transfer_damage.h"

#include <QFileInfo>
#include <QRegularExpression>

#include <algorithm>

namespace vitrine {

namespace {

constexpr std::size_t headLength = 1024;

QString describeZip(const std::shared_ptr<const MappedFile>& file)
{
    if (const auto damage = transferDamage(file->bytes()))
        return *damage;
    const Result<ZipArchive> archive = ZipArchive::open(file);
    return archive ? describeForeignArchive(*archive) : archive.error().message;
}

/// What an unknown file seems to be, and what to do about it.
QString describeUnknown(const std::shared_ptr<const MappedFile>& file)
{
    const Bytes bytes = file->bytes();
    if (bytes.empty())
        return tr("the file is empty; copy or download it again");
    if (looksLikeZip(bytes))
        return describeZip(file);
    const bool isText = looksLikeText(bytes.first(std::min(bytes.size(), headLength)));
    if (const auto damage = isText ? std::nullopt : transferDamage(bytes))
        return *damage;
    if (const auto known = describeForeignFile(bytes))
        return *known;
    if (isText)
        return describeText(bytes);
    return tr("this is no model that Vitrine knows: neither TorchScript nor a PyTorch or safetensors "
              "checkpoint; the file may be damaged");
}

Error whyUnknown(const QString& path)
{
    const auto because = [&](const QString& reason) {
        return fileError(ErrorKind::Unsupported, path, reason);
    };
    if (QFileInfo(path).isDir())
        return because(describeForeignFolder(path));
    const auto file = MappedFile::open(path);
    return file ? because(describeUnknown(*file)) : file.error();
}

/// "version https://... size 5000": of how many bytes the file is that it stands for.
QString describeLfsPointer(const FileIdentity& identity)
{
    static const QRegularExpression size(u"\\nsize (\\d{1,18})\\s"_s);
    const auto file = MappedFile::open(identity.path);
    const QString text = file ? QString::fromLatin1(asByteArray((*file)->bytes())) : QString();
    const QString stated = size.match(text).captured(1);
    const QString model = stated.isEmpty() ? tr("the model") : tr("the model of %1 bytes").arg(stated);
    return tr("this is a Git LFS pointer of %1 bytes that stands in for %2; fetch the model itself with "
              "\"git "
              "lfs pull\"")
        .arg(QString::number(identity.bytes), model);
}

/// Of LibTorch 1.13 to 2.6.
constexpr int newestArchive = 10;
constexpr int oldestLite = 4;
constexpr int newestLite = 9;

std::optional<QString> otherVersion(const FileIdentity& identity)
{
    if (identity.archiveVersion > newestArchive)
        return tr("it was made by a newer PyTorch (archive version %1; this reads up to %2); save it again "
                  "with an "
                  "older one, or open the checkpoint that it was made from")
            .arg(identity.archiveVersion)
            .arg(newestArchive);
    if (identity.liteVersion > newestLite)
        return tr("it was made by a newer PyTorch (lite format %1; this reads %2 to %3); open the "
                  "TorchScript that "
                  "it was made from, or, in that PyTorch, call "
                  "torch.jit.mobile._backport_for_mobile(path, new_path, to_version=%3)")
            .arg(identity.liteVersion)
            .arg(oldestLite)
            .arg(newestLite);
    if (identity.liteVersion > 0 && identity.liteVersion < oldestLite)
        return tr("it was made by an older PyTorch (lite format %1; this reads %2 to %3); make it anew from "
                  "the "
                  "TorchScript, with PyTorch 1.8 or newer")
            .arg(identity.liteVersion)
            .arg(oldestLite)
            .arg(newestLite);
    return std::nullopt;
}

std::optional<QString> whyNotScript(const FileIdentity& identity)
{
    const auto file = MappedFile::open(identity.path);
    if (auto damage = file ? transferDamage((*file)->bytes()) : std::nullopt)
        return damage;
    if (auto version = otherVersion(identity))
        return version;
    if (!identity.hasForward)
        return tr(
            "this TorchScript has no method \"forward\", so it cannot classify; export the whole model");
    return std::nullopt;
}

} // namespace

std::optional<Error> whyNotModel(const FileIdentity& identity)
{
    switch (identity.format) {
    case FileFormat::VariantSet:
    case FileFormat::ZipCheckpoint:
    case FileFormat::LegacyCheckpoint:
    case FileFormat::Safetensors:
        return std::nullopt;
    case FileFormat::TorchScript:
    case FileFormat::LiteArchive:
        if (const auto reason = whyNotScript(identity))
            return fileError(ErrorKind::Unsupported, identity.path, *reason);
        return std::nullopt;
    case FileFormat::GitLfsPointer:
        return fileError(ErrorKind::Unsupported, identity.path, describeLfsPointer(identity));
    case FileFormat::Image:
        return fileError(ErrorKind::Unsupported, identity.path,
                         tr("this is an image; open it as an image, not as a model"));
    case FileFormat::Unknown:
        break;
    }
    return whyUnknown(identity.path);
}

std::optional<Error> whyNotLoadable(const FileIdentity& identity)
{
    if (!identity.isCheckpoint())
        return whyNotModel(identity);
    const auto checkpoint = readCheckpoint(identity.path, ChecksumCheck::Skip);
    return checkpoint ? std::nullopt : std::optional(checkpoint.error());
}

} // namespace vitrine
