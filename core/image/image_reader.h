#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QImage>
#include <QString>

namespace vitrine {

/// An image file, decoded once. A value; cheap to copy (QImage is shared).
struct SourceImage
{
    QString path;      ///< Absolute.
    QByteArray sha256; ///< Of the file's bytes, 32 bytes: the image's identity in results.
    QImage rgb;        ///< Upright (EXIF honoured), Format_RGB888, alpha laid over white.
    QString format;    ///< As Qt names it: "jpeg", "png"...
    qint64 bytes = 0;  ///< Of the file.
    QString warning;   ///< Empty, or what a user must know: "The file ends early: ...".
};

/// Reads the pictures that Qt and its plugins can (first frame of animations), but no drawings (SVG), icons,
/// TGA or MNG; grayscale, CMYK, 16-bit and alpha are converted. Content decides, never the file's ending.
/// Rejects images whose pixels would take more than 256 MB, before allocating them. Any thread.
Result<SourceImage> readImage(const QString& path);

struct ImageFile;
/// The second half of readImage(): decodes what readImageFile() read from `path`. Any thread.
Result<SourceImage> decodeImage(const QString& path, const ImageFile& file);

/// Whether the first bytes look like an image that readImage() knows. Opens the file; any thread.
bool looksLikeImage(const QString& path);

/// Endings for file dialogs: {"*.png", "*.jpg", ...}.
QStringList imageNameFilters();

} // namespace vitrine
