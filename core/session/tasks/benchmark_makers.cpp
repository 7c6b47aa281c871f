#include "core/session/session_state.h"
#include "core/session/tasks/benchmark_task.h"

#include <algorithm>

namespace vitrine {

namespace {

MachineStamp stampOf(const BenchmarkPlan& plan, const RunRequest& request)
{
    MachineStamp stamp = MachineStamp::ofThisMachine();
    stamp.seed = plan.seed;
    stamp.threads = request.settings.threads;
    stamp.timed = timedWorkName(plan.timed);
    stamp.imageSha256 = QString::fromLatin1(request.pictures.front().source->sha256.toHex());
    return stamp;
}

std::vector<Contestant> everyone(const RunRequest& request)
{
    std::vector<Contestant> all;
    for (std::size_t i = 0; i < request.subjects.size(); ++i)
        all.push_back({i, request.subjects[i].id});
    return all;
}

std::unique_ptr<Task> makeTask(SessionState& state, RunRequest request, const BenchmarkPlan& plan,
                               std::vector<Contestant> contestants, LatencyLog::Kind kind)
{
    QStringList ids;
    for (const Contestant& contestant : contestants)
        ids << contestant.id;
    state.latencies().begin(BenchmarkRecord(request.settings, stampOf(plan, request), plan, ids), kind);
    return std::make_unique<BenchmarkTask>(std::move(request), plan, std::move(contestants),
                                           state.baselineId(), state.probe());
}

} // namespace

std::unique_ptr<Task> BenchmarkTask::make(SessionState& state, const BenchmarkPlan& plan)
{
    if (!state.canMeasure())
        return nullptr;
    state.sweep().clear(); // how it ended is of no concern any more
    RunRequest request = state.request();
    std::vector<Contestant> all = everyone(request);
    return makeTask(state, std::move(request), plan, std::move(all), LatencyLog::Kind::Variants);
}

std::unique_ptr<Task> BenchmarkTask::makeAgainstItself(SessionState& state, const BenchmarkPlan& plan)
{
    if (!state.canMeasure())
        return nullptr;
    RunRequest request = state.request();
    const QString id = state.baselineId();
    const auto baseline = std::ranges::find(request.subjects, id, &RunSubject::id);
    const auto position = static_cast<std::size_t>(baseline - request.subjects.begin());
    BenchmarkPlan roundsAlone = plan;
    roundsAlone.probe = false;
    return makeTask(state, std::move(request), roundsAlone, {{position, id}, {position, twinId(id)}},
                    LatencyLog::Kind::AgainstItself);
}

std::unique_ptr<Task> BenchmarkTask::makeSweepPoint(SessionState& state, const BenchmarkPlan& plan,
                                                    int threads)
{
    state.sweep().beginJob(threads);
    if (!state.canMeasure())
        return nullptr;
    RunSettings settings = state.settings();
    settings.threads = threads;
    RunRequest request = state.request(settings);
    request.missing.clear();
    std::vector<Contestant> all = everyone(request);
    return makeTask(state, std::move(request), plan, std::move(all), LatencyLog::Kind::Variants);
}

} // namespace vitrine
