#include "ui/shown_variants.h"

#include "core/base/shown_text.h"

#include <algorithm>
#include <array>

namespace vitrine {

std::vector<const VariantResult*> enabledVariants(const Comparison& comparison)
{
    std::vector<const VariantResult*> enabled;
    for (const VariantResult& variant : comparison.variants)
        if (variant.enabled)
            enabled.push_back(&variant);
    return enabled;
}

QColor variantColor(int colorIndex)
{
    static constexpr std::array<QRgb, 8> palette{0x3b7dd8, 0xe69f00, 0x009e73, 0xcc79a7,
                                                 0xd55e00, 0x56b4e9, 0xb8a800, 0x8c6bb1};
    return QColor(palette[static_cast<std::size_t>(colorIndex) % palette.size()]);
}

Comparison withShownNames(Comparison comparison)
{
    const auto show = [](VariantResult& result) {
        result.variant.name = shownText(result.variant.name, LineBreaks::Shown);
    };
    std::ranges::for_each(comparison.variants, show);
    for (ThreadPoint& point : comparison.threadSweep)
        std::ranges::for_each(point.variants, show);
    if (auto& self = comparison.selfComparison) {
        show(self->first);
        show(self->second);
    }
    return comparison;
}

} // namespace vitrine
