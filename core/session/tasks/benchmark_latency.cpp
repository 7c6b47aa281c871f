#include "core/base/throttle.h"
#include "core/base/tr.h"
#include "core/image/preprocessor.h"
#include "core/measure/benchmark_runner.h"
#include "core/session/session_state.h"
#include "core/session/tasks/benchmark_steps.h"

#include <algorithm>
#include <chrono>
#include <functional>
#include <utility>

namespace vitrine {

namespace {

using Pass = std::function<Result<std::vector<float>>()>;

/// The scores, so that they can be checked; the softmax is only timed.
Result<std::vector<float>> withSoftmax(LoadedModel& model, const InputTensor& input)
{
    auto scores = model.forward(input);
    if (scores)
        (void)softmax(*scores);
    return scores;
}

/// The model's pass as the clock is to see it. `image`: where it starts from that.
Pass timedPass(TimedWork work, const StartedRun& run, std::shared_ptr<const SourceImage> image,
               const Preprocessing& preprocessing)
{
    switch (work) {
    case TimedWork::Forward:
        break;
    case TimedWork::Softmax:
        return [run] { return withSoftmax(*run.model, run.input->tensor()); };
    case TimedWork::FromDecodedImage:
        return [run, image = std::move(image), preprocessing] {
            return withSoftmax(*run.model, preprocess(image->rgb, preprocessing));
        };
    }
    return [run] { return run.pass(); };
}

/// None: it does not load, or its picture is gone.
std::optional<BenchmarkSubject> subjectOf(VariantRuns& runs, VariantRun& run, TimedWork work)
{
    const RunPicture& picture = runs.request().pictures.front();
    const auto started = runs.isStopped() ? std::nullopt : runs.start(run, picture);
    if (!started)
        return std::nullopt;
    const bool beginsWithImage = work == TimedWork::FromDecodedImage;
    const auto image = beginsWithImage ? runs.pixels(picture) : nullptr;
    if (beginsWithImage && !image)
        return std::nullopt;
    return BenchmarkSubject{timedPass(work, *started, image, run.asked->variant.preprocessing),
                            run.asked->withdrawn, [model = started->model] { return model->overhead(); },
                            [run = *started](const auto& scores) { return run.settle(scores); }};
}

/// Hands samples over at most 20 times a second, and never while one is taken.
class SampleShower
{
public:
    explicit SampleShower(const TaskContext& context) : m_context(context) {}

    void keep(const Progress& progress) { m_progress = progress; }

    void take(const QString& id, const LatencySample& sample)
    {
        m_unseen.push_back({id, sample});
        if (m_throttle.isDue())
            show();
    }

    void show()
    {
        if (m_unseen.empty())
            return;
        constexpr int restsAsLong = 4; // as it took: painting gets a fifth of the time at most
        const auto begin = std::chrono::steady_clock::now();
        m_context.control.report(m_progress);
        m_context.show([samples = std::exchange(m_unseen, {})](SessionState& state) {
            state.latencies().append(samples);
        });
        m_throttle.rest(restsAsLong * (std::chrono::steady_clock::now() - begin));
    }

private:
    const TaskContext& m_context;
    std::vector<Measurement> m_unseen;
    Progress m_progress;
    Throttle m_throttle;
};

} // namespace

void measureLatency(VariantRuns& runs, const BenchmarkPlan& plan, const std::vector<Contestant>& contestants)
{
    const TaskContext& context = runs.context();
    std::vector<Contestant> taking; ///< Those that load.
    std::vector<BenchmarkSubject> subjects;
    for (const Contestant& contestant : contestants)
        if (auto made = subjectOf(runs, runs.at(contestant.subject), plan.timed)) {
            taking.push_back(contestant);
            subjects.push_back(*std::move(made));
        }
    const auto baseline = std::ranges::find(taking, runs.request().baseline, &Contestant::subject);
    const auto position = baseline == taking.end() ? 0 : static_cast<int>(baseline - taking.begin());
    const auto contestantOf = [&](int subject) { return taking[static_cast<std::size_t>(subject)]; };

    SampleShower shower(context);
    BenchmarkHooks hooks;
    hooks.sampled = [&](const SubjectSample& taken) {
        shower.take(contestantOf(taken.subject).id, taken.sample);
    };
    hooks.failed = [&](const BenchmarkRun::SubjectFailure& failure) {
        runs.fail(runs.at(contestantOf(failure.subject).subject), failure.error);
    };
    context.post(
        [process = context.models.process()](SessionState& state) { state.latencies().ranIn(process); });
    context.control.report({tr("Warming up"), 0, std::ssize(subjects)});
    const JobControl control{context.control.stop, [&](const Progress& step) { shower.keep(step); }};
    const BenchmarkRun run = runBenchmark(subjects, plan, position, control, hooks);
    shower.show();
    const StopReason reason = runs.isStopped() ? StopReason::Cancelled : run.stopped;
    context.show([reason](SessionState& state) {
        state.sweep().endBenchmark(state.latencies().end(reason));
        Q_EMIT state.events().benchmarkFinished(reason == StopReason::Cancelled);
    });
}

} // namespace vitrine
