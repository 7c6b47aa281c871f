#include "core/session/run_execution.h"

#include "core/base/tr.h"

namespace vitrine {

namespace {

/// TorchScript specializes itself in the first two.
constexpr int forwardsBeforeProfile = 3;

/// Each number of threads is tried so many times, in turn, so that a machine that slows down slows all.
constexpr int calibrationTurns = 3;
constexpr int forwardsATurn = 5;
constexpr int forwardsBeforeATurn = 2;

ProbeOutcome outcomeOf(const Result<ProbeReport>& report)
{
    if (!report)
        return {{}, {}, report.error()};
    return {report->run.coldStart, report->run.peakMemoryBytes(), {}};
}

} // namespace

bool RunExecution::isOut(const Subject& subject) const
{
    return subject.asked->withdrawn.stop_requested() || subject.state == VariantState::Failed ||
           subject.error;
}

ResultKey RunExecution::keyOf(const Subject& subject, const QByteArray& imageSha256) const
{
    return {runKeyOf(subject.asked->variant, subject.engineVersion, m_job.settings.threads,
                     subject.quantizedEngine),
            imageSha256};
}

void RunExecution::profile()
{
    qint64 done = 0;
    for (Subject& subject : m_subjects) {
        if (m_context.control.stopRequested())
            break;
        m_context.control.report({tr("Profiling %1").arg(subject.asked->variant.name), done++,
                                  static_cast<qint64>(m_subjects.size())});
        if (!isOut(subject))
            profile(subject);
    }
    m_context.tell(ProfileEnded{m_context.control.stopRequested()});
}

void RunExecution::profile(Subject& subject)
{
    LoadedModel* model = modelOf(subject);
    if (!model)
        return;
    advance(subject, VariantState::Running);
    const RunJob::Picture& picture = m_job.pictures.front();
    const auto input = inputOf(picture, subject);
    for (int i = 0; i < forwardsBeforeProfile && !m_context.control.stopRequested(); ++i)
        if (const auto logits = model->forward(*input); !logits)
            break; // profile() says it too
    if (m_context.control.stopRequested())
        return;
    auto operators = model->profile(*input);
    if (operators)
        m_context.show(OperatorsProfiled{subject.asked->id, keyOf(subject, picture.source->sha256),
                                         *std::move(operators)});
    else if (!operators.isCancelled())
        subject.error = operators.error();
}

void RunExecution::calibrate()
{
    Subject& subject = m_subjects[m_job.baseline];
    LoadedModel* model = modelOf(subject);
    const auto engine = m_models.engine(subject.asked->variant.engine);
    if (!model || !engine)
        return;
    advance(subject, VariantState::Running);
    const auto input = inputOf(m_job.pictures.front(), subject);
    const auto turns = static_cast<qint64>(calibrationTurns * m_job.calibration.size());
    ThreadsTried tried{subject.asked->id, {}};
    for (qint64 turn = 0; turn < turns; ++turn) {
        const int threads = m_job.calibration[static_cast<std::size_t>(turn) % m_job.calibration.size()];
        m_context.control.report(
            {tr("Trying %1 on numbers of threads").arg(subject.asked->variant.name), turn, turns});
        (*engine)->setThreads(threads);
        for (int i = 0; i < forwardsBeforeATurn + forwardsATurn; ++i) {
            const auto begin = std::chrono::steady_clock::now();
            const auto logits = model->forward(*input);
            const auto duration = std::chrono::steady_clock::now() - begin;
            if (!logits && !logits.isCancelled())
                subject.error = logits.error();
            if (!logits || m_context.control.stopRequested() || isOut(subject))
                return;
            if (i >= forwardsBeforeATurn)
                tried.times.push_back({threads, duration});
        }
    }
    m_context.tell(std::move(tried));
}

void RunExecution::measureExtras()
{
    if (!m_context.control.stopRequested())
        timePhases();
    if (!m_context.control.stopRequested())
        probe();
    m_context.tell(ExtrasEnded{m_context.control.stopRequested()});
}

void RunExecution::timePhases()
{
    const SourceImage& image = *m_job.pictures.front().source;
    qint64 done = 0;
    const auto report = [&] {
        m_context.control.report(
            {tr("Timing the image's way"), done++, static_cast<qint64>(m_subjects.size())});
    };
    report();
    ImagePhaseTimer timer(image);
    for (Subject& subject : m_subjects) {
        if (m_context.control.stopRequested())
            return;
        if (!isOut(subject))
            if (const auto phases = phasesOf(subject, timer))
                m_context.show(PhasesMeasured{subject.asked->id, keyOf(subject, image.sha256), *phases});
        report();
    }
}

std::optional<PhaseTimes> RunExecution::phasesOf(Subject& subject, ImagePhaseTimer& timer)
{
    LoadedModel* model = modelOf(subject);
    if (!model)
        return std::nullopt;
    PhaseTimes phases = timer.times(subject.asked->variant.preprocessing);
    const auto input = inputOf(m_job.pictures.front(), subject);
    const auto logits = model->forward(*input);
    if (!logits)
        return phases;
    phases.softmax = softmaxTime(*logits);
    if (m_job.plan->timed != TimedWork::Forward)
        phases.steadyForward = medianTime([&] { (void)model->forward(*input); });
    return phases;
}

void RunExecution::probe()
{
    if (m_job.probe.program.isEmpty())
        return;
    qint64 done = 0;
    for (Subject& subject : m_subjects) {
        if (m_context.control.stopRequested())
            return;
        m_context.control.report({tr("Cold start of %1").arg(subject.asked->variant.name), done++,
                                  static_cast<qint64>(m_subjects.size())});
        if (!isOut(subject))
            probe(subject);
    }
}

void RunExecution::probe(Subject& subject)
{
    const Variant& variant = subject.asked->variant;
    ProbeRequest request;
    request.path = variant.path;
    request.preprocessing = variant.preprocessing.toText();
    request.threads = m_job.settings.threads;
    request.engine = variant.engine;
    request.quantizedEngine = subject.quantizedEngine;
    const auto report = ModelProbe(m_job.probe).run(request, m_context.control.stop);
    if (!report.isCancelled())
        m_context.show(VariantProbed{subject.asked->id, keyOf(subject, {}), outcomeOf(report)});
}

} // namespace vitrine
