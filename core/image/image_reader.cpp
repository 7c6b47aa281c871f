#include "core/image/image_reader.h"

#include "core/base/literals.h"
#include "core/base/tr.h"
#include "core/image/flatten.h"
#include "core/image/image_ending.h"
#include "core/image/image_file.h"
#include "core/image/jpeg_markers.h"
#include "core/image/png_texts.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QImageReader>

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
                     QString::number(size.height())),
            {}};
}

Error endless(const QString& path)
{
    return {
        ErrorKind::Malformed,
        tr("The picture in \"%1\" is stored in so many passes that decoding would hardly end: do not trust "
           "this file, get the picture from elsewhere.")
            .arg(QDir::toNativeSeparators(path)),
        {}};
}

Error undecodable(const QString& path, const QImageReader& reader)
{
    return {ErrorKind::Malformed,
            tr("The picture in \"%1\" cannot be decoded: the file is damaged, incomplete or far too large. "
               "Get it again, or save it anew as PNG or JPEG.")
                .arg(QDir::toNativeSeparators(path)),
            u"%1: %2"_s.arg(QString::fromLatin1(reader.format()), reader.errorString())};
}

Error outOfMemory(const QString& path)
{
    return {ErrorKind::TooLarge,
            tr("There is not enough memory for the picture in \"%1\": close other programs, or open a "
               "smaller copy.")
                .arg(QDir::toNativeSeparators(path)),
            {}};
}

QString incompleteWarning()
{
    return tr("The file ends early: part of the picture is missing and was filled with one colour. Get the "
              "whole file, or do not trust results for this picture.");
}

void limitAllocations()
{
    static const bool limited = [] {
        QImageReader::setAllocationLimit(maximumPixelMegabytes);
        return true;
    }();
    Q_UNUSED(limited)
}

Status checkSize(const QString& path, const ImageFile& file, QSize size)
{
    const qint64 pixels = qint64{size.width()} * size.height();
    if (!size.isEmpty() && pixels > maximumPixels)
        return tooLarge(path, size);
    if (file.format == "jpeg" && pixels * readJpegMarkers(file.bytes).scans > maximumJpegWork)
        return endless(path);
    return Done{};
}

/// Pixels and warning; the rest is left empty.
Result<SourceImage> decode(const QString& path, const ImageFile& file)
{
    CountedBuffer buffer(file.format == "png" ? withoutPngTexts(file.bytes) : file.bytes);
    QImageReader reader(&buffer, file.format);
    reader.setAutoDetectImageFormat(false);
    reader.setAutoTransform(true);
    if (const Status fits = checkSize(path, file, reader.size()); !fits)
        return fits.failure();
    QImage decoded = reader.read();
    if (decoded.isNull())
        return undecodable(path, reader);
    SourceImage image;
    image.rgb = flatten(std::move(decoded));
    if (image.rgb.isNull())
        return outOfMemory(path);
    if (endsEarly(file.bytes, file.format, buffer.ranOut()))
        image.warning = incompleteWarning();
    return image;
}

} // namespace

Result<SourceImage> decodeImage(const QString& path, const ImageFile& file)
{
    limitAllocations();
    return decode(path, file);
}

Result<SourceImage> readImage(const QString& path)
{
    const Result<ImageFile> file = readImageFile(path);
    if (!file)
        return file.failure();
    Result<SourceImage> image = decodeImage(path, *file);
    if (!image)
        return image;
    image->path = QFileInfo(path).absoluteFilePath();
    image->sha256 = QCryptographicHash::hash(file->bytes, QCryptographicHash::Sha256);
    image->format = QString::fromLatin1(file->format);
    image->bytes = file->bytes.size();
    return image;
}

bool looksLikeImage(const QString& path)
{
    return !sniffImageFormat(path).isEmpty();
}

QStringList imageNameFilters()
{
    QStringList filters;
    for (const QByteArray& format : QImageReader::supportedImageFormats())
        if (!isRefusedFormat(format))
            filters.append(u"*."_s + QString::fromLatin1(format));
    return filters;
}

} // namespace vitrine
