#include "core/session/session_private.h"

#include "core/base/tr.h"

#include <algorithm>

namespace vitrine {

ComparisonSession::Private::Private(ComparisonSession& session, EngineRegistry engines)
    : state(engines),
      queue(std::move(engines),
            {[this](const Fact& fact) { std::visit([this](const auto& content) { apply(content); }, fact); },
             [this](bool busy) { Q_EMIT q.busyChanged(busy); }}),
      q(session)
{
}

JobWork ComparisonSession::Private::benchmarkWork(const BenchmarkPlan& plan, LatencyLog::Kind kind)
{
    return canMeasure() ? state.benchmarkJob(plan, kind) : RunJob{};
}

JobWork ComparisonSession::Private::sweepWork(const BenchmarkPlan& plan, int threads)
{
    state.sweep().beginJob(threads);
    return canMeasure() ? state.sweepJob(plan, threads) : RunJob{};
}

JobWork ComparisonSession::Private::calibrationWork(const std::vector<int>& threads)
{
    return canMeasure() ? state.calibrationJob(threads) : RunJob{};
}

JobWork ComparisonSession::Private::profileWork()
{
    return canMeasure() ? state.profileJob() : RunJob{};
}

bool ComparisonSession::Private::canMeasure()
{
    const Comparison now = state.snapshot();
    if (now.baseline() && !now.images.empty())
        return true;
    Q_EMIT q.failed({ErrorKind::Usage,
                     now.images.empty() ? vitrine::tr("There is no image to measure with. Add one first.")
                                        : vitrine::tr("There is nothing to measure. Enable a variant first."),
                     {}});
    return false;
}

void ComparisonSession::Private::changeVariant(const QString& id,
                                               const std::function<void(VariantResult&)>& change)
{
    VariantResult* variant = state.variant(id);
    if (!variant)
        return;
    change(*variant);
    Q_EMIT q.variantChanged(id);
}

void ComparisonSession::Private::removeVariant(const QString& id)
{
    if (!state.removeVariant(id))
        return;
    queue.unload(id);
    Q_EMIT q.variantRemoved(id);
}

void ComparisonSession::Private::removeImage(const QString& id)
{
    const QString current = state.currentImageId();
    if (!state.removeImage(id))
        return;
    Q_EMIT q.imageRemoved(id);
    if (state.currentImageId() != current)
        Q_EMIT q.currentImageChanged(state.currentImageId());
}

void ComparisonSession::Private::apply(const ImageRead& fact)
{
    const bool isFirst = state.currentImageId().isEmpty();
    const QString id = state.addImage(fact.image);
    Q_EMIT q.imageAdded(id);
    if (isFirst)
        Q_EMIT q.currentImageChanged(id);
}

void ComparisonSession::Private::apply(const ImageRefused& fact)
{
    Q_EMIT q.imageRejected(fact.path, fact.error);
}

void ComparisonSession::Private::apply(const VariantRead& fact)
{
    Q_EMIT q.variantAdded(state.addVariant(fact.variant));
}

void ComparisonSession::Private::apply(const VariantRefused& fact)
{
    Q_EMIT q.variantRejected(fact.path, fact.error);
}

void ComparisonSession::Private::apply(const BuildPossible& fact)
{
    Q_EMIT q.buildOffered(fact.path);
}

void ComparisonSession::Private::apply(const SetBuilt& fact)
{
    Q_EMIT q.variantSetBuilt(fact.folder);
}

void ComparisonSession::Private::apply(const BuildRefused& fact)
{
    Q_EMIT q.buildFailed(fact.source, fact.error);
}

void ComparisonSession::Private::apply(const FileDescribed& fact)
{
    Q_EMIT q.described(fact.path, fact.identity, fact.description);
}

void ComparisonSession::Private::apply(const DescriptionRefused& fact)
{
    Q_EMIT q.describeFailed(fact.path, fact.error);
}

void ComparisonSession::Private::apply(const EngineReady& fact)
{
    state.setReady(fact);
    Q_EMIT q.engineLoaded(fact.info.name, fact.version, fact.blas);
}

void ComparisonSession::Private::apply(const EngineRefused& fact)
{
    Q_EMIT q.failed(fact.error);
}

void ComparisonSession::Private::apply(const VariantAdvanced& fact)
{
    changeVariant(fact.variantId, [&](VariantResult& variant) {
        variant.state = fact.state;
        variant.error = fact.error;
    });
}

void ComparisonSession::Private::apply(const ImageClassified& fact)
{
    state.keep(fact);
    if (state.isCurrent(fact))
        Q_EMIT q.imageClassified(fact.imageId, fact.variantId);
}

void ComparisonSession::Private::apply(const LatencyMeasured& fact)
{
    state.keep(fact);
    Q_EMIT q.latencySampled();
}

void ComparisonSession::Private::apply(const ThreadsTried& fact)
{
    RunSettings settings = state.settings();
    settings.threads = std::max(1, fastestThreads(fact.times));
    q.setRunSettings(settings);
    Q_EMIT q.threadsCalibrated(fact.variantId, settings.threads);
}

void ComparisonSession::Private::apply(const BenchmarkEnded& fact)
{
    state.keep(fact);
    Q_EMIT q.benchmarkFinished(fact.reason == StopReason::Cancelled);
}

void ComparisonSession::Private::apply(const PhasesMeasured& fact)
{
    state.measurements().phases.insert(fact.key, fact.phases);
    Q_EMIT q.phasesMeasured(fact.variantId);
}

void ComparisonSession::Private::apply(const VariantProbed& fact)
{
    state.measurements().probes.insert(fact.key, fact.outcome);
    Q_EMIT q.variantProbed(fact.variantId);
}

void ComparisonSession::Private::apply(const OperatorsProfiled& fact)
{
    state.measurements().operators.insert(fact.key, fact.operators);
    Q_EMIT q.operatorsProfiled(fact.variantId);
}

void ComparisonSession::Private::apply(const ProfileEnded& fact)
{
    Q_EMIT q.profileFinished(fact.cancelled);
}

void ComparisonSession::Private::apply(const JobAdvanced& fact)
{
    Q_EMIT q.progressed(fact.progress);
}

} // namespace vitrine
