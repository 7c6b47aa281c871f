#pragma once

#include "core/compare/comparison.h"

namespace vitrine {

/// On how many images two variants name the same class first.
struct Agreement
{
    int same = 0;
    int common = 0; ///< Images that both have classified.
};

Agreement agreementOf(const Comparison& comparison, const VariantResult& a, const VariantResult& b);

} // namespace vitrine
