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
};

/// Reads a whole image file of at most 512 MB. A file that does not begin like an image is not read further.
/// The errors tell a missing file, a folder, an empty file, a Git LFS pointer and a drawing apart.
Result<ImageFile> readImageFile(const QString& path);

/// What the first bytes say: a format that readImage() knows, or empty.
QByteArray sniffImageFormat(const QString& path);

/// The formats that Qt knows but Vitrine does not read: drawings, which have no pixels of their own (svg);
/// icons, which may hold a PNG that escapes withoutPngTexts(); tga, which nothing but a file's ending tells
/// from other data; mng, whose decoder obeys no memory limit.
bool isRefusedFormat(const QByteArray& format);

} // namespace vitrine
