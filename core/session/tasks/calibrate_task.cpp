#include "core/session/tasks/calibrate_task.h"

#include "core/base/tr.h"
#include "core/measure/thread_choice.h"
#include "core/session/session_state.h"
#include "core/session/tasks/variant_runs.h"

#include <algorithm>

namespace vitrine {

namespace {

/// Each number of threads is tried so many times, in turn, so that a machine that slows down slows all.
constexpr int turnsEach = 3;
constexpr int forwardsATurn = 5;
constexpr int forwardsBeforeATurn = 2;

/// One turn on one number of threads. False: it failed, or was stopped.
bool addTurn(std::vector<ThreadTime>& times, VariantRuns& runs, VariantRun& run, LoadedModel& model,
             const InputTensor& input, int threads)
{
    for (int i = 0; i < forwardsBeforeATurn + forwardsATurn; ++i) {
        const auto begin = std::chrono::steady_clock::now();
        const auto logits = model.forward(input);
        const auto duration = std::chrono::steady_clock::now() - begin;
        if (!logits && !logits.isCancelled())
            run.error = logits.error();
        if (!logits || runs.isStopped() || runs.isOut(run))
            return false;
        if (i >= forwardsBeforeATurn)
            times.push_back({threads, duration});
    }
    return true;
}

/// Empty: it failed, or was stopped.
std::vector<ThreadTime> tryThreads(VariantRuns& runs, VariantRun& run, const std::vector<int>& threads)
{
    LoadedModel* model = runs.model(run);
    if (!model)
        return {};
    const auto input = runs.input(run, runs.request().pictures.front());
    if (!input)
        return {};
    runs.advance(run, VariantState::Running);
    const auto turns = static_cast<qint64>(turnsEach * threads.size());
    std::vector<ThreadTime> times;
    for (qint64 turn = 0; turn < turns; ++turn) {
        const int count = threads[static_cast<std::size_t>(turn) % threads.size()];
        runs.context().control.report(
            {tr("Trying %1 on numbers of threads").arg(run.asked->variant.name), turn, turns});
        runs.setThreads(run, count);
        if (!addTurn(times, runs, run, *model, *input, count))
            return {};
    }
    return times;
}

} // namespace

void CalibrateTask::run(const TaskContext& context)
{
    if (m_threads.empty())
        return;
    VariantRuns runs(m_request, context);
    if (!runs.begin())
        return;
    VariantRun& run = runs.at(m_subject);
    const auto times = tryThreads(runs, run, m_threads);
    if (!times.empty())
        context.post([id = run.asked->id, threads = std::max(1, fastestThreads(times))](SessionState& state) {
            RunSettings settings = state.settings();
            settings.threads = threads;
            state.setSettings(settings);
            state.listener().threadsCalibrated(id, threads);
        });
    runs.finish();
}

std::unique_ptr<Task> CalibrateTask::make(SessionState& state, const std::vector<int>& threads)
{
    if (!state.canMeasure())
        return nullptr;
    RunRequest request = state.request();
    const auto baseline = std::ranges::find(request.subjects, state.baselineId(), &RunSubject::id);
    const auto position = static_cast<std::size_t>(baseline - request.subjects.begin());
    return std::make_unique<CalibrateTask>(std::move(request), position, threads);
}

} // namespace vitrine
