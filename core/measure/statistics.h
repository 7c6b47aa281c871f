#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <vector>

namespace vitrine {

/// One timed pass of one variant.
struct LatencySample
{
    int round = 0;                    ///< From 0; -1 - i for the i-th warm-up pass.
    std::chrono::nanoseconds start{}; ///< Since the benchmark began: what drift is charted over.
    std::chrono::nanoseconds duration{};

    bool isWarmUp() const { return round < 0; }
    bool operator==(const LatencySample&) const = default;
};

/// In milliseconds, in the order given.
std::vector<double> durationsInMs(const std::vector<LatencySample>& samples);

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

/// Tukey's flags. They mark a sample; nothing is ever dropped for them.
enum class Outlier {
    None,
    Mild, ///< More than 1.5 x IQR outside the quartiles.
    Far,  ///< More than 3 x IQR outside the quartiles.
};

/// One flag a sample, in their order, by the quartiles (type 7) of all of them.
std::vector<Outlier> flagOutliers(std::span<const double> samples);

/// Whether warm-up is over: the last 15 samples are cut into three successive windows of 5, and the largest
/// of the three medians is at most 2 % above the smallest. With fewer samples: not yet.
bool isStable(std::span<const double> samples);

inline constexpr int stabilityWindow = 5;
inline constexpr int stabilityWindows = 3;
inline constexpr double stabilityTolerance = 0.02;

} // namespace vitrine
