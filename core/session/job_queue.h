#pragma once

#include "core/session/mailbox.h"
#include "core/session/session_jobs.h"

#include <QThread>
#include <QTimer>

#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <stop_token>

namespace vitrine {

class SessionWorker;

/// Jobs in order on one worker thread. Lives on the session's thread, and calls back on it. Destruction
/// stops the running job and waits for it.
class JobQueue : private Mailbox<WorkerReport>
{
public:
    struct Listener
    {
        std::function<void(const Fact&)> fact;
        std::function<void(bool)> busyChanged;
    };
    JobQueue(EngineRegistry engines, Listener listener);
    ~JobQueue() override;

    /// `prepare` is called when the job's turn has come, and makes it from what is known then.
    /// Gives the job's number.
    quint64 add(std::function<JobWork()> prepare);
    /// The running job is asked to stop; the waiting ones are forgotten.
    void cancel();
    /// The same for one job. True: it was waiting, and is forgotten.
    bool cancel(quint64 id);
    /// cancel(), and what the running job still tells about files and results is dropped.
    void abandon();
    void unload(const QString& variantId);
    bool isRunning(quint64 id) const { return m_running && m_running->id == id; }
    bool isBusy() const { return m_running.has_value(); }

private:
    struct Waiting
    {
        quint64 id = 0;
        std::function<JobWork()> prepare;
    };
    struct Running
    {
        quint64 id = 0;
        std::stop_source stop;
        bool isAbandoned = false;
    };

    void receive(WorkerReport report) override;
    void take(const WorkerReport& report);
    void startNext();

    Listener m_listener;
    std::deque<Waiting> m_waiting;
    std::optional<Running> m_running;
    quint64 m_lastId = 0;
    QTimer m_whenPainted; ///< Due when the event loop has nothing else to do.
    std::shared_ptr<std::promise<void>> m_shown;
    QThread m_thread;
    SessionWorker* m_worker; ///< Lives on m_thread, and is deleted there.
};

} // namespace vitrine
