#pragma once

#include "core/base/throttle.h"
#include "core/measure/benchmark_runner.h"
#include "core/measure/phase_timing.h"
#include "core/session/input_cache.h"
#include "core/session/model_store.h"
#include "core/session/session_jobs.h"

namespace vitrine {

/// One RunJob while it runs, on the worker's thread. An error of one variant stays with it.
class RunExecution
{
public:
    RunExecution(const RunJob& job, const JobContext& context, ModelStore& models, InputCache& inputs);

    void run();

private:
    struct Subject
    {
        const RunJob::Subject* asked = nullptr;
        QString quantizedEngine;
        QString engineVersion;
        VariantState state = VariantState::Waiting;
        std::optional<Error> error; ///< Of this run.
    };

    /// Makes the engines and m_subjects. False: no engine could be loaded, which is then told; one out of
    /// several is the error of its variants.
    bool takeSubjects();
    void classifyMissing();
    void classify(const RunJob::Picture& picture, Subject& subject);
    void measure();
    /// Loads what is to be measured; in the order of the subjects, those that load.
    std::vector<Subject*> contestants();
    BenchmarkSubject benchmarkSubject(Subject& subject);
    /// At most 20 times a second, and never while a sample is taken.
    void showMeasurement(const QString& variantId, const LatencySample& sample);
    void showMeasurements();
    void finish();

    // run_measurements.cpp
    void profile();
    void profile(Subject& subject);
    void calibrate();
    /// Phases and probes. Each result is painted before the next is measured.
    void measureExtras();
    void timePhases();
    void probe();
    std::optional<PhaseTimes> phasesOf(Subject& subject, ImagePhaseTimer& timer);
    void probe(Subject& subject);
    bool isOut(const Subject& subject) const; ///< Withdrawn, or its run failed.
    ResultKey keyOf(const Subject& subject, const QByteArray& imageSha256) const;

    /// Null when it cannot be loaded, which is then told.
    LoadedModel* modelOf(Subject& subject);
    void advance(Subject& subject, VariantState state);
    std::shared_ptr<const InputTensor> inputOf(const RunJob::Picture& picture, const Subject& subject);

    const RunJob& m_job;
    const JobContext& m_context;
    ModelStore& m_models;
    InputCache& m_inputs;
    std::vector<Subject> m_subjects;
    std::vector<Measurement> m_measurements; ///< Not shown yet.
    Progress m_progress;                     ///< Of the benchmark; not shown yet.
    Throttle m_throttle;
};

} // namespace vitrine
