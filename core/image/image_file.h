#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QString>

namespace vitrine {

/// An image file's bytes, and what their beginning says they are.
struct ImageFile
{
    QByteArray bytes;
    QByteArray format; ///< As QImageReader names it.
    QByteArray sha256; ///< Of the bytes.
};

/// Reads a whole image file of at most 512 MB. A file that does not begin like an image is not read further.
/// The errors tell a missing file, a folder, an empty file, a Git LFS pointer and a drawing apart.
Result<ImageFile> readImageFile(const QString& path);

/// An Error whose message names this file as its %1.
Error imageError(ErrorKind kind, const QString& message, const QString& path, const QString& detail = {});

} // namespace vitrine
