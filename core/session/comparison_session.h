#pragma once

#include "core/base/progress.h"
#include "core/build/build_request.h"
#include "core/compare/comparison.h"
#include "core/engine/engine_registry.h"
#include "core/host/host_process.h"
#include "core/image/image_cache.h"
#include "core/measure/benchmark_plan.h"
#include "core/model/variant_set.h"
#include "core/probe/model_probe.h"
#include "core/session/run_request.h"
#include "core/session/session_events.h"
#include "core/session/task.h"

#include <memory>
#include <optional>

namespace vitrine {

/// Images, variants and what is known about them: the one object that the window and the command line
/// drive. Lives on the thread that made it; commands return at once, and the work is done in order on
/// one worker thread; changed() tells that snapshot() is another one. Destruction stops the work and waits
/// for it.
///
/// Everything is known by id (unique, never reused).
class ComparisonSession : public SessionEvents
{
    Q_OBJECT

public:
    /// Without a program in `probe`, cold starts and peak memory stay unknown.
    explicit ComparisonSession(EngineRegistry engines, ProbeSettings probe = {}, QObject* parent = nullptr);
    ~ComparisonSession() override;

    // ---- Commands -------------------------------------------------------------------------------
    /// Anything: images, models, variant sets (folders too), told apart by content. A checkpoint is added
    /// as an original and offered for building (see buildOffered). A folder with neither vitrine.json nor
    /// a model (see modelFileAt()) adds the images in it (not in its subfolders).
    void addFiles(const QStringList& paths);
    void addImages(const QStringList& paths);
    void addModels(const QStringList& paths, const DeitOptions& options = {});
    void addVariantSet(const QString& folder);
    /// Gives the build's number; buildEnded() is told once, whatever becomes of it. With a `cacheFolder`,
    /// builds into a folder below that, unless the same is there already, whole and of this version;
    /// request.folder is then not used.
    quint64 buildVariants(const BuildRequest& request, const QString& cacheFolder = {});
    /// cancel() for one build alone; other jobs go on. True: it had not begun and is forgotten.
    bool cancelBuild(quint64 build);
    bool isBuilding(quint64 build) const; ///< It is running, and no more waiting.
    void describe(const QString& path);   ///< Answered by described() or describeFailed().
    /// Answered by inputRead().
    void readInput(const QString& path, const DeitOptions& options = {});

    void removeImage(const QString& id);
    void removeVariant(const QString& id);
    void clear();

    void setVariantEnabled(const QString& id, bool enabled);
    /// For a model that brings no vitrine.json; drops its results. Without labels it has ImageNet's, where
    /// they fit. Values out of range: failed(). So are labels that are refused, once the number of classes is
    /// known.
    void setVariantInput(const QString& id, const Preprocessing& preprocessing, const Labels& labels,
                         LabelMisfit misfit = LabelMisfit::Taken);
    /// What the user states about a checkpoint. It is read anew: what follows from its weights, and was not
    /// set otherwise, is then that of these. Results of what was stated before come back with it. `input` is
    /// set in the same step, and its labels are to fit these weights.
    void setCheckpointOptions(const QString& id, const DeitOptions& options,
                              const std::optional<StatedInput>& input = {});
    /// What this file may do, whatever the settings say.
    void setVariantFileOperators(const QString& id, FileOperators fileOperators);
    /// What its classes are called; its results stay.
    void setVariantLabels(const QString& id, const Labels& labels);
    void setCurrentImage(const QString& id);
    /// The variant that others are measured against; an empty id: the first enabled one. Ratios and verdicts
    /// of what was measured follow at once.
    void setBaseline(const QString& id);
    /// For a quantized variant: runs it under the first of these engines whatever the settings say, and adds
    /// it again for each further one, right behind it. All are named after their engine: "quantized
    /// (qnnpack)". Other variants, and an empty list: nothing happens.
    void setVariantEngines(const QString& id, const QStringList& engines);
    void setRunSettings(const RunSettings& settings);
    /// From now on, where a file takes part that Vitrine did not build from a checkpoint itself, all are
    /// loaded and run in a process of their own, which may crash or hang over it: that variant alone fails
    /// then. At first none are.
    void setHost(const HostSettings& settings);
    /// A file that has crashed or hung is not run any more, which is remembered. This forgets it.
    void tryAgain(const QString& variantId);
    /// How much memory decoded pictures may take; at first ImageCache::defaultLimit.
    void setPictureCacheLimit(qint64 bytes);

    /// Runs every enabled variant on every image whose result is not known yet.
    void classify();
    /// Whether the session does that by itself whenever it is idle and something new is there: images,
    /// variants, inputs, settings. Off at first. What is new when the user cancels stays unknown, until there
    /// is more.
    void setClassifiesNews(bool classifies);
    /// classify() for all images, then the latency of all enabled variants on the current image. Its first
    /// sample drops the latencies of the last benchmark with these settings, of all variants: what is
    /// shown together was measured together. They come back if it ends in its warm-up. Without an
    /// image or an enabled variant: failed(). When benchmarkFinished() has been told, phases, cold starts and
    /// peak memory follow if the plan asks for them.
    void benchmark(const BenchmarkPlan& plan);
    /// A/A: measures the baseline twice in one benchmark, as if it were two variants, on the current image.
    /// What differs is noise: Comparison::selfComparison. The latencies of variants stay as they are. Errors
    /// and signals as of benchmark().
    void benchmarkAgainstItself(const BenchmarkPlan& plan);
    /// benchmark() once for each of these numbers of threads (at least 1 each), whatever the settings say,
    /// without what comes after the rounds: Comparison::threadSweep and Comparison::sweep. Signals as of that
    /// many benchmarks; cancel() ends all of them.
    void sweepThreads(const BenchmarkPlan& plan, const std::vector<int>& threads);
    /// Tries the baseline on each of these numbers of threads, some 20 passes each, on the current image, and
    /// sets RunSettings::threads to the fastest (see fastestThreads()): threadsCalibrated(). Without an image
    /// or an enabled variant: failed(). What fails otherwise leaves the settings as they are.
    void calibrateThreads(const std::vector<int>& threads);
    /// One watched forward of every enabled variant on the current image, after some that are not: which
    /// operators it spends its time in. Without an image or an enabled variant: failed().
    void profile();
    /// Does anything else, in its turn.
    void perform(Activity activity, TaskMaker make);
    /// Stops the running job and forgets the waiting ones; what was finished stays. busyChanged(false)
    /// arrives when the worker is done, as it does after every command that is answered by signals.
    void cancel();
    /// The last verb: cancel(), and waits for what runs, at most so long. False: it has not ended, as when a
    /// model hangs. The destructor would wait on; save what is to be saved, and end the process.
    bool stop(std::chrono::milliseconds patience);

    // ---- State ----------------------------------------------------------------------------------
    bool isBusy() const;
    std::optional<Activity> activity() const; ///< None: it is idle.
    /// From when a benchmark, a sweep or an A/A is asked for until its rounds have ended.
    bool isMeasuring() const;
    RunSettings runSettings() const;
    /// All that is known now. Costs nothing while nothing changes; what is shared between two stays one.
    std::shared_ptr<const Comparison> snapshot() const;
    /// The decoded picture, from the cache or its file; see ImageCache.
    Result<std::shared_ptr<const SourceImage>> picture(const ImageSource& source) const;
    /// Known once the engine was needed for the first time.
    QStringList quantizedEngines() const;

Q_SIGNALS:
    /// snapshot(), isMeasuring() or quantizedEngines() may be others now. `now`: the worker waits until that
    /// is painted, before it measures on; at most 20 times a second.
    void changed(bool now);
    void progressed(const vitrine::Progress& progress); ///< At most 20 times a second.
    void busyChanged(bool busy);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace vitrine
