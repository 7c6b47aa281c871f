#include "core/session/tasks/benchmark_task.h"

#include "core/base/tr.h"
#include "core/session/session_state.h"
#include "core/session/tasks/variant_runs.h"
#include "core/session/timed_pass.h"

#include <algorithm>

namespace vitrine {

BenchmarkTask::BenchmarkTask(RunRequest request, BenchmarkPlan plan, std::vector<Contestant> contestants,
                             QString baselineId, ProbeSettings probe)
    : m_request(std::move(request)), m_plan(std::move(plan)), m_contestants(std::move(contestants)),
      m_baselineId(std::move(baselineId)), m_probe(std::move(probe))
{
}

void BenchmarkTask::run(const TaskContext& context)
{
    VariantRuns runs(m_request, context);
    if (!runs.begin())
        return;
    classifyMissing(runs);
    measure(runs);
    runs.finish();
    if (m_plan.probe)
        measureExtras(runs, m_plan, m_probe);
}

std::optional<BenchmarkSubject> BenchmarkTask::subject(VariantRuns& runs, const Contestant& contestant) const
{
    VariantRun& run = runs.at(contestant.subject);
    const RunPicture& picture = m_request.pictures.front();
    LoadedModel* model = runs.isStopped() ? nullptr : runs.model(run);
    if (!model)
        return std::nullopt;
    PassInput input{runs.input(run, picture), nullptr, run.asked->variant.preprocessing};
    if (m_plan.timed == TimedWork::FromDecodedImage)
        input.image = runs.pixels(picture);
    if (!input.tensor || (m_plan.timed == TimedWork::FromDecodedImage && !input.image))
        return std::nullopt;
    runs.advance(run, VariantState::Running);
    return BenchmarkSubject{timedPass(m_plan.timed, *model, std::move(input)), run.asked->withdrawn};
}

void BenchmarkTask::measure(VariantRuns& runs)
{
    const TaskContext& context = runs.context();
    std::vector<Contestant> taking; ///< Those that load.
    std::vector<BenchmarkSubject> subjects;
    for (const Contestant& contestant : m_contestants)
        if (auto made = subject(runs, contestant)) {
            taking.push_back(contestant);
            subjects.push_back(*std::move(made));
        }
    const auto baseline = std::ranges::find(taking, m_baselineId, &Contestant::id);
    BenchmarkHooks hooks;
    hooks.sampled = [&](const SubjectSample& taken) {
        take(context, taking[static_cast<std::size_t>(taken.subject)].id, taken.sample);
    };
    context.control.report({tr("Warming up"), 0, static_cast<qint64>(subjects.size())});
    const JobControl control{context.control.stop, [this](const Progress& step) { m_progress = step; }};
    const BenchmarkRun run = runBenchmark(
        subjects, m_plan, baseline == taking.end() ? 0 : static_cast<int>(baseline - taking.begin()), control,
        hooks);
    for (const auto& failure : run.failures)
        runs.at(taking[static_cast<std::size_t>(failure.subject)].subject).error = failure.error;
    showSamples(context);
    const StopReason reason = runs.isStopped() ? StopReason::Cancelled : run.stopped;
    context.show([reason](SessionState& state) {
        state.sweep().endBenchmark(state.latencies().end(reason));
        state.listener().benchmarkFinished(reason == StopReason::Cancelled);
    });
}

void BenchmarkTask::take(const TaskContext& context, const QString& id, const LatencySample& sample)
{
    m_unseen.push_back({id, sample});
    if (m_throttle.isDue())
        showSamples(context);
}

void BenchmarkTask::showSamples(const TaskContext& context)
{
    if (m_unseen.empty())
        return;
    constexpr int restsAsLong = 4; // as it took: painting gets a fifth of the time at most
    const auto begin = std::chrono::steady_clock::now();
    context.control.report(m_progress);
    context.show(
        [samples = std::exchange(m_unseen, {})](SessionState& state) { state.latencies().append(samples); });
    m_throttle.rest(restsAsLong * (std::chrono::steady_clock::now() - begin));
}

} // namespace vitrine
