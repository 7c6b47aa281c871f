#include "core/image/image_reader.h"

#include "core/base/literals.h"
#include "core/base/tr.h"
#include "core/image/decoder_messages.h"
#include "core/image/image_bytes.h"
#include "core/image/image_file.h"
#include "core/image/netpbm.h"
#include "core/image/orientation.h"
#include "core/image/picture_kind.h"
#include "core/image/pixel_conversion.h"

#include <QDir>
#include <QFileInfo>
#include <QImageReader>

#include <mutex>
#include <utility>

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

Error kindIsNotRead(const QString& path, const QString& kind, const QString& detail = {})
{
    return imageError(
        ErrorKind::Unsupported,
        tr("The picture in \"%1\" is a %2: this kind is not read. Save it as PNG or JPEG with 8 "
           "bits a channel and open that.")
            .arg(u"%1"_s, kind),
        path, detail);
}

Error notEnoughMemory(const QString& path)
{
    return imageError(
        ErrorKind::TooLarge,
        tr("There is not enough memory for the picture in \"%1\": close other programs, or open a "
           "smaller copy."),
        path);
}

Error undecodable(const QString& path, const ImageFile& file, const QString& detail)
{
    if (const QString kind = unknownKind(file); !kind.isEmpty())
        return kindIsNotRead(path, kind, detail);
    if (detail.contains(u"Sorry, can not handle"))
        return kindIsNotRead(path, tr("TIFF of a rare kind"), detail);
    return imageError(
        ErrorKind::Malformed,
        tr("The picture in \"%1\" cannot be decoded: the file is damaged, incomplete or far too large. "
           "Get it again, or save it anew as PNG or JPEG."),
        path, detail);
}

/// The file's bytes, less what Qt should not be given.
QByteArray decodersInput(const ImageFile& file)
{
    if (file.format == "png")
        return withoutPngTexts(file.bytes);
    const bool netpbm = file.format == "pgm" || file.format == "ppm";
    return netpbm ? withEightBitSamples(file.bytes) : file.bytes;
}

struct Decoded
{
    QImage image;
    bool ranOut = false; ///< CountedBuffer::ranOut().
};

Result<Decoded> decode(const QString& path, const ImageFile& file)
{
    static std::once_flag limited;
    std::call_once(limited, QImageReader::setAllocationLimit, maximumPixelMegabytes);
    const DecoderMessages messages;
    CountedBuffer buffer(decodersInput(file));
    QImageReader reader(&buffer, file.format);
    reader.setAutoDetectImageFormat(false);
    reader.setAutoTransform(!turnedHere(file.format));
    if (const Status fits = checkSize(path, file, reader.size()); !fits)
        return fits.failure();
    QImage image = reader.read();
    if (!image.isNull())
        return Decoded{std::move(image), buffer.ranOut()};
    const QStringList words = QStringList(reader.errorString()) + messages.lines();
    return undecodable(path, file,
                       u"%1: %2"_s.arg(QString::fromLatin1(reader.format()), words.join(u"; "_s)));
}

/// What came out of Qt's decoder as Pillow would have it: upright, 8 bits. Null when the memory does not
/// suffice.
QImage asPillowHasIt(QImage image, const ImageFile& file)
{
    if (hasFourthSampleThatIsNoAlpha(file))
        image = withoutAlpha(std::move(image));
    if (file.format == "bmp")
        if (const auto header = readBmpHeader(file.bytes))
            image = spreadBmpChannels(std::move(image), *header);
    const QImage rgb = flatten(std::move(image));
    return turnedHere(file.format) ? turnedUpright(rgb, exifOrientation(file.bytes, file.format)) : rgb;
}

QString pictureWarning(const ImageFile& file, const Decoded& decoded)
{
    if (endsEarly(file.bytes, file.format, decoded.ranOut))
        return tr(
            "The file ends early: part of the picture is missing and was filled with one colour. Get the "
            "whole file, or do not trust results for this picture.");
    if (holdsOnlyAPreview(file))
        return tr("Only the preview in the file was read (%1 x %2 pixels): the picture itself, as in a "
                  "camera's "
                  "raw file, is not. Develop it to PNG or JPEG and open that.")
            .arg(decoded.image.width())
            .arg(decoded.image.height());
    if (exceedsRange(decoded.image))
        return tr(
            "The picture holds numbers below 0, above 1 or that are none; they were cut to 0 to 1, so that "
            "parts may be all white or black. Scale its numbers to 0 to 1, or save it with 8 bits.");
    return {};
}

} // namespace

Result<SourceImage> decodeImage(const QString& path, const ImageFile& file)
{
    if (const QString kind = misreadKind(file); !kind.isEmpty())
        return kindIsNotRead(path, kind);
    Result<Decoded> decoded = decode(path, file);
    if (!decoded)
        return decoded.failure();
    const QString warning = pictureWarning(file, *decoded);
    const QImage rgb = asPillowHasIt(std::exchange(decoded->image, {}), file);
    if (rgb.isNull())
        return notEnoughMemory(path);
    return SourceImage{QFileInfo(path).absoluteFilePath(), file.sha256,       rgb,
                       QString::fromLatin1(file.format),   file.bytes.size(), warning};
}

Result<SourceImage> readImage(const QString& path)
{
    const Result<ImageFile> file = readImageFile(path);
    return file ? decodeImage(path, *file) : file.failure();
}

} // namespace vitrine
