#include "core/image/bmp_header.h"

#include "core/image/byte_order.h"

#include <bit>

namespace vitrine {

std::optional<BmpHeader> readBmpHeader(const QByteArray& bmp)
{
    constexpr qsizetype shortestBytes = 54;
    constexpr quint64 windowsHeaderBytes = 40;
    constexpr quint64 headerBytesWithAlpha = 56;
    const auto number = [&](quint64 offset, int count) {
        return numberAt(bmp, offset, count, ByteOrder::Little);
    };
    const quint64 headerBytes = number(14, 4);
    if (bmp.size() < shortestBytes || headerBytes < windowsHeaderBytes)
        return std::nullopt;
    BmpHeader header{number(28, 2), number(30, 4), {8, 8, 8, 0}};
    if (header.compression == BmpHeader::BitFields || header.compression == BmpHeader::AlphaBitFields) {
        const bool alpha =
            headerBytes >= headerBytesWithAlpha || header.compression == BmpHeader::AlphaBitFields;
        for (int channel = 0; channel < (alpha ? 4 : 3); ++channel)
            header.widths[channel] = std::popcount(number(54 + 4 * channel, 4));
    } else if (header.bits == 16) {
        header.widths = {5, 5, 5, 0};
    }
    return header;
}

} // namespace vitrine
