#include "core/base/file_error.h"
#include "core/base/tr.h"
#include "core/checkpoint/checkpoint_readers.h"
#include "core/checkpoint/file_format.h"
#include "core/checkpoint/identify.h"

#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace vitrine {

namespace {

constexpr qint64 headLength = 1024;

bool looksLikeText(Bytes head)
{
    return std::ranges::all_of(head, [](std::byte value) {
        const auto code = std::to_integer<unsigned>(value);
        return code >= 0x20 || code == '\n' || code == '\r' || code == '\t';
    });
}

QString describeZip(const QString& path)
{
    const auto file = MappedFile::open(path);
    const Result<ZipArchive> archive = file ? ZipArchive::open(*file) : Result<ZipArchive>(file.failure());
    if (!archive && !archive.isCancelled())
        return archive.error().message;
    const auto has = [&](const char* name) { return archive->find(QLatin1String(name)) != nullptr; };
    if (has("model.json"))
        return tr(
            "this TorchScript was saved by a preview release of PyTorch 1.0; save it again with a newer one");
    if (has("serialized_exported_program.json") || has("archive_format"))
        return tr(
            "this is a program of torch.export; save the model with torch.jit.script or as a checkpoint");
    return tr("this zip archive holds no PyTorch model; if it wraps one, unpack it first");
}

/// What an unknown file seems to be, and what to do about it.
QString describeUnknown(const QString& path, const QByteArray& head)
{
    const Bytes bytes = std::as_bytes(std::span(head));
    if (QFileInfo(path).isDir())
        return tr("this folder holds no vitrine.json; open the model files in it one by one");
    if (head.isEmpty())
        return tr("the file is empty; copy or download it again");
    if (looksLikeZip(bytes))
        return describeZip(path);
    if (hasTextAt(bytes, 4, "PTMF"))
        return tr("this is a lite model in the flatbuffer format, which is not supported; save it with "
                  "_save_for_lite_interpreter(path, _use_flatbuffer=False)");
    if (hasTextAt(bytes, 4, "TFL3"))
        return tr("this is a TensorFlow Lite model; Vitrine runs PyTorch models");
    if (hasTextAt(bytes, 0, "\x89HDF\r\n"))
        return tr("this is an HDF5 file, as Keras writes them; Vitrine runs PyTorch models");
    if (hasTextAt(bytes, 0, "GGUF"))
        return tr("this is a GGUF file, a language model; Vitrine compares image classifiers");
    if (hasTextAt(bytes, 0, "\x08") && head.contains("pytorch") && !looksLikeText(bytes))
        return tr("this seems to be an ONNX model; open the PyTorch model that it was exported from");
    const QByteArray start = head.trimmed().left(64).toLower();
    if (start.startsWith("<!doctype html") || start.startsWith("<html"))
        return tr(
            "this is a web page, saved instead of a model; download the file itself (its \"raw\" link)");
    if (head.startsWith('\x80') && head.size() > 1 && head[1] <= 5)
        return tr(
            "this is a Python pickle, but not one of torch.save; save model.state_dict() with torch.save");
    if (looksLikeText(bytes))
        return tr("this is a text file, not a model");
    return tr("this is no model that Vitrine knows: neither TorchScript nor a PyTorch or safetensors "
              "checkpoint; the file may be damaged");
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
        if (identity.hasForward)
            return std::nullopt;
        return fileError(ErrorKind::Unsupported, identity.path,
                         tr("this TorchScript has no method \"forward\", so it cannot classify; export the "
                            "whole model"));
    case FileFormat::GitLfsPointer:
        return fileError(ErrorKind::Unsupported, identity.path,
                         tr("this is a Git LFS pointer of %1 bytes that stands in for the model; fetch the "
                            "model itself with \"git lfs pull\"")
                             .arg(identity.bytes));
    case FileFormat::Image:
        return fileError(ErrorKind::Unsupported, identity.path,
                         tr("this is an image; open it as an image, not as a model"));
    case FileFormat::Unknown:
        break;
    }
    QFile file(identity.path);
    const bool readable = QFileInfo(identity.path).isFile() && file.open(QIODevice::ReadOnly);
    const QByteArray head = readable ? file.read(headLength) : QByteArray();
    return fileError(ErrorKind::Unsupported, identity.path, describeUnknown(identity.path, head));
}

std::optional<Error> whyNotLoadable(const FileIdentity& identity)
{
    if (!identity.isCheckpoint())
        return whyNotModel(identity);
    const auto checkpoint = readCheckpoint(identity.path, ChecksumCheck::Skip);
    return checkpoint ? std::nullopt : std::optional(checkpoint.error());
}

} // namespace vitrine
