#include "core/compare/agreement.h"

namespace vitrine {

Agreement agreementOf(const Comparison& comparison, const VariantResult& a, const VariantResult& b)
{
    Agreement agreement;
    for (const ImageResult& image : comparison.images) {
        const Classification* ofA = a.prediction(image);
        const Classification* ofB = b.prediction(image);
        if (!ofA || !ofB || ofA->top.empty() || ofB->top.empty())
            continue;
        ++agreement.common;
        agreement.same += ofA->top.front().index == ofB->top.front().index ? 1 : 0;
    }
    return agreement;
}

} // namespace vitrine
