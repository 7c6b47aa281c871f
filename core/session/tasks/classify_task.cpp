#include "core/base/tr.h"
#include "core/session/session_state.h"
#include "core/session/tasks/tasks.h"
#include "core/session/tasks/variant_runs.h"

#include <utility>

namespace vitrine {

namespace {

void classifyOne(VariantRuns& runs, VariantRun& run, const RunPicture& picture)
{
    const auto started = runs.start(run, picture);
    if (!started)
        return;
    auto logits = started->forward();
    if (logits.isCancelled())
        return;
    if (!logits)
        return runs.fail(run, logits.error());
    runs.context().post([key = runs.key(run), image = picture.source->sha256,
                         said = std::make_shared<const Classification>(classify(*std::move(logits)))](
                            SessionState& state) { state.addPrediction(key, image, said); });
}

} // namespace

void classifyMissing(VariantRuns& runs)
{
    const RunRequest& request = runs.request();
    qint64 done = 0;
    for (const RunRequest::Item& item : request.missing) {
        if (runs.isStopped())
            return;
        VariantRun& run = runs.at(item.subject);
        const RunPicture& picture = request.pictures[item.picture];
        runs.context().control.report(
            {tr("Classifying with %1").arg(run.asked->variant.name), done++, std::ssize(request.missing)});
        if (!picture.withdrawn.stop_requested() && !run.asked->withdrawn.stop_requested())
            classifyOne(runs, run, picture);
    }
}

Task classifyTask(const SessionState& state)
{
    RunRequest request = state.request();
    return request.missing.empty() ? Task() : variantsTask(std::move(request), classifyMissing);
}

} // namespace vitrine
