#include "core/session/tasks/variant_runs.h"

#include "core/base/literals.h"
#include "core/image/input_cache.h"
#include "core/session/session_state.h"

#include <utility>

namespace vitrine {

VariantRuns::VariantRuns(const RunRequest& request, const TaskContext& context)
    : m_request(request), m_context(context)
{
}

bool VariantRuns::begin()
{
    const auto backend = m_context.models.backend();
    if (!backend) {
        if (!backend.isCancelled())
            m_context.post(
                [error = backend.error()](SessionState& state) { state.listener().failed(error); });
        return false;
    }
    (*backend)->setThreads(m_request.settings.threads);
    for (const RunSubject& subject : m_request.subjects)
        m_runs.push_back({&subject,
                          engineFor(subject.variant, subject.askedEngine, (*backend)->quantizedEngines()),
                          VariantState::Waiting,
                          {}});
    return true;
}

void VariantRuns::finish()
{
    for (VariantRun& run : m_runs)
        if (run.state == VariantState::Running)
            advance(run, VariantState::Ready);
}

void VariantRuns::forEach(const QString& step, const std::function<void(VariantRun&)>& work)
{
    qint64 done = 0;
    for (VariantRun& run : m_runs) {
        if (isStopped())
            return;
        const QString text = QString(step).replace(u"%1"_s, run.asked->variant.name);
        m_context.control.report({text, done++, static_cast<qint64>(m_runs.size())});
        if (!isOut(run))
            work(run);
    }
}

LoadedModel* VariantRuns::model(VariantRun& run)
{
    if (run.state == VariantState::Failed)
        return nullptr;
    const RunSubject& asked = *run.asked;
    if (!m_context.models.holds(asked.id, run.quantizedEngine))
        advance(run, VariantState::Loading);
    const auto model = m_context.models.model(asked.id, asked.variant, run.quantizedEngine);
    if (model)
        return *model;
    if (model.isCancelled()) {
        advance(run, VariantState::Waiting);
        return nullptr;
    }
    run.error = model.error();
    advance(run, VariantState::Failed);
    return nullptr;
}

std::shared_ptr<const InputTensor> VariantRuns::input(const VariantRun& run, const RunPicture& picture)
{
    const auto tensor = m_context.inputs.tensor(*picture.source, run.asked->variant.preprocessing);
    if (tensor)
        return *tensor;
    refuse(picture, tensor.failure());
    return nullptr;
}

std::shared_ptr<const SourceImage> VariantRuns::pixels(const RunPicture& picture)
{
    const auto image = m_context.pictures.picture(*picture.source);
    if (image)
        return *image;
    refuse(picture, image.failure());
    return nullptr;
}

void VariantRuns::refuse(const RunPicture& picture, const Failure& failure)
{
    const auto* error = std::get_if<Error>(&failure);
    if (!error || m_refused.contains(picture.id))
        return;
    m_refused << picture.id;
    m_context.post([path = picture.source->path, error = *error](SessionState& state) {
        state.listener().fileRefused(path, error);
    });
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

void VariantRuns::setThreads(const VariantRun&, int threads)
{
    if (const auto backend = m_context.models.backend())
        (*backend)->setThreads(threads);
}

bool VariantRuns::isOut(const VariantRun& run) const
{
    return run.asked->withdrawn.stop_requested() || run.state == VariantState::Failed || run.error;
}

RunKey VariantRuns::key(const VariantRun& run) const
{
    return runKeyOf(run.asked->variant, m_request.settings.threads, run.quantizedEngine);
}

} // namespace vitrine
