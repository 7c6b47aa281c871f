#pragma once

#include "core/measure/paired_bootstrap.h"

#include <QString>

namespace vitrine {

/// What may be said about a variant's latency against the baseline's.
enum class Verdict {
    Unmeasured, ///< One of the two has no samples.
    Baseline,
    Faster,
    Slower,
    Indistinguishable,
    TooFewSamples, ///< Fewer than roundsForVerdict rounds in common.
};

/// With fewer rounds the interval is not to be relied on, and nothing is called.
inline constexpr int roundsForVerdict = 10;
/// A smaller difference is not called, however sure it is: 2 %.
inline constexpr double ratioThatMatters = 1.02;

/// A difference is only called if the interval excludes 1 and the ratio is more than 2 % off (in either
/// direction: above 1.02 or below 1 / 1.02).
Verdict verdictOf(const RatioEstimate& estimate);

/// "baseline", "faster", "slower", "indistinguishable", "too few samples"; empty: unmeasured. In files.
QString verdictName(Verdict verdict);
/// The same in the user's language.
QString verdictText(Verdict verdict);

} // namespace vitrine
