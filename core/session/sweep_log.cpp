#include "core/session/sweep_log.h"

#include <utility>

namespace vitrine {

void SweepLog::begin(const std::vector<int>& threads)
{
    m_facts = SweepFacts{threads, threads, true, false};
    m_job.reset();
    m_waiting = threads.size();
}

void SweepLog::endBenchmark(bool isMeasured)
{
    if (m_facts && m_job && isMeasured)
        std::erase(m_facts->unmeasured, *m_job);
}

void SweepLog::endJob()
{
    if (!m_facts || !std::exchange(m_job, std::nullopt))
        return;
    m_waiting -= m_waiting > 0 ? 1 : 0;
    m_facts->isRunning = m_waiting > 0;
}

void SweepLog::clear()
{
    *this = {};
}

void SweepLog::cancel()
{
    if (!m_facts || !m_facts->isRunning)
        return;
    m_facts->isCancelled = true;
    m_waiting = m_job ? 1 : 0;
    m_facts->isRunning = m_job.has_value();
}

} // namespace vitrine
