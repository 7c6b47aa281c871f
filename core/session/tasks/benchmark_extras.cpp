#include "core/base/tr.h"
#include "core/measure/phase_timing.h"
#include "core/session/session_state.h"
#include "core/session/tasks/benchmark_steps.h"

namespace vitrine {

namespace {

std::optional<PhaseTimes> phasesOf(VariantRuns& runs, VariantRun& run, ImagePhaseTimer& timer,
                                   TimedWork timed)
{
    LoadedModel* model = runs.model(run);
    if (!model)
        return std::nullopt;
    PhaseTimes phases = timer.times(run.asked->variant.preprocessing);
    const auto input = runs.input(run, runs.request().pictures.front());
    if (!input)
        return phases;
    OwnInput own(input);
    const auto logits = model->forward(own.tensor());
    own.restore();
    if (!logits && !logits.isCancelled())
        runs.fail(run, logits.error());
    if (!logits)
        return phases;
    phases.softmax = softmaxTime(*logits);
    if (timed != TimedWork::Forward)
        phases.steadyForward =
            medianTime([&] { (void)model->forward(own.tensor()); }, [&] { return model->overhead(); });
    return phases;
}

void timePhases(VariantRuns& runs, TimedWork timed)
{
    const auto image = runs.pixels(runs.request().pictures.front());
    if (!image)
        return;
    runs.context().control.report({tr("Timing the image's way"), 0, std::ssize(runs.request().subjects)});
    ImagePhaseTimer timer(*image);
    runs.forEach(tr("Timing the image's way"), [&](VariantRun& run) {
        if (const auto phases = phasesOf(runs, run, timer, timed))
            runs.context().show([key = ResultKey{runs.key(run), image->sha256}, phases](SessionState& state) {
                state.results().phases.insert(key, *phases);
            });
    });
}

FreshProcess outcomeOf(const Result<ProbeReport>& report)
{
    if (!report)
        return {{}, {}, report.error()};
    return {report->run.coldStart, report->run.peakMemoryBytes(), {}};
}

ProbeRequest probeRequest(const VariantRuns& runs, const VariantRun& run)
{
    const Variant& variant = run.asked->variant;
    const RunSettings& settings = runs.request().settings;
    ProbeRequest request;
    request.path = variant.path;
    request.preprocessing = variant.preprocessing.toText();
    request.deit = variant.deit;
    request.threads = settings.threads;
    request.engine = variant.engine;
    request.quantizedEngine = run.quantizedEngine;
    request.fileOperators = run.asked->fileOperators(settings);
    request.memoryLimitBytes = runs.context().models.hostSettings().memoryLimitBytes;
    return request;
}

void probe(VariantRuns& runs, const ModelProbe& probe)
{
    runs.forEach(tr("Cold start of %1"), [&](VariantRun& run) {
        const auto either = std::make_unique<std::stop_source>(); // the job, or this variant
        const auto stop = [&either] { either->request_stop(); };
        const std::stop_callback stopped(runs.context().control.stop, stop);
        const std::stop_callback withdrawn(run.asked->withdrawn, stop);
        const auto report = probe.run(probeRequest(runs, run), either->get_token());
        if (report.isCancelled())
            return;
        runs.context().show([key = runs.key(run), outcome = outcomeOf(report)](SessionState& state) {
            state.results().freshProcesses.insert(key, outcome);
        });
    });
}

} // namespace

void measureExtras(VariantRuns& runs, const BenchmarkPlan& plan, ProbeSettings settings)
{
    if (const HostSettings& host = runs.context().models.hostSettings(); host.isOn())
        settings.timeout = 2 * host.callLimit; // to load it, and for one forward
    if (!runs.isStopped())
        timePhases(runs, plan.timed);
    if (!runs.isStopped() && !settings.program.isEmpty())
        probe(runs, ModelProbe(settings));
    if (runs.isStopped())
        runs.context().post([](SessionState& state) { state.latencies().cutShort(); });
}

} // namespace vitrine
