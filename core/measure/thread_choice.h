#pragma once

#include <chrono>
#include <vector>

namespace vitrine {

/// How long a pass took on so many threads, in the course of a calibration.
struct ThreadTime
{
    int threads = 1;
    std::chrono::nanoseconds duration{};
};

/// The fewest threads whose median is at most 2 % above the least one: what more threads do not gain is left
/// to others. 0: there are no times.
int fastestThreads(const std::vector<ThreadTime>& times);

/// 1, 2, 3, 4, then every further half (6, 8, 12...), up to what this machine can run at once.
std::vector<int> possibleThreadCounts();

/// The most threads that are worth asking for: four times what this machine can run at once, and at least 16.
/// Far more take minutes to begin, or end the process in the engine's own thread pool.
int mostThreads();

} // namespace vitrine
