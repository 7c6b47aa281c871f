#include "core/engine/operator_accumulator.h"

#include <algorithm>

namespace vitrine {

void OperatorAccumulator::start(Time now)
{
    m_totals.clear();
    m_outside = {};
    m_open = {&m_outside};
    m_started = now;
    m_now = now;
}

void OperatorAccumulator::advance(Time now)
{
    m_open.back()->selfTime += now - m_now;
    m_now = now;
}

void OperatorAccumulator::enter(std::string_view name, Time now)
{
    if (m_open.empty())
        return;
    advance(now);
    m_name = name;
    Total& total = m_totals[m_name];
    ++total.calls;
    m_open.push_back(&total);
}

void OperatorAccumulator::leave(Time now)
{
    if (m_open.size() < 2)
        return;
    advance(now);
    m_open.pop_back();
}

OperatorProfile OperatorAccumulator::stop(Time now)
{
    if (m_open.empty())
        return {};
    advance(now);
    m_open.clear();
    OperatorProfile profile;
    for (const auto& [name, total] : m_totals)
        profile.operators.push_back({QString::fromStdString(name), total.calls, total.selfTime});
    std::ranges::sort(profile.operators, [](const OperatorTime& a, const OperatorTime& b) {
        return a.selfTime == b.selfTime ? a.name < b.name : a.selfTime > b.selfTime;
    });
    profile.outside = m_outside.selfTime;
    profile.wallTime = now - m_started;
    return profile;
}

} // namespace vitrine
