#pragma once

#include <span>

namespace vitrine {

/// Whether warm-up is over: the last 15 samples are cut into three successive windows of 5, and the largest
/// of the three medians is at most 2 % above the smallest. With fewer samples: not yet.
bool isStable(std::span<const double> samples);

inline constexpr int stabilityWindow = 5;
inline constexpr int stabilityWindows = 3;
inline constexpr double stabilityTolerance = 0.02;

} // namespace vitrine
