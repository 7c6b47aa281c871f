#pragma once

#include "core/base/throttle.h"
#include "core/image/input_cache.h"
#include "core/session/mailbox.h"
#include "core/session/model_store.h"
#include "core/session/task.h"

#include <future>
#include <memory>

namespace vitrine {

/// What comes back from the worker.
struct WorkerReport
{
    quint64 jobId = 0;
    Edit edit = {}; ///< May be empty.
    std::optional<Progress> progress = {};
    bool isLast = false;            ///< The job has ended.
    bool concernsTheWorker = false; ///< Holds though the job may be stale.
    /// If set: kept when what follows from the edit is painted.
    std::shared_ptr<std::promise<void>> shown = {};
};

/// Runs tasks, one after the other, on the thread that it is moved to; owns the engines and the models, which
/// live and die there.
class SessionWorker : private Mailbox<std::function<void()>>
{
public:
    /// `pictures` must outlive this; `tell` is called on the worker's thread.
    SessionWorker(EngineRegistry engines, ImageCache& pictures, std::function<void(WorkerReport)> tell);

    // Any thread:
    /// Without a task the job ends at once.
    void perform(quint64 jobId, Task task, std::stop_token stop);
    void setHost(const HostSettings& settings);
    void unload(const QString& variantId); ///< Frees the memory of a variant that was removed.

    QObject& object() { return *this; }

protected:
    void receive(std::function<void()> letter) override { letter(); }

private:
    void run(quint64 jobId, const Task& task, const std::stop_token& stop);
    void show(Edit edit, const std::stop_token& stop);

    std::function<void(WorkerReport)> m_tell;
    quint64 m_jobId = 0;
    Throttle m_progress;
    ImageCache& m_pictures;
    InputCache m_inputs;
    ModelStore m_models;
};

} // namespace vitrine
