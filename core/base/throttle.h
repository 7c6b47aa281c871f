#pragma once

#include <algorithm>
#include <chrono>

namespace vitrine {

/// Says whether it is time for the next report: at most 20 times a second.
class Throttle
{
public:
    bool isDue()
    {
        const auto now = std::chrono::steady_clock::now();
        if (now < m_next)
            return false;
        m_next = now + interval;
        return true;
    }

    /// The next one is not due for so long, and for the interval at least.
    void rest(std::chrono::nanoseconds time)
    {
        m_next = std::chrono::steady_clock::now() + std::max<std::chrono::nanoseconds>(interval, time);
    }

    static constexpr std::chrono::milliseconds interval{50};

private:
    std::chrono::steady_clock::time_point m_next{};
};

} // namespace vitrine
