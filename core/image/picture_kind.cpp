#include "core/image/picture_kind.h"

#include "core/base/tr.h"
#include "core/image/bmp_header.h"
#include "core/image/image_bytes.h"
#include "core/image/tiff_kind.h"

#include <algorithm>
#include <array>

namespace vitrine {

namespace {

TiffKind tiffKindOf(const ImageFile& file)
{
    const auto directory = file.format == "tiff" ? TiffDirectory::first(file.bytes) : std::nullopt;
    return directory ? tiffKind(*directory) : TiffKind{};
}

QString unknownJpeg(const QByteArray& bytes)
{
    enum { Lossless = 0xC3, FirstHierarchical = 0xC5, LastHierarchical = 0xC7, Arithmetic = 0xC9 };
    const JpegMarkers markers = readJpegMarkers(bytes);
    if (markers.precision != 0 && markers.precision != 8)
        return tr("JPEG of %1 bits a sample").arg(markers.precision);
    if (markers.frame == Lossless)
        return tr("JPEG without losses");
    if (markers.frame >= FirstHierarchical && markers.frame <= LastHierarchical)
        return tr("JPEG in several sizes");
    return markers.frame >= Arithmetic ? tr("JPEG with arithmetic coding") : QString();
}

QString unknownBmp(const QByteArray& bytes)
{
    static constexpr std::array<quint64, 6> knownBits{1, 4, 8, 16, 24, 32};
    const auto header = readBmpHeader(bytes);
    if (!header)
        return {};
    if (!std::ranges::count(knownBits, header->bits))
        return tr("BMP of %1 bits a pixel").arg(header->bits);
    return header->compression > BmpHeader::BitFields ? tr("BMP of compression %1").arg(header->compression)
                                                      : QString();
}

} // namespace

QString misreadKind(const ImageFile& file)
{
    if (file.format == "bmp")
        if (const auto header = readBmpHeader(file.bytes))
            if (const int most = *std::ranges::max_element(header->widths); most > 8)
                return tr("BMP of %1 bits a channel").arg(most);
    return tiffKindOf(file).misread;
}

QString unknownKind(const ImageFile& file)
{
    if (file.format == "jpeg")
        return unknownJpeg(file.bytes);
    return file.format == "bmp" ? unknownBmp(file.bytes) : tiffKindOf(file).unknown;
}

bool holdsOnlyAPreview(const ImageFile& file)
{
    constexpr qsizetype canonsMark = 8;
    return tiffKindOf(file).preview ||
           (file.format == "tiff" &&
            QByteArrayView(file.bytes).sliced(std::min(file.bytes.size(), canonsMark)).startsWith("CR"));
}

bool hasFourthSampleThatIsNoAlpha(const ImageFile& file)
{
    return tiffKindOf(file).plainFourthSample;
}

} // namespace vitrine
