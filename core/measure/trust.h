#pragma once

#include "core/measure/statistics.h"

#include <QString>

#include <optional>

namespace vitrine {

/// How far a variant's samples scatter: IQR / median up to 10 % is good, up to 25 % noisy, else unreliable.
enum class TrustBadge { Good, Noisy, Unreliable };

/// None: fewer samples than quartiles can be read from (samplesForBadge).
std::optional<TrustBadge> badgeOf(const LatencySummary& latency);
inline constexpr int samplesForBadge = 10;

/// "good", "noisy", "unreliable": in files.
QString badgeName(TrustBadge badge);
/// The same in the user's language.
QString badgeText(TrustBadge badge);

/// Whether latency changed in the course of a benchmark.
struct Drift
{
    double change = 0;          ///< Median of the last third of the samples over that of the first, less 1.
    bool isBeyondNoise = false; ///< More than 2 %, and more than three standard errors.
};

/// `samples` in the order of time; errors by standardErrorOfMedian(). None: fewer than 30 samples.
std::optional<Drift> driftOf(std::span<const double> samples);
inline constexpr int samplesForDrift = 30;

} // namespace vitrine
