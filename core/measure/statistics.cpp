#include "core/measure/statistics.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace vitrine {

namespace {

double sortedQuantile(std::span<const double> sorted, double p)
{
    const double position = p * static_cast<double>(sorted.size() - 1);
    const auto below = static_cast<std::size_t>(position);
    const std::size_t above = std::min(below + 1, sorted.size() - 1);
    return std::lerp(sorted[below], sorted[above], position - static_cast<double>(below));
}

std::chrono::nanoseconds rounded(double nanoseconds)
{
    return std::chrono::nanoseconds(std::llround(nanoseconds));
}

} // namespace

double quantile(std::span<const double> samples, double p)
{
    std::vector<double> sorted(samples.begin(), samples.end());
    std::ranges::sort(sorted);
    return sortedQuantile(sorted, p);
}

LatencySummary summarize(std::span<const std::chrono::nanoseconds> samples)
{
    if (samples.empty())
        return {};
    std::vector<double> sorted;
    sorted.reserve(samples.size());
    for (const auto sample : samples)
        sorted.push_back(static_cast<double>(sample.count()));
    std::ranges::sort(sorted);

    LatencySummary summary;
    summary.n = static_cast<int>(sorted.size());
    summary.median = rounded(sortedQuantile(sorted, 0.5));
    summary.lowerQuartile = rounded(sortedQuantile(sorted, 0.25));
    summary.upperQuartile = rounded(sortedQuantile(sorted, 0.75));
    summary.minimum = rounded(sorted.front());
    summary.maximum = rounded(sorted.back());
    summary.mean = rounded(std::accumulate(sorted.begin(), sorted.end(), 0.0) / summary.n);
    return summary;
}

} // namespace vitrine
