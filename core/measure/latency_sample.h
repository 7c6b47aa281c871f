#pragma once

#include <chrono>
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

} // namespace vitrine
