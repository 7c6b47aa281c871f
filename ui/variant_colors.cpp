#include "ui/variant_colors.h"

#include <array>

namespace vitrine {

QColor variantColor(int colorIndex)
{
    static constexpr std::array<QRgb, 8> palette{0x3b7dd8, 0xe69f00, 0x009e73, 0xcc79a7,
                                                 0xd55e00, 0x56b4e9, 0xb8a800, 0x8c6bb1};
    return QColor(palette[static_cast<std::size_t>(colorIndex) % palette.size()]);
}

} // namespace vitrine
