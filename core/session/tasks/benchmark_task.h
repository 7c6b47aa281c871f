#pragma once

#include "core/base/throttle.h"
#include "core/measure/benchmark_runner.h"
#include "core/probe/model_probe.h"
#include "core/session/latency_log.h"
#include "core/session/run_request.h"
#include "core/session/task.h"

#include <memory>

namespace vitrine {

class VariantRuns;

/// Who takes part in a benchmark, and under which id the samples are kept.
struct Contestant
{
    std::size_t subject = 0; ///< Position in RunRequest::subjects; may occur twice.
    QString id;
};

/// Classifies what is missing, then measures the latency of the contestants on the first image, then, if the
/// plan asks for them, phases and fresh processes.
class BenchmarkTask : public Task
{
public:
    // These also begin the benchmark's record. Null: it cannot be done, which is told.
    static std::unique_ptr<Task> make(SessionState& state, const BenchmarkPlan& plan);
    /// The baseline twice, and nothing after the rounds.
    static std::unique_ptr<Task> makeAgainstItself(SessionState& state, const BenchmarkPlan& plan);
    /// On this many threads, whatever the settings say; classifies nothing.
    static std::unique_ptr<Task> makeSweepPoint(SessionState& state, const BenchmarkPlan& plan, int threads);

    BenchmarkTask(RunRequest request, BenchmarkPlan plan, std::vector<Contestant> contestants,
                  QString baselineId, ProbeSettings probe);
    void run(const TaskContext& context) override;

private:
    /// None: it does not load, or its picture is gone.
    std::optional<BenchmarkSubject> subject(VariantRuns& runs, const Contestant& contestant) const;
    void measure(VariantRuns& runs);
    /// At most 20 times a second, and never while a sample is taken.
    void take(const TaskContext& context, const QString& id, const LatencySample& sample);
    void showSamples(const TaskContext& context);

    RunRequest m_request;
    BenchmarkPlan m_plan;
    std::vector<Contestant> m_contestants;
    QString m_baselineId;
    ProbeSettings m_probe;
    std::vector<Measurement> m_unseen; ///< Not shown yet.
    Progress m_progress;               ///< Not shown yet.
    Throttle m_throttle;
};

/// What follows the rounds: phases, and fresh processes where `probe` names a program. Each result is painted
/// before the next is measured.
void measureExtras(VariantRuns& runs, const BenchmarkPlan& plan, const ProbeSettings& probe);

} // namespace vitrine
