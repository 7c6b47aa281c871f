#pragma once

#include "core/base/throttle.h"
#include "core/session/input_cache.h"
#include "core/session/mailbox.h"
#include "core/session/model_store.h"
#include "core/session/session_jobs.h"

namespace vitrine {

/// Does the work, on the thread that it is moved to; owns the engines and the models, which live and die
/// there. One job at a time; each ends with JobEnded.
class SessionWorker : public Mailbox<WorkerLetter>
{
public:
    /// `tell` is called on the worker's thread.
    SessionWorker(EngineRegistry engines, std::function<void(WorkerReport)> tell);

protected:
    void receive(WorkerLetter letter) override;

private:
    void handle(const Job& job);
    void handle(const UnloadModel& letter);
    void work(const AddJob& job, const JobContext& context);
    void work(const BuildJob& job, const JobContext& context);
    void work(const DescribeJob& job, const JobContext& context);
    void work(const RunJob& job, const JobContext& context);
    void tell(Fact fact);
    void show(Fact fact, const std::stop_token& stop);

    std::function<void(WorkerReport)> m_tell;
    quint64 m_jobId = 0;
    Throttle m_progress;
    InputCache m_inputs;
    ModelStore m_models;
};

} // namespace vitrine
