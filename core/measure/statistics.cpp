#include "core/measure/statistics.h"

#include "core/base/units.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace vitrine {

namespace {

using std::chrono::nanoseconds;

double sortedQuantile(std::span<const double> sorted, double p)
{
    const double position = p * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(position);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    return std::lerp(sorted[below], sorted[above], position - static_cast<double>(below));
}

nanoseconds rounded(double duration)
{
    return nanoseconds(std::llround(duration));
}

Outlier outlierOf(double sample, double lowerQuartile, double upperQuartile)
{
    const double range = upperQuartile - lowerQuartile;
    const double outside = std::max(lowerQuartile - sample, sample - upperQuartile);
    if (outside > 3 * range)
        return Outlier::Far;
    return outside > 1.5 * range ? Outlier::Mild : Outlier::None;
}

/// Of at least one sample.
LatencySummary summarizeSorted(std::span<const double> sorted)
{
    const double lower = sortedQuantile(sorted, 0.25);
    const double upper = sortedQuantile(sorted, 0.75);
    const int n = static_cast<int>(sorted.size());
    const auto percentile = [&](double p, int samplesNeeded) {
        return n < samplesNeeded ? std::nullopt : std::optional(rounded(sortedQuantile(sorted, p)));
    };
    LatencySummary summary{.n = n,
                           .median = rounded(sortedQuantile(sorted, 0.5)),
                           .lowerQuartile = rounded(lower),
                           .upperQuartile = rounded(upper),
                           .minimum = rounded(sorted.front()),
                           .maximum = rounded(sorted.back()),
                           .mean = rounded(std::accumulate(sorted.begin(), sorted.end(), 0.0) / n),
                           .medianDeviation = rounded(medianAbsoluteDeviation(sorted)),
                           .p90 = percentile(0.90, samplesForP90),
                           .p99 = percentile(0.99, samplesForP99)};
    for (const double sample : sorted) {
        const Outlier flag = outlierOf(sample, lower, upper);
        summary.outliers += flag != Outlier::None ? 1 : 0;
        summary.farOutliers += flag == Outlier::Far ? 1 : 0;
    }
    return summary;
}

} // namespace

std::vector<double> durationsInMs(const std::vector<LatencySample>& samples)
{
    std::vector<double> durations(samples.size());
    std::ranges::transform(samples, durations.begin(), milliseconds, &LatencySample::duration);
    return durations;
}

double quantile(std::span<const double> samples, double p)
{
    std::vector<double> sorted(samples.begin(), samples.end());
    std::ranges::sort(sorted);
    return sortedQuantile(sorted, p);
}

double median(std::span<const double> samples)
{
    return quantile(samples, 0.5);
}

double medianAbsoluteDeviation(std::span<const double> samples)
{
    const double middle = median(samples);
    std::vector<double> distances(samples.size());
    std::ranges::transform(samples, distances.begin(),
                           [&](double sample) { return std::abs(sample - middle); });
    return median(distances);
}

double standardErrorOfMedian(double medianDeviation, int n)
{
    constexpr double ofNormalMedian = 1.2533;
    constexpr double deviationsToSigma = 1.4826;
    return ofNormalMedian * deviationsToSigma * medianDeviation / std::sqrt(n);
}

LatencySummary summarize(std::span<const nanoseconds> samples)
{
    if (samples.empty())
        return {};
    std::vector<double> sorted(samples.size());
    std::ranges::transform(samples, sorted.begin(),
                           [](nanoseconds sample) { return double(sample.count()); });
    std::ranges::sort(sorted);
    return summarizeSorted(sorted);
}

LatencySummary summarize(const std::vector<LatencySample>& samples)
{
    std::vector<nanoseconds> durations(samples.size());
    std::ranges::transform(samples, durations.begin(), &LatencySample::duration);
    return summarize(std::span<const nanoseconds>(durations));
}

std::vector<Outlier> flagOutliers(std::span<const double> samples)
{
    if (samples.empty())
        return {};
    const double lower = quantile(samples, 0.25);
    const double upper = quantile(samples, 0.75);
    std::vector<Outlier> flags(samples.size());
    std::ranges::transform(samples, flags.begin(),
                           [&](double sample) { return outlierOf(sample, lower, upper); });
    return flags;
}

bool isStable(std::span<const double> samples)
{
    constexpr std::size_t window = stabilityWindow;
    constexpr std::size_t needed = window * stabilityWindows;
    if (samples.size() < needed)
        return false;
    const auto last = samples.last(needed);
    std::array<double, stabilityWindows> medians{};
    for (std::size_t i = 0; i < medians.size(); ++i)
        medians[i] = median(last.subspan(i * window, window));
    const auto [smallest, largest] = std::ranges::minmax(medians);
    return largest <= (1 + stabilityTolerance) * smallest;
}

} // namespace vitrine
