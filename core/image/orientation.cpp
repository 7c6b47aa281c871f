#include "core/image/orientation.h"

#include "core/image/tiff_directory.h"

#include <QTransform>

#include <algorithm>

namespace vitrine {

namespace {

constexpr quint64 maximumExifBytes = 1 << 20; ///< The orientation stands at its beginning.

/// The content of the first PNG chunk of this type, or its beginning; empty where there is none.
QByteArray pngChunk(const QByteArray& png, const QByteArray& wanted)
{
    constexpr quint64 signatureBytes = 8;
    constexpr quint64 frameBytes = 12;
    const auto size = static_cast<quint64>(png.size());
    for (quint64 at = signatureBytes; at + frameBytes <= size;) {
        const quint64 length = numberAt(png, at, 4, ByteOrder::Big);
        const QByteArray type = png.mid(static_cast<qsizetype>(at) + 4, 4);
        if (type == wanted)
            return png.mid(static_cast<qsizetype>(at) + 8,
                           static_cast<qsizetype>(std::min(length, maximumExifBytes)));
        at += frameBytes + length;
    }
    return {};
}

/// The same of a RIFF file, whose chunks have an even length.
QByteArray riffChunk(const QByteArray& riff, const QByteArray& wanted)
{
    constexpr quint64 headerBytes = 12;
    constexpr quint64 frameBytes = 8;
    const auto size = static_cast<quint64>(riff.size());
    for (quint64 at = headerBytes; at + frameBytes <= size;) {
        const quint64 length = numberAt(riff, at + 4, 4, ByteOrder::Little);
        if (riff.mid(static_cast<qsizetype>(at), 4) == wanted)
            return riff.mid(static_cast<qsizetype>(at + frameBytes),
                            static_cast<qsizetype>(std::min(length, maximumExifBytes)));
        at += frameBytes + length + length % 2;
    }
    return {};
}

} // namespace

bool turnedHere(const QByteArray& format)
{
    return format == "png" || format == "webp";
}

int exifOrientation(const QByteArray& bytes, const QByteArray& format)
{
    QByteArray exif = format == "png"    ? pngChunk(bytes, "eXIf")
                      : format == "webp" ? riffChunk(bytes, "EXIF")
                                         : QByteArray();
    static const QByteArray jpegsPrefix("Exif\0\0", 6);
    if (exif.startsWith(jpegsPrefix))
        exif.remove(0, jpegsPrefix.size());
    const auto directory = TiffDirectory::first(exif);
    const quint64 orientation = directory ? directory->number(TiffDirectory::Orientation, 1) : 1;
    return orientation >= 1 && orientation <= 8 ? static_cast<int>(orientation) : 1;
}

QImage turnedUpright(const QImage& image, int orientation)
{
    const auto quarter = [&] { return image.transformed(QTransform().rotate(90)); };
    switch (orientation) {
    case 2:
        return image.mirrored(true, false);
    case 3:
        return image.mirrored(true, true);
    case 4:
        return image.mirrored(false, true);
    case 5:
        return quarter().mirrored(true, false);
    case 6:
        return quarter();
    case 7:
        return quarter().mirrored(false, true);
    case 8:
        return image.transformed(QTransform().rotate(270));
    default:
        return image;
    }
}

} // namespace vitrine
