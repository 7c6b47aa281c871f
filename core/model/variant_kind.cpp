#include "core/model/variant_kind.h"

#include <algorithm>
#include <array>

namespace vitrine {

namespace {

using enum VariantKind;

constexpr std::array table{
    KindTraits{
        Original, "original", "original.safetensors", FileFormat::Safetensors, false, std::nullopt,
        QT_TRANSLATE_NOOP("vitrine", "The checkpoint's weights as float32, run by LibTorch C++ modules")},
    KindTraits{Scripted, "scripted", "scripted.pt", FileFormat::TorchScript, false, Original,
               QT_TRANSLATE_NOOP("vitrine", "TorchScript compiled from the checkpoint's weights")},
    KindTraits{Quantized, "quantized", "quantized.pt", FileFormat::TorchScript, true, Scripted,
               QT_TRANSLATE_NOOP("vitrine", "Dynamic int8 quantization of all Linear layers, engine %1")},
    KindTraits{MobileOptimized, "mobile-optimized", "mobile-optimized.pt", FileFormat::TorchScript, true,
               Quantized, QT_TRANSLATE_NOOP("vitrine", "The quantized variant after the mobile optimizer")},
    KindTraits{Lite, "lite", "lite.ptl", FileFormat::LiteArchive, true, MobileOptimized,
               QT_TRANSLATE_NOOP("vitrine", "The mobile-optimized variant saved for the mobile interpreter")},
};

constexpr bool isInOrder()
{
    for (std::size_t i = 0; i < table.size(); ++i)
        if (table[i].kind != static_cast<VariantKind>(i))
            return false;
    return true;
}
static_assert(isInOrder());

} // namespace

std::span<const KindTraits> kinds()
{
    return table;
}

const KindTraits& traitsOf(VariantKind kind)
{
    return table.at(static_cast<std::size_t>(kind));
}

QString kindName(VariantKind kind)
{
    return QLatin1String(traitsOf(kind).name);
}

std::optional<VariantKind> kindFromName(const QString& name)
{
    const auto found = std::ranges::find_if(
        table, [&](const KindTraits& traits) { return name == QLatin1String(traits.name); });
    return found == table.end() ? std::nullopt : std::optional(found->kind);
}

std::optional<VariantKind> kindOf(const FileIdentity& identity)
{
    if (identity.isCheckpoint())
        return Original;
    if (identity.format == FileFormat::LiteArchive)
        return Lite;
    if (identity.format != FileFormat::TorchScript)
        return std::nullopt;
    if (identity.isMobileOptimized)
        return MobileOptimized;
    return identity.isQuantized ? Quantized : Scripted;
}

} // namespace vitrine
