#pragma once

#include <QtGlobal>

#include <chrono>
#include <deque>

namespace vitrine {

/// How fast bytes arrive, over the last seconds.
class TransferRate
{
public:
    using Clock = std::chrono::steady_clock;

    void reset() { m_samples.clear(); }

    void add(qint64 bytesSoFar, Clock::time_point now = Clock::now())
    {
        m_samples.push_back({now, bytesSoFar});
        while (m_samples.size() > 2 && now - m_samples[1].time >= window)
            m_samples.pop_front();
    }

    /// 0 until a quarter of a second is known.
    double bytesPerSecond() const
    {
        if (m_samples.empty())
            return 0;
        const std::chrono::duration<double> time = m_samples.back().time - m_samples.front().time;
        const auto bytes = static_cast<double>(m_samples.back().bytes - m_samples.front().bytes);
        return time < least ? 0 : bytes / time.count();
    }

    static constexpr std::chrono::seconds window{4};
    static constexpr std::chrono::milliseconds least{250};

private:
    struct Sample
    {
        Clock::time_point time;
        qint64 bytes = 0;
    };
    std::deque<Sample> m_samples;
};

} // namespace vitrine
