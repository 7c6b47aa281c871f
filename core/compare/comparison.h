#pragma once

#include "core/base/shared.h"
#include "core/compare/measurements.h"
#include "core/engine/classification.h"
#include "core/engine/operator_profile.h"
#include "core/image/image_source.h"
#include "core/measure/benchmark_plan.h"
#include "core/measure/cold_start.h"
#include "core/measure/comparability.h"
#include "core/measure/machine_stamp.h"
#include "core/measure/phase_timing.h"
#include "core/measure/statistics.h"
#include "core/measure/trust.h"
#include "core/measure/verdict.h"
#include "core/model/variant.h"

#include <QHash>
#include <QString>

#include <memory>
#include <optional>
#include <vector>

namespace vitrine {

/// What a variant is doing, for the variant list.
enum class VariantState { Waiting, Loading, Ready, Running, Failed };

/// One image of a comparison.
struct ImageResult
{
    QString id;
    QString path;
    QByteArray sha256;
    std::shared_ptr<const ImageSource> source = nullptr; ///< Null only where a comparison is made up.
};

/// The samples of one variant in one benchmark, and what follows from them alone.
struct LatencyResult : LatencySummary ///< Of `samples`.
{
    std::vector<LatencySample> warmUps; ///< Discarded, but kept to be looked at; in the order taken.
    std::vector<LatencySample> samples; ///< In order of rounds.
    std::optional<TrustBadge> badge;    ///< None: too few samples.
    std::optional<Drift> drift;         ///< None: too few samples.
    std::optional<bool> hasSettled;     ///< Whether isStable() when rounds began. None: too few passes.

    /// Fills in all that follows from the samples.
    static LatencyResult of(std::vector<LatencySample> warmUps, std::vector<LatencySample> samples);
};

/// What became of a variant in a fresh process.
struct FreshProcess
{
    std::optional<ColdStart> coldStart;
    std::optional<qint64> peakMemoryBytes; ///< What it adds to the process without it.
    std::optional<Error> error;            ///< Why these two are not known.
};

/// What one variant says about images, by their SHA-256. Copies share.
using Predictions = QHash<QByteArray, std::shared_ptr<const Classification>>;

/// One variant of a comparison: what it is, and what is known about it. Results are shared, not copied.
struct VariantResult
{
    QString id; ///< Unique in a session: the same file may be added twice.
    Variant variant;
    int colorIndex = 0; ///< Fixed at adding: the variant's colour in every chart.
    bool enabled = true;
    VariantState state = VariantState::Waiting;
    std::optional<Error> error; ///< Why state is Failed, or why the last run failed.
    QStringList notices;        ///< LoadedModel::notices().
    QString engineName;         ///< "LibTorch": what runs it; empty: there is none here.
    QString engineVersion;      ///< Empty until that was loaded.
    QString quantizedEngine;    ///< What it ran under; empty for fp32.
    bool hasOwnEngine = false;  ///< It was given that one; the settings do not change it.

    Predictions predictions;
    Shared<LatencyResult> latency; ///< Of the last benchmark; n is 0: not measured.
    Verdict verdict = Verdict::Unmeasured;
    std::optional<RatioEstimate> ratio; ///< To the baseline; none for it, and below roundsForVerdict rounds.
    PhaseTimes phases;                  ///< With its image.
    Shared<FreshProcess> freshProcess;
    Shared<Measurements> measurements; ///< With the current image: OperatorProfile, and what others add.

    std::shared_ptr<const OperatorProfile> operators() const { return measurements->find<OperatorProfile>(); }

    /// Of the image with this content; null: not known.
    const Classification* prediction(const ImageResult& image) const;
};

/// How the shown latencies were measured.
struct BenchmarkFacts
{
    BenchmarkPlan plan;
    std::optional<StopReason> stopped; ///< None: it still runs.
    bool isCutShort = false; ///< Cancelled in what comes after the rounds: phases, cold starts, memory.
};

/// One variant measured against itself in one benchmark (A/A): whatever seems to differ is noise.
struct SelfComparison
{
    QString variantId;
    MachineStamp stamp;
    BenchmarkFacts benchmark;
    VariantResult first;  ///< The variant, as the baseline.
    VariantResult second; ///< The same again under another name, with verdict and ratio.

    /// How far a ratio may be from 1 by noise alone: the farther end of the interval. None: too few rounds.
    std::optional<double> noiseFloor() const;
};

/// One benchmark out of several that differ in nothing but the number of threads.
struct ThreadPoint
{
    int threads = 1;
    MachineStamp stamp;
    BenchmarkFacts benchmark;
    /// The enabled variants that were measured, with what follows from their samples; in the order of
    /// Comparison::variants.
    std::vector<VariantResult> variants;
    /// Ids of the one with the least median and, by verdict, of those that cannot be told from it; empty: too
    /// few rounds.
    QStringList fastest;

    const VariantResult* variant(const QString& id) const; ///< Null: it was not measured.
};

/// What was asked of the last sweep, and how far it came.
struct SweepFacts
{
    std::vector<int> threads;    ///< As asked for.
    std::vector<int> unmeasured; ///< Those of them that have no samples of this sweep, or not yet.
    bool isRunning = false;
    bool isCancelled = false;
};

/// A snapshot of a session: the one thing that charts, tables and exports are made from.
/// Order of variants and images is the order of adding.
struct Comparison
{
    MachineStamp stamp;
    std::vector<VariantResult> variants;
    std::vector<ImageResult> images;
    QString currentImageId;                       ///< The image whose predictions a single chart shows.
    QString baselineId;                           ///< As chosen; empty: the first enabled variant.
    std::optional<BenchmarkFacts> benchmark;      ///< None: nothing was measured with these settings.
    std::optional<SelfComparison> selfComparison; ///< The last A/A with these settings.
    /// The benchmarks with these engines, on the same image and with the same work inside the clock as the
    /// last one, from few threads to many; empty when there are not at least two.
    std::vector<ThreadPoint> threadSweep;
    std::optional<SweepFacts> sweep; ///< None: no sweep was asked for, or another benchmark followed it.

    /// The one that others are measured against: as chosen, unless that is disabled or gone, else the first
    /// enabled variant; null when there is none.
    const VariantResult* baseline() const;
    const VariantResult* variant(const QString& id) const;
    /// Whether the enabled variants run on more than one engine, so that each should be named.
    bool hasSeveralEngines() const;
    const ImageResult* image(const QString& id) const;
    /// Null: not known.
    const Classification* prediction(const QString& imageId, const QString& variantId) const;
    qsizetype predictionCount() const; ///< Of all its variants about all its images.
};

/// On how many images two variants name the same class first.
struct Agreement
{
    int same = 0;
    int common = 0; ///< Images that both have classified.
};

/// Whether any variant gives probabilities itself, so that it should be said.
bool hasOwnProbabilities(const Comparison& comparison);

Agreement agreementOf(const Comparison& comparison, const VariantResult& a, const VariantResult& b);

/// What must be known to read one benchmark: variants that drifted, are unreliable, were not warm or are
/// given another input than the baseline (null: there is none), and that it was cancelled, cut short or ended
/// before it was precise.
std::vector<MeasurementWarning> benchmarkWarnings(const std::vector<VariantResult>& variants,
                                                  const VariantResult* baseline,
                                                  const std::optional<BenchmarkFacts>& benchmark);

/// Of a variant against itself: measurementWarnings() and benchmarkWarnings().
std::vector<MeasurementWarning> selfWarnings(const SelfComparison& self);

/// What the user must know to read the latencies: measurementWarnings() of the stamp and benchmarkWarnings().
/// Empty when nothing was measured.
std::vector<MeasurementWarning> latencyWarnings(const Comparison& comparison);

} // namespace vitrine
