#pragma once

#include "core/session/run_request.h"
#include "core/session/task.h"

#include <memory>

namespace vitrine {

/// Finds out what variants say about images, where it is not known.
class ClassifyTask : public Task
{
public:
    static std::unique_ptr<Task> make(const SessionState& state);

    explicit ClassifyTask(RunRequest request) : m_request(std::move(request)) {}
    void run(const TaskContext& context) override;

private:
    RunRequest m_request;
};

} // namespace vitrine
