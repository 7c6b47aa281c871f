#include "core/session/job_queue.h"

#include "core/base/literals.h"

#include <QDeadlineTimer>

#include <algorithm>
#include <functional>
#include <iterator>

namespace vitrine {

JobQueue::JobQueue(EngineRegistry engines, ImageCache& pictures, Listener listener)
    : m_listener(std::move(listener)),
      m_worker(new SessionWorker(std::move(engines), pictures,
                                 [this](WorkerReport report) { post(std::move(report)); }))
{
    m_thread.setObjectName(u"vitrine-worker"_s);
    m_worker->object().moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, &m_worker->object(), &QObject::deleteLater);
    m_whenPainted.setSingleShot(true);
    connect(&m_whenPainted, &QTimer::timeout, this, [this] { std::exchange(m_shown, {})->set_value(); });
    m_thread.start();
}

JobQueue::~JobQueue()
{
    m_waiting.clear();
    if (m_running)
        m_running->stop.request_stop();
    m_thread.quit();
    m_thread.wait();
}

bool JobQueue::stop(std::chrono::milliseconds patience)
{
    cancel();
    m_thread.quit();
    return m_thread.wait(QDeadlineTimer(patience));
}

quint64 JobQueue::add(Activity activity, Maker make)
{
    const quint64 id = ++m_lastId;
    m_waiting.push_back({id, activity, std::move(make)});
    if (!isBusy()) {
        startNext();
        m_listener.busyChanged(true);
    }
    return id;
}

void JobQueue::startNext()
{
    const Waiting next = std::move(m_waiting.front());
    m_waiting.pop_front();
    m_running = Running{next.id, next.activity, {}, false};
    m_worker->perform(next.id, next.make(), m_running->stop.get_token());
}

bool JobQueue::forget(const std::function<bool(const Waiting&)>& which)
{
    const auto forgotten = std::ranges::stable_partition(m_waiting, std::not_fn(which));
    std::vector<quint64> ids;
    std::ranges::transform(forgotten, std::back_inserter(ids), &Waiting::id);
    m_waiting.erase(forgotten.begin(), forgotten.end());
    for (const quint64 id : ids)
        m_listener.ended(id);
    return !ids.empty();
}

void JobQueue::cancel()
{
    if (m_running)
        m_running->stop.request_stop();
    forget([](const Waiting&) { return true; });
}

bool JobQueue::cancel(quint64 id)
{
    if (isRunning(id))
        m_running->stop.request_stop();
    return forget([id](const Waiting& job) { return job.id == id; });
}

void JobQueue::abandon()
{
    if (m_running)
        m_running->isAbandoned = true;
    cancel();
}

std::optional<Activity> JobQueue::running() const
{
    return m_running ? std::optional(m_running->activity) : std::nullopt;
}

bool JobQueue::isWaiting(Activity activity) const
{
    return std::ranges::count(m_waiting, activity, &Waiting::activity) > 0;
}

void JobQueue::receive(WorkerReport report)
{
    const bool isStale = report.jobId != m_running->id || m_running->isAbandoned;
    if (report.edit && (!isStale || report.concernsTheWorker))
        m_listener.edit(report.edit, report.shown != nullptr);
    if (report.progress && !isStale)
        m_listener.progressed(*report.progress);
    if (report.isLast)
        end();
    if (report.shown) {
        m_shown = std::move(report.shown);
        m_whenPainted.start();
    }
}

void JobQueue::end()
{
    m_listener.ended(m_running->id);
    m_running.reset();
    if (!m_waiting.empty())
        startNext();
    else
        m_listener.busyChanged(false);
}

} // namespace vitrine
