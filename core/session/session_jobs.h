#pragma once

#include "core/engine/engine.h"
#include "core/engine/result_key.h"
#include "core/measure/thread_choice.h"
#include "core/session/comparison_session.h"
#include "core/session/measurement_cache.h"

#include <functional>
#include <future>
#include <memory>
#include <stop_token>
#include <variant>
#include <vector>

namespace vitrine {

// What goes to the worker -----------------------------------------------------------------------------

struct AddJob
{
    enum class What { Anything, Images, Models, VariantSets };
    What what = What::Anything;
    QStringList paths;
};

struct BuildJob
{
    BuildRequest request;
    QString cacheFolder; ///< Empty: into request.folder.
};

struct DescribeJob
{
    QString path;
};

/// Classify what is missing, then, if there is a plan, measure all variants on the first image, or the
/// baseline against itself; profile them there, or try the baseline on numbers of threads,
/// if that is asked for.
struct RunJob
{
    struct Subject
    {
        QString id;
        Variant variant;
        QString askedEngine;       ///< As in RunSettings::quantizedEngine, for this one.
        std::stop_token withdrawn; ///< Removed, or its input changed, since the job began.
    };
    struct Picture
    {
        QString id;
        std::shared_ptr<const SourceImage> source;
        std::stop_token withdrawn;
    };
    struct Item
    {
        std::size_t picture = 0;
        std::size_t subject = 0;
    };

    RunSettings settings;
    std::vector<Subject> subjects;
    std::vector<Picture> pictures; ///< The current image first.
    std::vector<Item> missing;
    std::optional<BenchmarkPlan> plan;
    std::size_t baseline = 0;   ///< Position in `subjects`.
    bool againstItself = false; ///< Measures the baseline twice and nothing else.
    bool profile = false;
    std::vector<int> calibration = {}; ///< Numbers of threads to try the baseline on, and nothing else.
    ProbeSettings probe = {};
};

using JobWork = std::variant<AddJob, BuildJob, DescribeJob, RunJob>;

struct Job
{
    quint64 id = 0;
    std::stop_token stop;
    JobWork work;
};

/// Frees the memory of a variant that was removed.
struct UnloadModel
{
    QString variantId;
};

using WorkerLetter = std::variant<Job, UnloadModel>;

// What comes back -------------------------------------------------------------------------------------

struct ImageRead
{
    SourceImage image;
};
struct ImageRefused
{
    QString path;
    Error error;
};
struct VariantRead
{
    Variant variant;
};
struct VariantRefused
{
    QString path;
    Error error;
};
struct BuildPossible
{
    QString path;
};
struct SetBuilt
{
    QString folder;
};
struct BuildRefused
{
    QString source;
    Error error;
};
struct FileDescribed
{
    FileIdentity identity;
    ModelDescription description;
    QString path; ///< As it was asked for.
};
struct DescriptionRefused
{
    QString path;
    Error error;
};
struct EngineReady
{
    EngineInfo info;
    QString version;
    QString blas;
    QStringList quantizedEngines;
};
struct EngineRefused
{
    Error error;
};
struct VariantAdvanced
{
    QString variantId;
    VariantState state = VariantState::Waiting;
    std::optional<Error> error;
};
struct ImageClassified
{
    QString imageId;
    QString variantId;
    ResultKey key;
    Classification classification;
};
struct Measurement
{
    QString variantId; ///< Or its twinId().
    LatencySample sample;
};
struct LatencyMeasured
{
    std::vector<Measurement> measurements; ///< In the order in which they were taken.
};
struct BenchmarkEnded
{
    StopReason reason = StopReason::Cancelled;
};
/// What follows the rounds: phases, and the probes.
struct ExtrasEnded
{
    bool cancelled = false;
};
struct PhasesMeasured
{
    QString variantId;
    ResultKey key;
    PhaseTimes phases;
};
struct VariantProbed
{
    QString variantId;
    ResultKey key; ///< Without an image.
    ProbeOutcome outcome;
};
struct OperatorsProfiled
{
    QString variantId;
    ResultKey key;
    OperatorProfile operators;
};
struct ThreadsTried
{
    QString variantId;
    std::vector<ThreadTime> times;
};
struct ProfileEnded
{
    bool cancelled = false;
};
struct JobAdvanced
{
    Progress progress;
};
struct JobEnded
{
};

using Fact =
    std::variant<ImageRead, ImageRefused, VariantRead, VariantRefused, BuildPossible, SetBuilt, BuildRefused,
                 FileDescribed, DescriptionRefused, EngineReady, EngineRefused, VariantAdvanced,
                 ImageClassified, LatencyMeasured, BenchmarkEnded, ExtrasEnded, PhasesMeasured, VariantProbed,
                 OperatorsProfiled, ThreadsTried, ProfileEnded, JobAdvanced, JobEnded>;

struct WorkerReport
{
    quint64 jobId = 0;
    Fact fact;
    std::shared_ptr<std::promise<void>> shown =
        {}; ///< If set: kept when what follows from the fact is painted.
};

/// What the parts of the worker are given for one job. Used on the worker's thread only.
struct JobContext
{
    JobControl control;
    std::function<void(Fact)> tell;
    std::function<void(Fact)> show; ///< tell(), and wait until it is painted; a second at most.
};

} // namespace vitrine
