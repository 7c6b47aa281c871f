#include "core/session/tasks/classify_task.h"

#include "core/base/tr.h"
#include "core/session/session_state.h"
#include "core/session/tasks/variant_runs.h"

namespace vitrine {

namespace {

void classifyOne(VariantRuns& runs, VariantRun& run, const RunPicture& picture)
{
    LoadedModel* model = runs.model(run);
    if (!model)
        return;
    const auto input = runs.input(run, picture);
    if (!input)
        return;
    runs.advance(run, VariantState::Running);
    auto logits = model->forward(*input);
    if (logits.isCancelled())
        return;
    if (!logits)
        return runs.fail(run, logits.error());
    runs.context().post([key = runs.key(run), image = picture.source->sha256,
                         said = std::make_shared<const Classification>(classify(*std::move(logits)))](
                            SessionState& state) { state.results().predictions[key].insert(image, said); });
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
        runs.context().control.report({tr("Classifying with %1").arg(run.asked->variant.name), done++,
                                       static_cast<qint64>(request.missing.size())});
        if (!picture.withdrawn.stop_requested() && !run.asked->withdrawn.stop_requested())
            classifyOne(runs, run, picture);
    }
}

void ClassifyTask::run(const TaskContext& context)
{
    if (m_request.missing.empty())
        return;
    VariantRuns runs(m_request, context);
    if (!runs.begin())
        return;
    classifyMissing(runs);
    runs.finish();
}

std::unique_ptr<Task> ClassifyTask::make(const SessionState& state)
{
    return std::make_unique<ClassifyTask>(state.request());
}

} // namespace vitrine
