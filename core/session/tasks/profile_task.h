#pragma once

#include "core/session/run_request.h"
#include "core/session/task.h"

#include <memory>

namespace vitrine {

/// One watched forward of every variant on the first image, after some that are not.
class ProfileTask : public Task
{
public:
    /// Null: it cannot be done, which is told.
    static std::unique_ptr<Task> make(SessionState& state);

    explicit ProfileTask(RunRequest request) : m_request(std::move(request)) {}
    void run(const TaskContext& context) override;

private:
    RunRequest m_request;
};

} // namespace vitrine
