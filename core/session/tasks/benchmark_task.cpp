#include "core/session/session_state.h"
#include "core/session/tasks/benchmark_steps.h"
#include "core/session/tasks/tasks.h"

namespace vitrine {

namespace {

using Kind = LatencyLog::Kind;

MachineStamp stampOf(const BenchmarkPlan& plan, const RunRequest& request)
{
    MachineStamp stamp = MachineStamp::ofThisMachine();
    stamp.seed = plan.seed;
    stamp.threads = request.settings.threads;
    stamp.timed = timedWorkName(plan.timed);
    stamp.imageSha256 = QString::fromLatin1(request.pictures.front().source->sha256.toHex());
    return stamp;
}

std::vector<Contestant> contestantsOf(const RunRequest& request, Kind kind)
{
    const QString& baseline = request.subjects[request.baseline].id;
    if (kind == Kind::AgainstItself)
        return {{request.baseline, baseline}, {request.baseline, twinId(baseline)}};
    std::vector<Contestant> all;
    for (const RunSubject& subject : request.subjects)
        all.push_back({all.size(), subject.id});
    return all;
}

/// Begins the benchmark's record.
Task beginBenchmark(SessionState& state, RunRequest request, const BenchmarkPlan& plan,
                    Kind kind = Kind::Variants)
{
    auto contestants = contestantsOf(request, kind);
    QStringList ids;
    for (const Contestant& contestant : contestants)
        ids << contestant.id;
    state.latencies().begin(BenchmarkRecord(request.settings, stampOf(plan, request), plan, ids), kind);
    const auto run = [plan, contestants = std::move(contestants), probe = state.probe()](VariantRuns& runs) {
        classifyMissing(runs);
        measureLatency(runs, plan, contestants);
        runs.finish();
        if (plan.probe)
            measureExtras(runs, plan, probe);
    };
    return variantsTask(std::move(request), run);
}

} // namespace

Task benchmarkTask(SessionState& state, const BenchmarkPlan& plan)
{
    if (!state.canMeasure())
        return {};
    state.sweep().clear(); // how it ended is of no concern any more
    return beginBenchmark(state, state.request(), plan);
}

Task selfBenchmarkTask(SessionState& state, BenchmarkPlan plan)
{
    plan.probe = false;
    return state.canMeasure() ? beginBenchmark(state, state.request(), plan, Kind::AgainstItself) : Task();
}

Task sweepPointTask(SessionState& state, BenchmarkPlan plan, int threads)
{
    plan.probe = false;
    state.sweep().beginJob(threads);
    if (!state.canMeasure())
        return {};
    RunRequest request = state.request(state.settings().onThreads(threads));
    request.missing.clear();
    return beginBenchmark(state, std::move(request), plan);
}

} // namespace vitrine
