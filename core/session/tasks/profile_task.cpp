#include "core/base/tr.h"
#include "core/session/session_state.h"
#include "core/session/tasks/tasks.h"
#include "core/session/tasks/variant_runs.h"

namespace vitrine {

namespace {

/// TorchScript specializes itself in the first two.
constexpr int forwardsBefore = 3;

void profile(VariantRuns& runs, VariantRun& run)
{
    const RunPicture& picture = runs.request().pictures.front();
    const auto started = runs.start(run, picture);
    if (!started)
        return;
    for (int i = 0; i < forwardsBefore && !runs.isStopped(); ++i)
        if (const auto scores = started->forward(); !scores) {
            if (!scores.isCancelled())
                run.error = scores.error();
            return;
        }
    if (runs.isStopped())
        return;
    auto operators = started->model->profile(started->input->tensor());
    if (operators)
        runs.context().show(
            [key = ResultKey{runs.key(run), picture.source->sha256},
             profile = *std::move(operators)](SessionState& state) { state.results().keep(key, profile); });
    else if (!operators.isCancelled())
        run.error = operators.error();
}

} // namespace

Task profileTask(SessionState& state)
{
    if (!state.canMeasure())
        return {};
    return variantsTask(state.request(), [](VariantRuns& runs) {
        runs.forEach(tr("Profiling %1"), [&](VariantRun& run) { profile(runs, run); });
        runs.context().post([cancelled = runs.isStopped()](SessionState& now) {
            Q_EMIT now.events().profileFinished(cancelled);
        });
    });
}

} // namespace vitrine
