#pragma once

#include "core/compare/comparison.h"
#include "core/engine/own_input.h"
#include "core/engine/result_key.h"
#include "core/session/model_store.h"
#include "core/session/run_request.h"
#include "core/session/task.h"

#include <functional>
#include <memory>
#include <optional>
#include <vector>

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

/// A variant that is loaded, and what it is fed with: an input of its own, as models may write into it.
struct StartedRun
{
    LoadedModel* model = nullptr;
    std::shared_ptr<OwnInput> input;
    QString name; ///< The variant's.

    /// The model's pass and nothing else; settle() is to follow each.
    Result<std::vector<float>> pass() const { return model->forward(input->tensor()); }
    /// Restores the input, and says what is wrong with the scores.
    Status settle(const std::vector<float>& scores) const;
    Result<std::vector<float>> forward() const; ///< Both.
};

/// The variants of a RunRequest, which must outlive this, while a task runs them. An error of one stays with
/// it. The worker's thread.
class VariantRuns
{
public:
    VariantRuns(const RunRequest& request, const TaskContext& context)
        : m_request(request), m_context(context)
    {
    }

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
    /// It is running then. None: model() or input() is null.
    std::optional<StartedRun> start(VariantRun& run, const RunPicture& picture);
    /// Null when it cannot be loaded, which is then told.
    LoadedModel* model(VariantRun& run);
    // Null when the picture's file cannot be read any more, which is then told.
    std::shared_ptr<const InputTensor> input(const VariantRun& run, const RunPicture& picture);
    std::shared_ptr<const SourceImage> pixels(const RunPicture& picture);
    void fail(VariantRun& run, const Error& error);      ///< Told at once; the model stays.
    void setThreads(const VariantRun& run, int threads); ///< For what it runs next.
    bool isOut(const VariantRun& run) const;             ///< Withdrawn, or its run failed.
    RunKey key(const VariantRun& run) const;

private:
    Status prepare(VariantRun& run);
    Result<LoadedModel*> loaded(const VariantRun& run);
    void advance(VariantRun& run, VariantState state);
    void tell(const VariantRun& run) const;
    void tellNotices(const VariantRun& run);
    template <typename T>
    T orRefuse(const RunPicture& picture, const Result<T>& read);

    const RunRequest& m_request;
    const TaskContext& m_context;
    std::vector<VariantRun> m_runs;
    QStringList m_refused; ///< Ids of pictures.
};

/// A task that runs the variants of `request`: begin(), `work` unless that fails, finish().
Task variantsTask(RunRequest request, std::function<void(VariantRuns&)> work);

/// Runs request().missing: the predictions that are not known.
void classifyMissing(VariantRuns& runs);

} // namespace vitrine
