#include "core/session/tasks/profile_task.h"

#include "core/base/tr.h"
#include "core/session/session_state.h"
#include "core/session/tasks/variant_runs.h"

namespace vitrine {

namespace {

/// TorchScript specializes itself in the first two.
constexpr int forwardsBefore = 3;

void profile(VariantRuns& runs, VariantRun& run)
{
    LoadedModel* model = runs.model(run);
    if (!model)
        return;
    const RunPicture& picture = runs.request().pictures.front();
    const auto input = runs.input(run, picture);
    if (!input)
        return;
    runs.advance(run, VariantState::Running);
    for (int i = 0; i < forwardsBefore && !runs.isStopped(); ++i)
        if (const auto logits = model->forward(*input); !logits)
            break; // profile() says it too
    if (runs.isStopped())
        return;
    auto operators = model->profile(*input);
    if (operators)
        runs.context().show(
            [key = ResultKey{runs.key(run), picture.source->sha256},
             profile = *std::move(operators)](SessionState& state) { state.results().keep(key, profile); });
    else if (!operators.isCancelled())
        run.error = operators.error();
}

} // namespace

void ProfileTask::run(const TaskContext& context)
{
    VariantRuns runs(m_request, context);
    if (!runs.begin())
        return;
    runs.forEach(tr("Profiling %1"), [&](VariantRun& run) { profile(runs, run); });
    context.post(
        [cancelled = runs.isStopped()](SessionState& state) { state.listener().profileFinished(cancelled); });
    runs.finish();
}

std::unique_ptr<Task> ProfileTask::make(SessionState& state)
{
    return state.canMeasure() ? std::make_unique<ProfileTask>(state.request()) : nullptr;
}

} // namespace vitrine
