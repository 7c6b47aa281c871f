#pragma once

#include "core/session/mailbox.h"
#include "core/session/session_worker.h"

#include <QThread>
#include <QTimer>

#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

namespace vitrine {

/// Jobs in order on one worker thread: each is a task. Lives on the session's thread, and calls back on it.
/// Destruction stops the running job and waits for it.
class JobQueue : private Mailbox<WorkerReport>
{
public:
    struct Listener
    {
        /// `now`: the worker waits until what follows from it is painted.
        std::function<void(const Edit&, bool now)> edit;
        std::function<void(const Progress&)> progressed;
        std::function<void(quint64)> ended; ///< Or forgotten while it waited.
        std::function<void(bool)> busyChanged;
    };
    /// Makes a task from what is known when its turn has come. None: there is nothing to do.
    using Maker = std::function<Task()>;

    JobQueue(EngineRegistry engines, ImageCache& pictures, Listener listener);
    ~JobQueue() override;

    /// Gives the job's number.
    quint64 add(Activity activity, Maker make);
    /// The running job is asked to stop; the waiting ones are forgotten.
    void cancel();
    /// cancel(), and no job begins any more. False: the running one has not ended in this time; then nothing
    /// is left but to end the process, as the destructor would wait for it.
    bool stop(std::chrono::milliseconds patience);
    /// cancel() for one job. True: it was waiting, and is forgotten.
    bool cancel(quint64 id);
    /// cancel(), and what the running job still tells about files and results is dropped.
    void abandon();
    void setHost(const HostSettings& settings) { m_worker->setHost(settings); }
    void unload(const QString& variantId) { m_worker->unload(variantId); }

    bool isRunning(quint64 id) const { return m_running && m_running->id == id; }
    bool isBusy() const { return m_running.has_value(); }
    std::optional<Activity> running() const;
    bool isWaiting(Activity activity) const;

private:
    struct Waiting
    {
        quint64 id = 0;
        Activity activity = Activity::Reading;
        Maker make;
    };
    struct Running
    {
        quint64 id = 0;
        Activity activity = Activity::Reading;
        std::stop_source stop;
        bool isAbandoned = false;
    };

    void receive(WorkerReport report) override;
    void startNext();
    void end();
    /// Whether there was any.
    bool forget(const std::function<bool(const Waiting&)>& which);

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
