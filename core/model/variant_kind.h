#pragma once

#include "core/checkpoint/identify.h"

#include <QString>

#include <optional>
#include <ranges>
#include <span>

namespace vitrine {

/// The forms of a model, in the order in which they are made and shown.
enum class VariantKind { Original, Scripted, Quantized, MobileOptimized, Lite };

/// What is to be known of a kind of variant; all of it stands in one table (variant_kind.cpp).
struct KindTraits
{
    VariantKind kind;
    const char* name;     ///< In files, options and the window: "mobile-optimized".
    const char* fileName; ///< In a variant set: "lite.ptl".
    FileFormat format;    ///< What it is stored as in a variant set.
    bool isInt8;          ///< Linear layers are int8; else fp32.
    /// The kind that it is built from; none: the checkpoint itself.
    std::optional<VariantKind> builtFrom;
    const char* madeBy; ///< How it is made, one sentence, not translated yet.
};

/// In the order of VariantKind.
std::span<const KindTraits> kinds();
const KindTraits& traitsOf(VariantKind kind);

/// All of them, in order.
inline auto allKinds()
{
    return kinds() | std::views::transform(&KindTraits::kind);
}

QString kindName(VariantKind kind);
std::optional<VariantKind> kindFromName(const QString& name);
/// What a file of this identity is run as: a checkpoint as the original, archives by their marks. None: it
/// cannot be run by itself.
std::optional<VariantKind> kindOf(const FileIdentity& identity);

} // namespace vitrine
