#pragma once

#include "core/image/image_reader.h"

#include <QSize>

#include <functional>
#include <memory>

namespace vitrine {

/// What is known of an image file without its pixels. A value; small, whatever the picture's size.
struct ImageSource
{
    static constexpr int thumbnailSide = 176; ///< Pixels; twice what the window's list shows.

    QString path;      ///< Absolute.
    QByteArray sha256; ///< Of the file's bytes, 32 bytes.
    qint64 bytes = 0;  ///< Of the file.
    QSize size;        ///< Of the upright picture, pixels.
    QString format;    ///< As Qt names it: "jpeg", "png"...
    QString warning;   ///< As SourceImage::warning.
    QImage thumbnail;  ///< Upright, Format_RGB888, its longest side at most thumbnailSide; never enlarged.
};

/// What remains of a decoded picture when its pixels go. Shares no large pixels with it. Any thread.
ImageSource describeImage(const SourceImage& image);

/// Gives the picture of a source: from memory, or by reading its file. See ImageCache::picture().
using PictureReader = std::function<Result<std::shared_ptr<const SourceImage>>(const ImageSource&)>;

} // namespace vitrine
