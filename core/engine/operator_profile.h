#pragma once

#include <QString>

#include <chrono>
#include <vector>

namespace vitrine {

/// What one operator took in one forward.
struct OperatorTime
{
    QString name; ///< "aten::addmm"
    int calls = 0;
    std::chrono::nanoseconds selfTime{}; ///< In it, without what it called.

    bool operator==(const OperatorTime&) const = default;
};

/// Where the time of one forward went. Watching costs some, so this is no latency. All times are of one
/// clock (steady_clock) on the thread that ran the forward; what other threads did meanwhile counts for
/// the operator that waited for them.
struct OperatorProfile
{
    std::vector<OperatorTime> operators; ///< Longest self time first.
    std::chrono::nanoseconds outside{};  ///< Under no operator: the interpreter, and the watching.
    std::chrono::nanoseconds wallTime{}; ///< Of that forward, around all of it.

    /// Of all operators: what PyTorch's profiler calls self_cpu_time_total.
    std::chrono::nanoseconds selfTotal() const
    {
        std::chrono::nanoseconds total{};
        for (const OperatorTime& each : operators)
            total += each.selfTime;
        return total;
    }
};

} // namespace vitrine
