#include "core/base/tr.h"
#include "core/measure/thread_choice.h"
#include "core/session/session_state.h"
#include "core/session/tasks/tasks.h"
#include "core/session/tasks/variant_runs.h"

#include <algorithm>

namespace vitrine {

namespace {

/// Each number of threads is tried so many times, in turn, so that a machine that slows down slows all.
constexpr int turnsEach = 3;
constexpr int forwardsATurn = 5;
constexpr int forwardsBeforeATurn = 2;

/// One turn on one number of threads. False: it failed, or was stopped.
bool addTurn(std::vector<ThreadTime>& times, VariantRuns& runs, VariantRun& run, const StartedRun& started,
             int threads)
{
    for (int i = 0; i < forwardsBeforeATurn + forwardsATurn; ++i) {
        const auto begin = std::chrono::steady_clock::now();
        const auto scores = started.pass();
        const auto duration = std::chrono::steady_clock::now() - begin - started.model->overhead();
        const Status settled = scores ? started.settle(*scores) : scores.failure();
        if (!settled && !settled.isCancelled())
            run.error = settled.error();
        if (!settled || runs.isStopped() || runs.isOut(run))
            return false;
        if (i >= forwardsBeforeATurn)
            times.push_back({threads, duration});
    }
    return true;
}

/// Empty: it failed, or was stopped.
std::vector<ThreadTime> tryThreads(VariantRuns& runs, VariantRun& run, const std::vector<int>& threads)
{
    const auto started = runs.start(run, runs.request().pictures.front());
    if (!started)
        return {};
    const auto turns = static_cast<qint64>(turnsEach * threads.size());
    std::vector<ThreadTime> times;
    for (qint64 turn = 0; turn < turns; ++turn) {
        const int count = threads[static_cast<std::size_t>(turn) % threads.size()];
        runs.context().control.report(
            {tr("Trying %1 on numbers of threads").arg(run.asked->variant.name), turn, turns});
        runs.setThreads(run, count);
        if (!addTurn(times, runs, run, *started, count))
            return {};
    }
    return times;
}

} // namespace

Task calibrateTask(SessionState& state, const std::vector<int>& threads)
{
    if (!state.canMeasure() || threads.empty())
        return {};
    return variantsTask(state.request(), [threads](VariantRuns& runs) {
        VariantRun& run = runs.at(runs.request().baseline);
        const auto times = tryThreads(runs, run, threads);
        if (times.empty())
            return;
        const int fastest = std::max(1, fastestThreads(times));
        runs.context().post([id = run.asked->id, fastest](SessionState& now) {
            now.setSettings(now.settings().onThreads(fastest));
            Q_EMIT now.events().threadsCalibrated(id, fastest);
        });
    });
}

} // namespace vitrine
