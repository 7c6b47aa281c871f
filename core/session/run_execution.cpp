#include "core/session/run_execution.h"

#include "core/base/tr.h"
#include "core/session/latency_log.h"
#include "core/session/timed_pass.h"

#include <algorithm>

namespace vitrine {

RunExecution::RunExecution(const RunJob& job, const JobContext& context, ModelStore& models,
                           InputCache& inputs)
    : m_job(job), m_context(context), m_models(models), m_inputs(inputs)
{
}

void RunExecution::run()
{
    if (m_job.missing.empty() && !m_job.plan && !m_job.profile && m_job.calibration.empty())
        return;
    if (!takeSubjects())
        return;
    classifyMissing();
    if (m_job.plan)
        measure();
    if (m_job.profile)
        profile();
    if (!m_job.calibration.empty())
        calibrate();
    finish();
    if (m_job.plan && m_job.plan->probe && !m_job.againstItself)
        measureExtras();
}

bool RunExecution::takeSubjects()
{
    std::optional<Error> refusal;
    bool any = false;
    for (const RunJob::Subject& asked : m_job.subjects) {
        Subject& subject = m_subjects.emplace_back();
        subject.asked = &asked;
        const auto engine = m_models.engine(asked.variant.engine);
        any = any || engine;
        if (engine) {
            (*engine)->setThreads(m_job.settings.threads);
            subject.quantizedEngine =
                quantizedEngineFor(asked.variant, asked.askedEngine, (*engine)->quantizedEngines());
            subject.engineVersion = (*engine)->version();
        } else if (!engine.isCancelled()) {
            subject.error = engine.error();
            refusal = refusal.value_or(engine.error());
        }
    }
    if (!any && refusal)
        m_context.tell(EngineRefused{*refusal});
    for (Subject& subject : m_subjects)
        if (any && subject.error)
            advance(subject, VariantState::Failed);
    return any;
}

void RunExecution::classifyMissing()
{
    qint64 done = 0;
    for (const RunJob::Item& item : m_job.missing) {
        const RunJob::Picture& picture = m_job.pictures[item.picture];
        Subject& subject = m_subjects[item.subject];
        if (m_context.control.stopRequested())
            return;
        m_context.control.report({tr("Classifying with %1").arg(subject.asked->variant.name), done++,
                                  static_cast<qint64>(m_job.missing.size())});
        if (!picture.withdrawn.stop_requested() && !subject.asked->withdrawn.stop_requested())
            classify(picture, subject);
    }
}

void RunExecution::classify(const RunJob::Picture& picture, Subject& subject)
{
    LoadedModel* model = modelOf(subject);
    if (!model)
        return;
    advance(subject, VariantState::Running);
    auto logits = model->forward(*inputOf(picture, subject));
    if (logits.isCancelled())
        return;
    if (!logits) {
        subject.error = logits.error();
        m_context.tell(VariantAdvanced{subject.asked->id, subject.state, subject.error});
        return;
    }
    m_context.tell(ImageClassified{picture.id, subject.asked->id, keyOf(subject, picture.source->sha256),
                                   vitrine::classify(*std::move(logits))});
}

std::vector<RunExecution::Subject*> RunExecution::contestants()
{
    std::vector<Subject*> loaded;
    for (std::size_t i = 0; i < m_subjects.size() && !m_context.control.stopRequested(); ++i)
        if ((!m_job.againstItself || i == m_job.baseline) && modelOf(m_subjects[i]))
            loaded.push_back(&m_subjects[i]);
    return loaded;
}

BenchmarkSubject RunExecution::benchmarkSubject(Subject& subject)
{
    const RunJob::Picture& picture = m_job.pictures.front();
    advance(subject, VariantState::Running);
    return {timedPass(m_job.plan->timed, *modelOf(subject),
                      {inputOf(picture, subject), picture.source, subject.asked->variant.preprocessing}),
            subject.asked->withdrawn};
}

void RunExecution::measure()
{
    std::vector<Subject*> subjects = contestants();
    QStringList ids;
    std::vector<BenchmarkSubject> benchmarked;
    for (Subject* subject : subjects) {
        ids << subject->asked->id;
        benchmarked.push_back(benchmarkSubject(*subject));
    }
    if (m_job.againstItself && !subjects.empty()) {
        ids << twinId(ids.front());
        subjects.push_back(subjects.front());
        benchmarked.push_back(benchmarked.front());
    }
    const auto baseline = m_job.subjects.empty() ? -1 : ids.indexOf(m_job.subjects[m_job.baseline].id);
    BenchmarkHooks hooks;
    hooks.sampled = [&](const SubjectSample& taken) { showMeasurement(ids[taken.subject], taken.sample); };
    m_context.control.report({tr("Warming up"), 0, static_cast<qint64>(benchmarked.size())});
    const JobControl control{m_context.control.stop, [this](const Progress& step) { m_progress = step; }};
    const BenchmarkRun run = runBenchmark(benchmarked, *m_job.plan,
                                          static_cast<int>(std::max(baseline, qsizetype{0})), control, hooks);
    for (const auto& failure : run.failures)
        subjects[static_cast<std::size_t>(failure.subject)]->error = failure.error;
    showMeasurements();
    m_context.show(BenchmarkEnded{m_context.control.stopRequested() ? StopReason::Cancelled : run.stopped});
}

void RunExecution::showMeasurement(const QString& variantId, const LatencySample& sample)
{
    m_measurements.push_back({variantId, sample});
    if (m_throttle.isDue())
        showMeasurements();
}

void RunExecution::showMeasurements()
{
    if (m_measurements.empty())
        return;
    constexpr int restsAsLong = 4; // as it took: painting gets a fifth of the time at most
    const auto begin = std::chrono::steady_clock::now();
    m_context.control.report(m_progress);
    m_context.show(LatencyMeasured{std::exchange(m_measurements, {})});
    m_throttle.rest(restsAsLong * (std::chrono::steady_clock::now() - begin));
}

void RunExecution::finish()
{
    for (Subject& subject : m_subjects)
        if (subject.state == VariantState::Running)
            advance(subject, VariantState::Ready);
}

LoadedModel* RunExecution::modelOf(Subject& subject)
{
    if (subject.state == VariantState::Failed)
        return nullptr;
    const RunJob::Subject& asked = *subject.asked;
    if (!m_models.holds(asked.id, subject.quantizedEngine))
        advance(subject, VariantState::Loading);
    const auto model = m_models.model(asked.id, asked.variant, subject.quantizedEngine);
    if (model)
        return *model;
    if (model.isCancelled()) {
        advance(subject, VariantState::Waiting);
        return nullptr;
    }
    subject.error = model.error();
    advance(subject, VariantState::Failed);
    return nullptr;
}

void RunExecution::advance(Subject& subject, VariantState state)
{
    if (std::exchange(subject.state, state) != state)
        m_context.tell(VariantAdvanced{subject.asked->id, state, subject.error});
}

std::shared_ptr<const InputTensor> RunExecution::inputOf(const RunJob::Picture& picture,
                                                         const Subject& subject)
{
    return m_inputs.tensor(*picture.source, subject.asked->variant.preprocessing);
}

} // namespace vitrine
