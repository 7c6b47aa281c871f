#pragma once

#include "core/compare/comparison.h"

namespace vitrine::test {

/// A comparison as a session could have it, made up and always the same: `variants` variants of one model
/// (the kinds in turn), one image named wolf.png with its predictions, 30 latency samples a variant.
Comparison sampleComparison(int variants = 5);

/// Samples around `median` milliseconds with the given spread (max - min), after a warm-up that became
/// stable, and what follows from them; no verdict.
void setSamples(VariantResult& variant, double median, double spread, int count);

/// Verdicts and ratios of all variants to the baseline.
void judge(Comparison& comparison);

/// Gives the variant logits for the current image; best class first in `classes`.
void setPrediction(Comparison& comparison, const QString& variantId, const std::vector<int>& classes);

} // namespace vitrine::test
