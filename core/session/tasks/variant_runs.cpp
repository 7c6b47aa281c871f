#include "core/session/tasks/variant_runs.h"

#include "core/base/literals.h"
#include "core/engine/scores.h"
#include "core/image/input_cache.h"
#include "core/session/session_state.h"

#include <algorithm>
#include <utility>

namespace vitrine {

Status StartedRun::settle(const std::vector<float>& scores) const
{
    input->restore();
    return checkScores(scores, name);
}

Result<std::vector<float>> StartedRun::forward() const
{
    auto scores = pass();
    if (!scores) {
        input->restore();
        return scores;
    }
    if (const Status settled = settle(*scores); !settled)
        return settled.failure();
    return scores;
}

bool VariantRuns::begin()
{
    std::vector<const Variant*> variants;
    for (const RunSubject& asked : m_request.subjects)
        variants.push_back(&asked.variant);
    m_context.models.begin(variants, m_context.control.stop);
    std::optional<Error> refusal;
    for (const RunSubject& asked : m_request.subjects) {
        VariantRun& run = m_runs.emplace_back();
        run.asked = &asked;
        if (const Status ready = prepare(run); !ready && !ready.isCancelled()) {
            run.error = ready.error();
            refusal = refusal.value_or(ready.error());
        }
    }
    const bool any = std::ranges::any_of(m_runs, [](const VariantRun& run) { return !run.error; });
    if (!any && refusal)
        m_context.post([error = *refusal](SessionState& state) { Q_EMIT state.events().failed(error); });
    for (VariantRun& run : m_runs)
        if (any && run.error)
            advance(run, VariantState::Failed);
    return any;
}

Status VariantRuns::prepare(VariantRun& run)
{
    const Variant& variant = run.asked->variant;
    const auto engine = m_context.models.runner(variant.engine);
    if (!engine)
        return engine.failure();
    (*engine)->setThreads(m_request.settings.threads);
    run.quantizedEngine = quantizedEngineFor(variant, run.asked->askedEngine, (*engine)->quantizedEngines());
    run.engineVersion = (*engine)->version();
    return Done{};
}

void VariantRuns::finish()
{
    for (VariantRun& run : m_runs)
        if (run.state == VariantState::Running || run.state == VariantState::Loading) {
            tellNotices(run);
            advance(run, VariantState::Ready);
        }
}

void VariantRuns::tellNotices(const VariantRun& run)
{
    const RunSubject& asked = *run.asked;
    if (!m_context.models.holds(asked.id, run.quantizedEngine))
        return;
    if (const auto model = loaded(run))
        m_context.post([id = asked.id, notices = (*model)->notices()](SessionState& session) {
            session.setNotices(id, notices);
        });
}

void VariantRuns::forEach(const QString& step, const std::function<void(VariantRun&)>& work)
{
    qint64 done = 0;
    for (VariantRun& run : m_runs) {
        if (isStopped())
            return;
        const QString text = QString(step).replace(u"%1"_s, run.asked->variant.name);
        m_context.control.report({text, done++, std::ssize(m_runs)});
        if (!isOut(run))
            work(run);
    }
}

std::optional<StartedRun> VariantRuns::start(VariantRun& run, const RunPicture& picture)
{
    LoadedModel* loaded = model(run);
    if (!loaded)
        return std::nullopt;
    auto tensor = input(run, picture);
    if (!tensor)
        return std::nullopt;
    advance(run, VariantState::Running);
    return StartedRun{loaded, std::make_shared<OwnInput>(std::move(tensor)), run.asked->variant.name};
}

Result<LoadedModel*> VariantRuns::loaded(const VariantRun& run)
{
    return m_context.models.model(*run.asked, run.quantizedEngine,
                                  run.asked->fileOperators(m_request.settings));
}

LoadedModel* VariantRuns::model(VariantRun& run)
{
    if (run.state == VariantState::Failed)
        return nullptr;
    const RunSubject& asked = *run.asked;
    if (!m_context.models.holds(asked.id, run.quantizedEngine))
        advance(run, VariantState::Loading);
    const auto model = loaded(run);
    if (model)
        return *model;
    if (!model.isCancelled())
        run.error = model.error();
    advance(run, model.isCancelled() ? VariantState::Waiting : VariantState::Failed);
    return nullptr;
}

template <typename T>
T VariantRuns::orRefuse(const RunPicture& picture, const Result<T>& read)
{
    if (read)
        return *read;
    const auto* error = std::get_if<Error>(&read.failure());
    if (error && !m_refused.contains(picture.id)) {
        m_refused << picture.id;
        m_context.post([path = picture.source->path, error = *error](SessionState& state) {
            Q_EMIT state.events().fileRefused(path, error);
        });
    }
    return nullptr;
}

std::shared_ptr<const InputTensor> VariantRuns::input(const VariantRun& run, const RunPicture& picture)
{
    return orRefuse(picture, m_context.inputs.tensor(*picture.source, run.asked->variant.preprocessing));
}

std::shared_ptr<const SourceImage> VariantRuns::pixels(const RunPicture& picture)
{
    return orRefuse(picture, m_context.pictures.picture(*picture.source));
}

void VariantRuns::advance(VariantRun& run, VariantState state)
{
    if (std::exchange(run.state, state) != state)
        tell(run);
}

void VariantRuns::fail(VariantRun& run, const Error& error)
{
    run.error = error;
    tell(run);
}

void VariantRuns::tell(const VariantRun& run) const
{
    m_context.post([id = run.asked->id, state = run.state, error = run.error](SessionState& session) {
        session.setVariantState(id, state, error);
    });
}

void VariantRuns::setThreads(const VariantRun& run, int threads)
{
    if (const auto engine = m_context.models.runner(run.asked->variant.engine))
        (*engine)->setThreads(threads);
}

bool VariantRuns::isOut(const VariantRun& run) const
{
    return run.asked->withdrawn.stop_requested() || run.state == VariantState::Failed || run.error;
}

RunKey VariantRuns::key(const VariantRun& run) const
{
    return runKeyOf(run.asked->variant, run.engineVersion, m_request.settings.threads, run.quantizedEngine);
}

Task variantsTask(RunRequest request, std::function<void(VariantRuns&)> work)
{
    return [request = std::move(request), work = std::move(work)](const TaskContext& context) {
        VariantRuns runs(request, context);
        if (!runs.begin())
            return;
        work(runs);
        runs.finish();
    };
}

} // namespace vitrine
