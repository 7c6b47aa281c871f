#pragma once

#include "core/measure/statistics.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace vitrine {

struct Interval
{
    double low = 0;
    double high = 0;

    bool contains(double value) const { return low <= value && value <= high; }
    bool operator==(const Interval&) const = default;
};

/// A ratio of two medians, and how well it is known.
struct RatioEstimate
{
    double ratio = 1; ///< median(samples) / median(baseline): below 1 is faster.
    Interval ci95;    ///< 95 % confidence interval; always contains `ratio`.
    int rounds = 0;   ///< Pairs that it rests on.

    /// Half the interval's width as a share of the ratio: 0.02 is "known to 2 %".
    double relativeHalfWidth() const { return (ci95.high - ci95.low) / (2 * ratio); }
    bool operator==(const RatioEstimate&) const = default;
};

/// Two lists whose values at the same position were measured in the same round.
struct PairedSamples
{
    std::vector<double> baseline; ///< ms
    std::vector<double> samples;  ///< ms
};

/// The rounds in which both were measured, in order. Both lists are in order of rounds.
PairedSamples pairedByRound(const std::vector<LatencySample>& baseline,
                            const std::vector<LatencySample>& samples);

inline constexpr int bootstrapResamples = 10'000;
/// `wanted` up to 2,000 rounds (for bootstrapResamples); fewer for more, so that the time stays bounded. The
/// interval of so many rounds is narrow, and a standard error of 200 resamples is known to 5 %.
int affordableResamples(std::size_t rounds, int wanted);

/// Estimates median(samples) / median(baseline) by a paired bootstrap over rounds: each resample draws whole
/// rounds with replacement, so that drift which hits all variants alike stays common to both medians.
///
/// The interval is the normal one on the logarithm of the ratio: ratio * exp(+-1.96 s), s being the standard
/// deviation of the resampled log-ratios (Efron and Tibshirani 1993, chapters 6 and 13). The resampled median
/// can only be one of few values, which makes quantiles of the resamples jumpy, but hardly s. Simulated with
/// 30 and 100 rounds it covers the true ratio in 94-96 %, after a sudden step of the whole machine in up to
/// 99 %; how other intervals fare stands in DEVELOPMENT.md.
///
/// Deterministic by `seed`. Time grows with rounds x resamples: 1,000 rounds take some 60 ms. The spans have
/// the same size, at least 1; values are above 0.
RatioEstimate estimateRatio(std::span<const double> baseline, std::span<const double> samples,
                            std::uint64_t seed, int resamples = bootstrapResamples);

/// How well the median of one list is known: half of its 95 % interval (as above) as a share of it.
double relativeMedianHalfWidth(std::span<const double> samples, std::uint64_t seed, int resamples);

/// How well a running benchmark is known: the largest relative half-width of the 95 % intervals of all ratios
/// to the baseline, which is a position in `rounds`; with a single subject or without a baseline, of the
/// medians. Infinite while there is nothing to judge by: no subject, or one with fewer than roundsForVerdict
/// rounds. `rounds` are those of the subjects that still run. A quick look: 1,000 resamples.
double precisionOf(const std::vector<std::vector<LatencySample>>& rounds, std::optional<std::size_t> baseline,
                   std::uint64_t seed);

} // namespace vitrine
