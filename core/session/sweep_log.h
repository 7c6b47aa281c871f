#pragma once

#include "core/compare/comparison.h"

#include <optional>
#include <vector>

namespace vitrine {

/// Follows a sweep, which is one job for each number of threads.
class SweepLog
{
public:
    void begin(const std::vector<int>& threads);
    void beginJob(int threads) { m_job = threads; }
    /// The running job's benchmark is over; `isMeasured`: it has samples.
    void endBenchmark(bool isMeasured);
    /// Any job has ended; those of others change nothing.
    void endJob();
    void cancel(); ///< The jobs that have not begun will not.
    void clear();

    const std::optional<SweepFacts>& facts() const { return m_facts; }

private:
    std::optional<SweepFacts> m_facts;
    std::optional<int> m_job; ///< Its number of threads; none: none of the sweep's is running.
    std::size_t m_waiting = 0;
};

} // namespace vitrine
