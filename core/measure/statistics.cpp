#include "core/measure/statistics.h"

#include "core/base/units.h"
#include "core/measure/outliers.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace vitrine {

namespace {

using std::chrono::nanoseconds;

std::vector<double> sortedCopy(std::span<const double> samples)
{
    std::vector<double> sorted(samples.begin(), samples.end());
    std::ranges::sort(sorted);
    return sorted;
}

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

std::optional<nanoseconds> percentile(std::span<const double> sorted, double p, int samplesNeeded)
{
    if (std::ssize(sorted) < samplesNeeded)
        return std::nullopt;
    return rounded(sortedQuantile(sorted, p));
}

LatencySummary summarizeSorted(std::span<const double> sorted)
{
    LatencySummary summary;
    const double lower = sortedQuantile(sorted, 0.25);
    const double upper = sortedQuantile(sorted, 0.75);
    summary.n = static_cast<int>(sorted.size());
    summary.median = rounded(sortedQuantile(sorted, 0.5));
    summary.lowerQuartile = rounded(lower);
    summary.upperQuartile = rounded(upper);
    summary.minimum = rounded(sorted.front());
    summary.maximum = rounded(sorted.back());
    summary.mean = rounded(std::accumulate(sorted.begin(), sorted.end(), 0.0) / summary.n);
    summary.medianDeviation = rounded(medianAbsoluteDeviation(sorted));
    summary.p90 = percentile(sorted, 0.90, samplesForP90);
    summary.p99 = percentile(sorted, 0.99, samplesForP99);
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
    std::vector<double> durations;
    durations.reserve(samples.size());
    for (const LatencySample& sample : samples)
        durations.push_back(milliseconds(sample.duration));
    return durations;
}

double quantile(std::span<const double> samples, double p)
{
    return sortedQuantile(sortedCopy(samples), p);
}

double median(std::span<const double> samples)
{
    return quantile(samples, 0.5);
}

double medianAbsoluteDeviation(std::span<const double> samples)
{
    const double middle = median(samples);
    std::vector<double> distances;
    distances.reserve(samples.size());
    for (const double sample : samples)
        distances.push_back(std::abs(sample - middle));
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
    std::vector<double> sorted;
    sorted.reserve(samples.size());
    for (const auto sample : samples)
        sorted.push_back(static_cast<double>(sample.count()));
    std::ranges::sort(sorted);
    return summarizeSorted(sorted);
}

LatencySummary summarize(const std::vector<LatencySample>& samples)
{
    std::vector<nanoseconds> durations;
    durations.reserve(samples.size());
    for (const LatencySample& sample : samples)
        durations.push_back(sample.duration);
    return summarize(std::span<const nanoseconds>(durations));
}

} // namespace vitrine
