#include "core/session/job_queue.h"

#include "core/base/literals.h"
#include "core/session/session_worker.h"

namespace vitrine {

namespace {

bool isAboutTheWorker(const Fact& fact)
{
    return std::holds_alternative<JobEnded>(fact) || std::holds_alternative<EngineReady>(fact);
}

} // namespace

JobQueue::JobQueue(EngineRegistry engines, Listener listener)
    : m_listener(std::move(listener)),
      m_worker(
          new SessionWorker(std::move(engines), [this](WorkerReport report) { post(std::move(report)); }))
{
    m_thread.setObjectName(u"vitrine-worker"_s);
    m_worker->moveToThread(&m_thread);
    connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
    m_whenPainted.setSingleShot(true);
    connect(&m_whenPainted, &QTimer::timeout, this, [this] { std::exchange(m_shown, {})->set_value(); });
    m_thread.start();
}

JobQueue::~JobQueue()
{
    cancel();
    m_thread.quit();
    m_thread.wait();
}

quint64 JobQueue::add(std::function<JobWork()> prepare)
{
    const quint64 id = ++m_lastId;
    m_waiting.push_back({id, std::move(prepare)});
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
    m_running = Running{next.id, {}, false};
    m_worker->post(Job{m_running->id, m_running->stop.get_token(), next.prepare()});
}

void JobQueue::cancel()
{
    m_waiting.clear();
    if (m_running)
        m_running->stop.request_stop();
}

bool JobQueue::cancel(quint64 id)
{
    if (isRunning(id))
        m_running->stop.request_stop();
    return std::erase_if(m_waiting, [id](const Waiting& job) { return job.id == id; }) > 0;
}

void JobQueue::abandon()
{
    cancel();
    if (m_running)
        m_running->isAbandoned = true;
}

void JobQueue::unload(const QString& variantId)
{
    m_worker->post(UnloadModel{variantId});
}

void JobQueue::receive(WorkerReport report)
{
    take(report);
    if (report.shown) {
        m_shown = std::move(report.shown);
        m_whenPainted.start();
    }
}

void JobQueue::take(const WorkerReport& report)
{
    const bool isStale = report.jobId != m_running->id || m_running->isAbandoned;
    if (isStale && !isAboutTheWorker(report.fact))
        return;
    m_listener.fact(report.fact);
    if (!std::holds_alternative<JobEnded>(report.fact))
        return;
    m_running.reset();
    if (!m_waiting.empty())
        startNext();
    else
        m_listener.busyChanged(false);
}

} // namespace vitrine
