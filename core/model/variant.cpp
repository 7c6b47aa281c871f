#include "core/model/variant.h"

#include "core/tr.h"

#include <array>

namespace vitrine {

namespace {

constexpr std::array<const char*, std::size(allVariantKinds)> kindNames{"original", "scripted", "quantized",
                                                                        "mobile-optimized", "lite"};

} // namespace

QString kindName(VariantKind kind)
{
    return QLatin1String(kindNames.at(std::size_t(kind)));
}

std::optional<VariantKind> kindFromName(const QString& name)
{
    for (const VariantKind kind : allVariantKinds)
        if (name == kindName(kind))
            return kind;
    return std::nullopt;
}

QString labelFor(const Labels& labels, int index)
{
    const QString label = labels.value(index);
    return label.isEmpty() ? tr("class %1").arg(index) : label;
}

} // namespace vitrine
