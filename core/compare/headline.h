#pragma once

#include "core/compare/comparison.h"

#include <QString>

namespace vitrine {

/// The comparison in one sentence: the fastest other enabled variant (the smallest one, when latency is not
/// known) against the baseline.
///
/// "lite is 1.43× faster than original (1.38 to 1.49) and 3.6× smaller; same top-1 on 1 of 1 image."
///
/// A ratio of latencies, with its 95 % interval, is only stated when the verdict is faster or slower. A
/// single variant is described by itself; nothing gives "".
QString headline(const Comparison& comparison);

/// How a variant stands to the baseline: "1.43× faster (1.38 to 1.49)", "indistinguishable (0.98 to 1.01)",
/// "baseline"; empty where it was not measured. In short without the interval.
QString verdictPhrase(const VariantResult& variant, bool inShort = false);

/// What measuring a variant against itself came to; empty when that was not done. Says so when it was under
/// other circumstances than the latencies beside it.
///
/// "original against itself in 34 rounds (good): indistinguishable (0.99 to 1.01). A ratio within 1.3 % of 1
/// is noise here."
QString noiseSentence(const Comparison& comparison);

/// "Timed: forward pass only. Ended: precise enough: within 2 %."
QString benchmarkText(const BenchmarkFacts& facts);

} // namespace vitrine
