#pragma once

#include "core/session/run_request.h"
#include "core/session/task.h"

#include <memory>

namespace vitrine {

/// Tries a variant on numbers of threads, and sets the session to the fastest (see fastestThreads()).
class CalibrateTask : public Task
{
public:
    /// For the baseline. Null: it cannot be done, which is told.
    static std::unique_ptr<Task> make(SessionState& state, const std::vector<int>& threads);

    CalibrateTask(RunRequest request, std::size_t subject, std::vector<int> threads)
        : m_request(std::move(request)), m_subject(subject), m_threads(std::move(threads))
    {
    }
    void run(const TaskContext& context) override;

private:
    RunRequest m_request;
    std::size_t m_subject;
    std::vector<int> m_threads;
};

} // namespace vitrine
