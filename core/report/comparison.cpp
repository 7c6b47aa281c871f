#include "core/report/comparison.h"

#include <algorithm>

namespace vitrine {

namespace {

template <typename Items, typename Predicate>
auto firstWhere(const Items& items, Predicate predicate)
{
    const auto found = std::ranges::find_if(items, predicate);
    return found == items.end() ? nullptr : &*found;
}

} // namespace

const VariantResult* Comparison::baseline() const
{
    return firstWhere(variants, [](const VariantResult& variant) { return variant.enabled; });
}

const VariantResult* Comparison::variant(const QString& id) const
{
    return firstWhere(variants, [&](const VariantResult& variant) { return variant.id == id; });
}

const Prediction* Comparison::prediction(const QString& imageId, const QString& variantId) const
{
    return firstWhere(predictions, [&](const Prediction& prediction) {
        return prediction.imageId == imageId && prediction.variantId == variantId;
    });
}

} // namespace vitrine
