#pragma once

#include <chrono>
#include <span>

namespace vitrine {

/// What a set of latency samples says. All zero when there are none.
struct LatencySummary
{
    int n = 0;
    std::chrono::nanoseconds median{};
    std::chrono::nanoseconds lowerQuartile{};
    std::chrono::nanoseconds upperQuartile{};
    std::chrono::nanoseconds minimum{};
    std::chrono::nanoseconds maximum{};
    std::chrono::nanoseconds mean{};

    std::chrono::nanoseconds interquartileRange() const { return upperQuartile - lowerQuartile; }
};

/// Quantile by linear interpolation between order statistics (Hyndman and Fan's type 7).
/// 0 <= p <= 1; `samples` need not be sorted and must not be empty.
double quantile(std::span<const double> samples, double p);

LatencySummary summarize(std::span<const std::chrono::nanoseconds> samples);

} // namespace vitrine
