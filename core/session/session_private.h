#pragma once

#include "core/session/comparison_session.h"
#include "core/session/job_queue.h"
#include "core/session/session_state.h"

namespace vitrine {

/// Turns what the worker tells into state and signals.
class ComparisonSession::Private
{
public:
    Private(ComparisonSession& session, EngineRegistry engines);

    JobWork benchmarkWork(const BenchmarkPlan& plan, LatencyLog::Kind kind);
    JobWork sweepWork(const BenchmarkPlan& plan, int threads);
    JobWork calibrationWork(const std::vector<int>& threads);
    JobWork profileWork();
    void changeVariant(const QString& id, const std::function<void(VariantResult&)>& change);
    void removeVariant(const QString& id);
    void removeImage(const QString& id);

    SessionState state;
    JobQueue queue;
    quint64 lastBuild = 0; ///< The job of the last buildVariants().

private:
    /// Whether there is something to measure, and something to measure with; else failed().
    bool canMeasure();

    void apply(const ImageRead& fact);
    void apply(const ImageRefused& fact);
    void apply(const VariantRead& fact);
    void apply(const VariantRefused& fact);
    void apply(const BuildPossible& fact);
    void apply(const SetBuilt& fact);
    void apply(const BuildRefused& fact);
    void apply(const FileDescribed& fact);
    void apply(const DescriptionRefused& fact);
    void apply(const EngineReady& fact);
    void apply(const EngineRefused& fact);
    void apply(const VariantAdvanced& fact);
    void apply(const ImageClassified& fact);
    void apply(const LatencyMeasured& fact);
    void apply(const BenchmarkEnded& fact);
    void apply(const ExtrasEnded& fact) { state.keep(fact); }
    void apply(const PhasesMeasured& fact);
    void apply(const VariantProbed& fact);
    void apply(const OperatorsProfiled& fact);
    void apply(const ThreadsTried& fact);
    void apply(const ProfileEnded& fact);
    void apply(const JobAdvanced& fact);
    void apply(const JobEnded&) { state.sweep().endJob(); }

    ComparisonSession& q;
};

} // namespace vitrine
