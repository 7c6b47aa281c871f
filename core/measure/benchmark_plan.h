#pragma once

#include <chrono>
#include <cstdint>

namespace vitrine {

/// How latency is measured: warm-up, then rounds that run every variant once in shuffled order.
struct BenchmarkPlan
{
    int rounds = 30;                           ///< At least 1.
    int warmUps = 5;                           ///< At least this many discarded forwards a variant...
    std::chrono::milliseconds warmUpTime{500}; ///< ...and at least this long.
    std::chrono::seconds budget{60};           ///< Per variant; rounds stop when it is used up.
    std::uint64_t seed = 1;                    ///< Of the order of variants in each round.
};

} // namespace vitrine
