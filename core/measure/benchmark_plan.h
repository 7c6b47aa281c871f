#pragma once

#include <chrono>
#include <cstdint>

namespace vitrine {

/// How latency is measured: warm-up, then rounds that run every variant once in shuffled order.
struct BenchmarkPlan
{
    int rounds = 30;                           ///< At least 1.
    int warmUps = 5;                           ///< At least this many discarded forwards a variant...
    std::chrono::milliseconds warmUpTime{500}; ///< ...and at least this long, but at most maxWarmUps.
    std::chrono::seconds budget{60};           ///< Of forwards per variant, warm-up included; no round starts
                                               ///< when a variant has used it up. One is always run.
    std::uint64_t seed = 1;                    ///< Of the order of variants in each round.
    /// After the rounds, also the phases (see PhaseTimes), and in a fresh process for each variant its cold
    /// start and peak memory.
    bool probe = true;

    static constexpr int maxWarmUps = 1000;
};

} // namespace vitrine
