#include "core/measure/precision.h"

#include "core/measure/paired_bootstrap.h"
#include "core/measure/verdict.h"

#include <algorithm>
#include <limits>

namespace vitrine {

namespace {

constexpr int resamples = 1000;

double halfWidth(const std::vector<LatencySample>& baseline, const std::vector<LatencySample>& samples,
                 std::uint64_t seed)
{
    const PairedSamples pairs = pairedByRound(baseline, samples);
    return estimateRatio(pairs.baseline, pairs.samples, seed, resamples).relativeHalfWidth();
}

} // namespace

double precisionOf(const std::vector<std::vector<LatencySample>>& rounds, std::optional<std::size_t> baseline,
                   std::uint64_t seed)
{
    constexpr std::size_t enough = roundsForVerdict;
    const auto isShort = [](const auto& samples) { return samples.size() < enough; };
    if (rounds.empty() || std::ranges::any_of(rounds, isShort))
        return std::numeric_limits<double>::infinity();
    double widest = 0;
    for (std::size_t i = 0; i < rounds.size(); ++i)
        if (!baseline || rounds.size() == 1)
            widest = std::max(widest, relativeMedianHalfWidth(durationsInMs(rounds[i]), seed, resamples));
        else if (i != *baseline)
            widest = std::max(widest, halfWidth(rounds[*baseline], rounds[i], seed));
    return widest;
}

} // namespace vitrine
