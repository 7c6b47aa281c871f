#pragma once

#include "core/compare/comparison.h"
#include "core/engine/result_key.h"
#include "core/session/model_store.h"
#include "core/session/run_request.h"
#include "core/session/task.h"

namespace vitrine {

/// One variant of a RunRequest while a task runs it.
struct VariantRun
{
    const RunSubject* asked = nullptr;
    QString engineVersion;
    QString quantizedEngine;
    VariantState state = VariantState::Waiting;
    std::optional<Error> error; ///< Of this run.
};

/// The variants of a RunRequest, which must outlive this, while a task runs them. An error of one stays with
/// it. The worker's thread.
class VariantRuns
{
public:
    VariantRuns(const RunRequest& request, const TaskContext& context);

    /// Makes the engines ready. A variant whose engine does not load has failed; false: none loads, which is
    /// told.
    bool begin();
    /// Those that run are ready again.
    void finish();

    const RunRequest& request() const { return m_request; }
    const TaskContext& context() const { return m_context; }
    bool isStopped() const { return m_context.control.stopRequested(); }
    /// Calls `work` for each that is not out, unless stopped, and reports `step` ("Profiling %1") before.
    void forEach(const QString& step, const std::function<void(VariantRun&)>& work);

    VariantRun& at(std::size_t subject) { return m_runs[subject]; }
    std::size_t size() const { return m_runs.size(); }
    /// Null when it cannot be loaded, which is then told.
    LoadedModel* model(VariantRun& run);
    // Null when the picture's file cannot be read any more, which is then told.
    std::shared_ptr<const InputTensor> input(const VariantRun& run, const RunPicture& picture);
    std::shared_ptr<const SourceImage> pixels(const RunPicture& picture);
    void advance(VariantRun& run, VariantState state);
    void fail(VariantRun& run, const Error& error);      ///< Told at once; the model stays.
    void setThreads(const VariantRun& run, int threads); ///< For what it runs next.
    bool isOut(const VariantRun& run) const;             ///< Withdrawn, or its run failed.
    RunKey key(const VariantRun& run) const;

private:
    Status prepare(VariantRun& run);
    void tell(const VariantRun& run) const;
    void refuse(const RunPicture& picture, const Failure& failure);

    const RunRequest& m_request;
    const TaskContext& m_context;
    std::vector<VariantRun> m_runs;
    QStringList m_refused; ///< Ids of pictures.
};

/// Runs request().missing: the predictions that are not known.
void classifyMissing(VariantRuns& runs);

} // namespace vitrine
