#pragma once

#include "core/measure/latency_sample.h"

#include <cstdint>
#include <vector>

namespace vitrine {

/// How well a running benchmark is known: the largest relative half-width of the 95 % intervals of all ratios
/// to the baseline (with a single subject: of its median). Subjects without a round in common with the
/// baseline do not count. A quick look: 1,000 resamples.
double precisionOf(const std::vector<std::vector<LatencySample>>& rounds, std::size_t baseline,
                   std::uint64_t seed);

} // namespace vitrine
