#include "core/measure/paired_bootstrap.h"

#include "core/base/units.h"
#include "core/measure/random.h"
#include "core/measure/statistics.h"
#include "core/measure/verdict.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace vitrine {

namespace {

/// Samples in ascending order, which remember where they stood: the median of any resample is then found by
/// walking over how often each was drawn.
class RankedSamples
{
public:
    explicit RankedSamples(std::span<const double> samples) : m_positions(samples.size())
    {
        std::iota(m_positions.begin(), m_positions.end(), 0U);
        std::ranges::stable_sort(m_positions, {}, [&](std::uint32_t i) { return samples[i]; });
        for (const std::uint32_t position : m_positions)
            m_sorted.push_back(samples[position]);
    }

    double medianOf(const std::vector<std::uint32_t>& timesDrawn) const
    {
        const std::size_t n = m_sorted.size();
        std::size_t rank = 0;
        std::size_t seen = timesDrawn[m_positions[0]];
        const auto walkTo = [&](std::size_t drawn) {
            while (seen <= drawn)
                seen += timesDrawn[m_positions[++rank]];
            return m_sorted[rank];
        };
        const double lower = walkTo((n - 1) / 2);
        return n % 2 == 1 ? lower : (lower + walkTo(n / 2)) / 2;
    }

private:
    std::vector<std::uint32_t> m_positions; ///< By rank.
    std::vector<double> m_sorted;
};

void draw(std::vector<std::uint32_t>& timesDrawn, Random& random)
{
    const auto n = static_cast<std::uint32_t>(timesDrawn.size());
    std::ranges::fill(timesDrawn, 0U);
    for (std::uint32_t i = 0; i < n; ++i)
        ++timesDrawn[random.below(n)];
}

double standardDeviation(const std::vector<double>& values)
{
    const double count = static_cast<double>(values.size());
    const double mean = std::accumulate(values.begin(), values.end(), 0.0) / count;
    double sum = 0;
    for (const double value : values)
        sum += (value - mean) * (value - mean);
    return values.size() < 2 ? 0 : std::sqrt(sum / (count - 1));
}

/// Of log(statistic) over resamples of n rounds.
template <typename Statistic>
double standardError(std::size_t n, std::uint64_t seed, int resamples, const Statistic& statistic)
{
    Random random(seed);
    std::vector<std::uint32_t> timesDrawn(n);
    std::vector<double> logarithms;
    logarithms.reserve(static_cast<std::size_t>(resamples));
    for (int i = 0; i < resamples; ++i) {
        draw(timesDrawn, random);
        logarithms.push_back(std::log(statistic(timesDrawn)));
    }
    return standardDeviation(logarithms);
}

} // namespace

PairedSamples pairedByRound(const std::vector<LatencySample>& baseline,
                            const std::vector<LatencySample>& samples)
{
    PairedSamples pairs;
    auto mine = samples.begin();
    for (const LatencySample& other : baseline) {
        mine = std::find_if(mine, samples.end(),
                            [&](const auto& sample) { return sample.round >= other.round; });
        if (mine != samples.end() && mine->round == other.round) {
            pairs.baseline.push_back(milliseconds(other.duration));
            pairs.samples.push_back(milliseconds(mine->duration));
        }
    }
    return pairs;
}

int affordableResamples(std::size_t rounds, int wanted)
{
    constexpr std::size_t draws = 20'000'000;
    const auto affordable = static_cast<int>(draws / std::max(rounds, std::size_t{1}));
    return std::min(wanted, std::max(affordable, 200));
}

RatioEstimate estimateRatio(std::span<const double> baseline, std::span<const double> samples,
                            std::uint64_t seed, int resamples)
{
    const RankedSamples others(baseline);
    const RankedSamples ours(samples);
    const double error = standardError(baseline.size(), seed, resamples, [&](const auto& timesDrawn) {
        return ours.medianOf(timesDrawn) / others.medianOf(timesDrawn);
    });
    const double ratio = median(samples) / median(baseline);
    const double factor = std::exp(normalQuantile975 * error);
    return {ratio, {ratio / factor, ratio * factor}, static_cast<int>(baseline.size())};
}

double relativeMedianHalfWidth(std::span<const double> samples, std::uint64_t seed, int resamples)
{
    const RankedSamples ranked(samples);
    const double error = standardError(samples.size(), seed, resamples,
                                       [&](const auto& timesDrawn) { return ranked.medianOf(timesDrawn); });
    return std::sinh(normalQuantile975 * error);
}

double precisionOf(const std::vector<std::vector<LatencySample>>& rounds, std::optional<std::size_t> baseline,
                   std::uint64_t seed)
{
    constexpr int resamples = 1000;
    const auto isShort = [](const auto& samples) { return samples.size() < roundsForVerdict; };
    if (rounds.empty() || std::ranges::any_of(rounds, isShort))
        return std::numeric_limits<double>::infinity();
    double widest = 0;
    for (std::size_t i = 0; i < rounds.size(); ++i)
        if (!baseline || rounds.size() == 1) {
            widest = std::max(widest, relativeMedianHalfWidth(durationsInMs(rounds[i]), seed, resamples));
        } else if (i != *baseline) {
            const auto [others, ours] = pairedByRound(rounds[*baseline], rounds[i]);
            widest = std::max(widest, estimateRatio(others, ours, seed, resamples).relativeHalfWidth());
        }
    return widest;
}

} // namespace vitrine
