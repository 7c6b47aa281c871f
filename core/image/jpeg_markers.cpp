#include "core/image/jpeg_markers.h"

#include "core/image/byte_cursor.h"

namespace vitrine {

namespace {

constexpr uchar endOfImage = 0xD9;
constexpr uchar startOfScan = 0xDA;

/// Stuffed zeros, fill bytes and restarts belong to the entropy-coded data.
bool startsSegment(uchar marker)
{
    const bool restart = marker >= 0xD0 && marker <= 0xD7;
    return marker > 0x01 && marker != 0xFF && !restart;
}

uchar nextMarker(ByteCursor& cursor)
{
    while (!cursor.atEnd()) {
        cursor.skipTo('\xFF');
        uchar marker = 0xFF;
        while (marker == 0xFF && !cursor.atEnd())
            marker = cursor.next();
        if (startsSegment(marker))
            return marker;
    }
    return 0;
}

} // namespace

JpegMarkers readJpegMarkers(const QByteArray& bytes)
{
    constexpr int lengthBytes = 2;
    ByteCursor cursor(bytes, 2);
    JpegMarkers result;
    while (const uchar marker = nextMarker(cursor)) {
        if (marker == endOfImage) {
            result.ended = true;
            break;
        }
        result.scans += marker == startOfScan;
        const auto length = static_cast<int>(cursor.nextNumber(lengthBytes));
        cursor.skip(std::max(length - lengthBytes, 0));
    }
    return result;
}

} // namespace vitrine
