#include "core/measure/precision.h"

#include "core/measure/paired_bootstrap.h"

#include <algorithm>

namespace vitrine {

double precisionOf(const std::vector<std::vector<LatencySample>>& rounds, std::size_t baseline,
                   std::uint64_t seed)
{
    constexpr int resamples = 1000;
    double widest = 0;
    int ratios = 0;
    for (std::size_t i = 0; i < rounds.size(); ++i) {
        const PairedSamples pairs = pairedByRound(rounds[baseline], rounds[i]);
        if (i == baseline || pairs.samples.empty())
            continue;
        ++ratios;
        const RatioEstimate estimate = estimateRatio(pairs.baseline, pairs.samples, seed, resamples);
        widest = std::max(widest, estimate.relativeHalfWidth());
    }
    if (ratios == 0 && !rounds[baseline].empty())
        return relativeMedianHalfWidth(durationsInMs(rounds[baseline]), seed, resamples);
    return widest;
}

} // namespace vitrine
