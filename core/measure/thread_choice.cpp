#include "core/measure/thread_choice.h"

#include "core/measure/statistics.h"
#include "core/measure/verdict.h"

#include <QThread>

#include <algorithm>
#include <bit>
#include <map>
#include <ranges>

namespace vitrine {

int fastestThreads(const std::vector<ThreadTime>& times)
{
    std::map<int, std::vector<double>> byThreads;
    for (const ThreadTime& time : times)
        byThreads[time.threads].push_back(double(time.duration.count()));
    std::map<int, double> medians;
    for (const auto& [threads, durations] : byThreads)
        medians[threads] = median(durations);
    for (const auto& [threads, duration] : medians)
        if (duration <= ratioThatMatters * std::ranges::min(medians | std::views::values))
            return threads;
    return 0;
}

std::vector<int> possibleThreadCounts()
{
    const int most = std::max(1, QThread::idealThreadCount());
    std::vector<int> counts;
    for (int threads = 1, step = 1; threads < most; threads += step) {
        counts.push_back(threads);
        if (threads >= 4 && std::has_single_bit(static_cast<unsigned>(threads)))
            step = threads / 2;
    }
    counts.push_back(most);
    return counts;
}

int mostThreads()
{
    constexpr int perProcessor = 4;
    constexpr int leastBound = 16;
    return std::max(leastBound, perProcessor * QThread::idealThreadCount());
}

} // namespace vitrine
