#pragma once

#include "core/base/literals.h"

#include <QString>

#include <chrono>
#include <cstdint>
#include <optional>
#include <vector>

namespace vitrine {

/// What one sample's clock surrounds. Decoding the image and loading the model never belong to it.
enum class TimedWork {
    Forward,          ///< One forward pass: what models are compared by, and the default.
    Softmax,          ///< Forward and softmax over all classes: from tensor to probabilities.
    FromDecodedImage, ///< Resize, crop, normalize, forward, softmax: what an application waits for.
};
inline constexpr TimedWork allTimedWork[] = {TimedWork::Forward, TimedWork::Softmax,
                                             TimedWork::FromDecodedImage};

/// "forward", "forward+softmax", "preprocess+forward+softmax": in options and files.
QString timedWorkName(TimedWork work);
std::optional<TimedWork> timedWorkFromName(const QString& name);
/// "forward pass only": for reading.
QString timedWorkText(TimedWork work);

/// How latency is measured: warm-up until it is stable, then rounds that run every variant once in shuffled
/// order, until ratios are known precisely enough. The defaults are those of the preset "careful".
struct BenchmarkPlan
{
    // Warm-up of each variant: at least both of these, then until isStable() says so, but at most
    // extraWarmUps more.
    int warmUps = 5;
    std::chrono::milliseconds warmUpTime{500};
    int extraWarmUps = 30;
    /// Ends the warm-up of a variant so fast that warmUpTime would take more passes than this.
    static constexpr int maxWarmUps = 1000;

    // Rounds: at least minRounds and minTime of measured passes of every variant, then until precise, but at
    // most maxRounds: the passes of a very fast variant need not add up to minTime.
    int minRounds = 30; ///< At least 1.
    int maxRounds = 10'000;
    std::chrono::milliseconds minTime{3000};
    /// Enough when half of the 95 % interval of every ratio to the baseline is at most this share of it; with
    /// a single variant, that of its median (see precisionOf()). 0: never, all of maxRounds are run.
    double precision = 0.02;
    /// Of passes of a variant, warm-up included, which ends at half of it; no round starts when one has used
    /// it up, but one always does.
    std::chrono::seconds budget{60};

    std::uint64_t seed = 1; ///< Of the order of variants in each round, and of resampling.
    TimedWork timed = TimedWork::Forward;

    /// After the rounds, also the phases (see PhaseTimes), and in a fresh process for each variant its cold
    /// start and peak memory.
    bool probe = true;

    /// Exactly this many rounds, however long they take and however precise they are.
    void setExactRounds(int rounds);
    static constexpr std::chrono::seconds unlimited = std::chrono::hours(24 * 365);
};

/// A plan with a name that the window and the command line share.
struct BenchmarkPreset
{
    QString name; ///< "quick", "careful", "paper": in options and settings.
    QString text; ///< The name, and what it means in half a sentence, for the user.
    BenchmarkPlan plan;
};

/// From the shortest to the longest: quick (a few seconds; differences of some 5 %), careful (the protocol),
/// paper (enough samples for p99, ratios known to 1 %).
const std::vector<BenchmarkPreset>& benchmarkPresets();
/// Null: there is none of that name.
const BenchmarkPreset* benchmarkPreset(const QString& name);
inline const QString defaultPresetName = u"careful"_s;

/// Why a benchmark ended.
enum class StopReason {
    Precise,   ///< Everything is known to the precision asked for.
    Rounds,    ///< All rounds were run, and that was not (or should not be) precise.
    Budget,    ///< A variant has used up its time.
    Cancelled, ///< Stopped by the user; what was measured is kept.
    Failed,    ///< No variant was left that runs.
};

/// "precise", "rounds", "budget", "cancelled", "failed": in files.
QString stopReasonName(StopReason reason);
/// A sentence for the user, without a full stop: "all ratios are known to 2 %".
QString stopReasonText(StopReason reason, const BenchmarkPlan& plan);

} // namespace vitrine
