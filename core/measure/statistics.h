#pragma once

#include "core/measure/latency_sample.h"

#include <chrono>
#include <optional>
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
    std::chrono::nanoseconds medianDeviation{};  ///< Median absolute deviation from the median, not scaled.
    std::optional<std::chrono::nanoseconds> p90; ///< None: n is too small (samplesForP90).
    std::optional<std::chrono::nanoseconds> p99; ///< None: n is too small (samplesForP99).
    int outliers = 0;    ///< Beyond 1.5 x IQR, those beyond 3 included. Flagged, never dropped.
    int farOutliers = 0; ///< Beyond 3 x IQR.

    std::chrono::nanoseconds interquartileRange() const { return upperQuartile - lowerQuartile; }
    bool operator==(const LatencySummary&) const = default;
};

/// A percentile that fewer samples carry is not stated: the floors of MLPerf LoadGen's early stopping.
inline constexpr int samplesForP90 = 64;
inline constexpr int samplesForP99 = 662;

/// Quantile by linear interpolation between order statistics (Hyndman and Fan's type 7, the default of R
/// and NumPy). 0 <= p <= 1; `samples` need not be sorted and must not be empty.
double quantile(std::span<const double> samples, double p);
double median(std::span<const double> samples);
/// The median of the distances from the median (MAD), not scaled to a standard deviation.
double medianAbsoluteDeviation(std::span<const double> samples);

/// Of the median of `n` samples that have this MAD: 1.2533 * 1.4826 * MAD / sqrt(n), that of a normal
/// distribution; in the unit of the MAD. n is at least 1.
double standardErrorOfMedian(double medianDeviation, int n);
/// So many standard errors to either side of an estimate are its 95 % interval.
inline constexpr double normalQuantile975 = 1.959963984540054;

LatencySummary summarize(std::span<const std::chrono::nanoseconds> samples);
LatencySummary summarize(const std::vector<LatencySample>& samples);

} // namespace vitrine
