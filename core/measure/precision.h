#pragma once

#include "core/measure/latency_sample.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace vitrine {

/// How well a running benchmark is known: the largest relative half-width of the 95 % intervals of all ratios
/// to the baseline, which is a position in `rounds`; with a single subject or without a baseline, of the
/// medians. Infinite while there is nothing to judge by: no subject, or one with fewer than roundsForVerdict
/// rounds. `rounds` are those of the subjects that still run. A quick look: 1,000 resamples.
double precisionOf(const std::vector<std::vector<LatencySample>>& rounds, std::optional<std::size_t> baseline,
                   std::uint64_t seed);

} // namespace vitrine
