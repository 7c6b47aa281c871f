#pragma once

#include "core/engine/operator_profile.h"

#include <string>
#include <string_view>
#include <unordered_map>

namespace vitrine {

/// Makes a profile of what is entered and left, one inside the other. Self times add up exactly to the time
/// from start() to stop(), since each moment belongs to the innermost operator. One thread.
class OperatorAccumulator
{
public:
    using Time = std::chrono::steady_clock::time_point;

    /// Forgets what was before.
    void start(Time now);
    void enter(std::string_view name, Time now);
    /// The operator that was entered last; without one, nothing.
    void leave(Time now);
    /// Leaves what is still open. wallTime is that from start() to here.
    OperatorProfile stop(Time now);

private:
    struct Total
    {
        int calls = 0;
        std::chrono::nanoseconds selfTime{};
    };

    void advance(Time now);

    std::unordered_map<std::string, Total> m_totals; ///< Its values stay where they are.
    std::vector<Total*> m_open;                      ///< Innermost last; the first is m_outside.
    Total m_outside;
    Time m_started{};
    Time m_now{};
    std::string m_name; ///< Spares an allocation for each look-up.
};

} // namespace vitrine
