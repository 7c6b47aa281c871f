#include "core/session/session_worker.h"

#include "core/build/variant_set_cache.h"
#include "core/session/file_intake.h"
#include "core/session/run_execution.h"

namespace vitrine {

SessionWorker::SessionWorker(EngineRegistry engines, std::function<void(WorkerReport)> tell)
    : m_tell(std::move(tell)), m_models(std::move(engines), [this](const Engine& made) {
          this->tell(EngineReady{made.info(), made.version(), made.blas(), made.quantizedEngines()});
      })
{
}

void SessionWorker::tell(Fact fact)
{
    m_tell({m_jobId, std::move(fact)});
}

void SessionWorker::show(Fact fact, const std::stop_token& stop)
{
    constexpr std::chrono::milliseconds longest{1000};
    constexpr std::chrono::milliseconds step{20};
    auto shown = std::make_shared<std::promise<void>>();
    const auto future = shown->get_future();
    m_tell({m_jobId, std::move(fact), std::move(shown)});
    for (auto waited = 0 * step; waited < longest && !stop.stop_requested(); waited += step)
        if (future.wait_for(step) == std::future_status::ready)
            return;
}

void SessionWorker::receive(WorkerLetter letter)
{
    std::visit([this](const auto& content) { handle(content); }, letter);
}

void SessionWorker::handle(const Job& job)
{
    m_jobId = job.id;
    const auto report = [this](const Progress& progress) {
        if (m_progress.isDue())
            tell(JobAdvanced{progress});
    };
    const JobContext context{{job.stop, report},
                             [this](Fact fact) { tell(std::move(fact)); },
                             [&](Fact fact) { show(std::move(fact), job.stop); }};
    std::visit([&](const auto& content) { work(content, context); }, job.work);
    tell(JobEnded{});
}

void SessionWorker::handle(const UnloadModel& letter)
{
    m_models.unload(letter.variantId);
}

void SessionWorker::work(const AddJob& job, const JobContext& context)
{
    takeIn(job, m_models.registry(), context);
}

void SessionWorker::work(const BuildJob& job, const JobContext& context)
{
    const auto id = engineForBuild(job.request, m_models.registry());
    const auto engine = id ? m_models.engine(*id) : Result<Engine*>(id.failure());
    const auto build = [&](Engine& builder) {
        return job.cacheFolder.isEmpty()
                   ? buildVariantSet(job.request, builder, context.control)
                   : cachedVariantSet(job.request, job.cacheFolder, builder, context.control);
    };
    const auto set = engine ? build(**engine) : Result<VariantSet>(engine.failure());
    if (set)
        tell(SetBuilt{set->folder});
    else if (!set.isCancelled())
        tell(BuildRefused{job.request.source, set.error()});
}

void SessionWorker::work(const DescribeJob& job, const JobContext& context)
{
    describeFile(job.path, m_models, context);
}

void SessionWorker::work(const RunJob& job, const JobContext& context)
{
    RunExecution(job, context, m_models, m_inputs).run();
}

} // namespace vitrine
