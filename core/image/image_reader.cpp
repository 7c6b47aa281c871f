#include "core/image/image_reader.h"

#include "core/base/literals.h"
#include "core/base/tr.h"
#include "core/image/image_bytes.h"
#include "core/image/image_file.h"

#include <QColorSpace>
#include <QDir>
#include <QFileInfo>
#include <QImageReader>

#include <mutex>

namespace vitrine {

namespace {

constexpr int maximumPixelMegabytes = 256;
constexpr qint64 maximumPixels = qint64{maximumPixelMegabytes} * 1024 * 1024 / 4;
constexpr qint64 maximumJpegWork = 64 * maximumPixels;

Error tooLarge(const QString& path, QSize size)
{
    return {ErrorKind::TooLarge,
            tr("The picture in \"%1\" has %2 x %3 pixels, more than the 67 million that Vitrine reads: open "
               "a smaller copy.")
                .arg(QDir::toNativeSeparators(path), QString::number(size.width()),
                     QString::number(size.height()))};
}

uchar overWhite(int value, int alpha)
{
    return static_cast<uchar>((value * alpha + 255 * (255 - alpha) + 127) / 255);
}

void flattenRow(const uchar* rgba, uchar* rgb, int width)
{
    for (int x = 0; x < width; ++x, rgba += 4, rgb += 3)
        for (int channel = 0; channel < 3; ++channel)
            rgb[channel] = overWhite(rgba[channel], rgba[3]);
}

/// Any image as Format_RGB888, alpha laid over white. Colour spaces are ignored, as Pillow does. Null when
/// the memory does not suffice.
QImage flatten(QImage image)
{
    image.setColorSpace(QColorSpace());
    if (!image.hasAlphaChannel())
        return std::move(image).convertToFormat(QImage::Format_RGB888);
    const QImage rgba = std::move(image).convertToFormat(QImage::Format_RGBA8888);
    QImage rgb(rgba.size(), QImage::Format_RGB888);
    if (rgba.isNull() || rgb.isNull())
        return {};
    for (int y = 0; y < rgb.height(); ++y)
        flattenRow(rgba.constScanLine(y), rgb.scanLine(y), rgb.width());
    return rgb;
}

Status checkSize(const QString& path, const ImageFile& file, QSize size)
{
    const qint64 pixels = qint64{size.width()} * size.height();
    if (!size.isEmpty() && pixels > maximumPixels)
        return tooLarge(path, size);
    if (file.format == "jpeg" && pixels * readJpegMarkers(file.bytes).scans > maximumJpegWork)
        return imageError(ErrorKind::Malformed,
                          tr("The picture in \"%1\" is stored in so many passes that decoding would hardly "
                             "end: do not trust this file, get the picture from elsewhere."),
                          path);
    return Done{};
}

} // namespace

Result<SourceImage> decodeImage(const QString& path, const ImageFile& file)
{
    static std::once_flag limited;
    std::call_once(limited, QImageReader::setAllocationLimit, maximumPixelMegabytes);
    CountedBuffer buffer(file.format == "png" ? withoutPngTexts(file.bytes) : file.bytes);
    QImageReader reader(&buffer, file.format);
    reader.setAutoDetectImageFormat(false);
    reader.setAutoTransform(true);
    if (const Status fits = checkSize(path, file, reader.size()); !fits)
        return fits.failure();
    QImage decoded = reader.read();
    if (decoded.isNull())
        return imageError(
            ErrorKind::Malformed,
            tr("The picture in \"%1\" cannot be decoded: the file is damaged, incomplete or far too large. "
               "Get it again, or save it anew as PNG or JPEG."),
            path, u"%1: %2"_s.arg(QString::fromLatin1(reader.format()), reader.errorString()));
    const QImage rgb = flatten(std::move(decoded));
    if (rgb.isNull())
        return imageError(
            ErrorKind::TooLarge,
            tr("There is not enough memory for the picture in \"%1\": close other programs, or open a "
               "smaller copy."),
            path);
    SourceImage image{QFileInfo(path).absoluteFilePath(), file.sha256,       rgb,
                      QString::fromLatin1(file.format),   file.bytes.size(), {}};
    if (endsEarly(file.bytes, file.format, buffer.ranOut()))
        image.warning =
            tr("The file ends early: part of the picture is missing and was filled with one colour. Get the "
               "whole file, or do not trust results for this picture.");
    return image;
}

Result<SourceImage> readImage(const QString& path)
{
    const Result<ImageFile> file = readImageFile(path);
    return file ? decodeImage(path, *file) : file.failure();
}

} // namespace vitrine
