#include "core/session/session_worker.h"

#include "core/base/tr.h"
#include "core/session/session_state.h"

namespace vitrine {

namespace {

Error outOfMemory()
{
    return {ErrorKind::TooLarge,
            tr("The memory is used up; what was found out before is there. Close other programs, or take "
               "fewer or smaller files.")};
}

} // namespace

SessionWorker::SessionWorker(EngineRegistry engines, ImageCache& pictures,
                             std::function<void(WorkerReport)> tell)
    : m_tell(std::move(tell)), m_pictures(pictures), m_inputs(pictures),
      m_models(std::move(engines), [this](const Engine& made) {
          const EngineFacts facts{made.info(), made.version(), made.blas(), made.quantizedEngines()};
          m_tell({.jobId = m_jobId,
                  .edit = [facts](SessionState& state) { state.setEngine(facts); },
                  .concernsTheWorker = true});
      })
{
}

void SessionWorker::perform(quint64 jobId, Task task, std::stop_token stop)
{
    post([this, jobId, task = std::move(task), stop = std::move(stop)] { run(jobId, task, stop); });
}

void SessionWorker::unload(const QString& variantId)
{
    post([this, variantId] { m_models.unload(variantId); });
}

void SessionWorker::setHost(const HostSettings& settings)
{
    post([this, settings] { m_models.setHost(settings); });
}

void SessionWorker::run(quint64 jobId, const Task& task, const std::stop_token& stop)
{
    m_jobId = jobId;
    const auto report = [this](const Progress& progress) {
        if (m_progress.isDue())
            m_tell({.jobId = m_jobId, .progress = progress});
    };
    const auto post = [this](Edit edit) { m_tell({.jobId = m_jobId, .edit = std::move(edit)}); };
    try {
        if (task)
            task({jobId,
                  {stop, report},
                  post,
                  [&](Edit edit) { show(std::move(edit), stop); },
                  m_models,
                  m_pictures,
                  m_inputs});
    } catch (const std::bad_alloc&) {
        post([](SessionState& state) {
            state.endRuns();
            Q_EMIT state.events().failed(outOfMemory());
        });
    }
    m_tell({.jobId = m_jobId, .isLast = true});
}

void SessionWorker::show(Edit edit, const std::stop_token& stop)
{
    constexpr std::chrono::milliseconds longest{1000};
    constexpr std::chrono::milliseconds step{20};
    auto shown = std::make_shared<std::promise<void>>();
    const auto future = shown->get_future();
    m_tell({.jobId = m_jobId, .edit = std::move(edit), .shown = std::move(shown)});
    for (auto waited = 0 * step; waited < longest && !stop.stop_requested(); waited += step)
        if (future.wait_for(step) == std::future_status::ready)
            return;
}

} // namespace vitrine
