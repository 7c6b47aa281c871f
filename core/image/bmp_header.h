#pragma once

#include <QByteArray>

#include <array>
#include <optional>

namespace vitrine {

/// What a Windows bitmap's header says of its pixels.
struct BmpHeader
{
    enum Compression { None = 0, Rle8 = 1, Rle4 = 2, BitFields = 3, AlphaBitFields = 6 };

    quint64 bits = 0;            ///< Of a pixel.
    quint64 compression = None;  ///< As the file has it.
    std::array<int, 4> widths{}; ///< Bits of red, green, blue and alpha, where a pixel has 16 or 32.
};

/// Nothing where it is cut, or of OS/2's oldest kind, which has palettes and 24 bits only.
std::optional<BmpHeader> readBmpHeader(const QByteArray& bmp);

} // namespace vitrine
