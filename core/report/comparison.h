#pragma once

#include "core/engine/classification.h"
#include "core/measure/cold_start.h"
#include "core/measure/machine_stamp.h"
#include "core/measure/phases.h"
#include "core/measure/statistics.h"
#include "core/model/variant.h"

#include <QString>

#include <chrono>
#include <optional>
#include <vector>

namespace vitrine {

/// What a variant is doing, for the variant list.
enum class VariantState { Waiting, Loading, Ready, Running, Failed };

/// Everything known about one variant of a comparison.
struct VariantResult
{
    QString id; ///< Unique in a session: the same file may be added twice.
    Variant variant;
    int colorIndex = 0; ///< Fixed at adding: the variant's colour in every chart.
    bool enabled = true;
    VariantState state = VariantState::Waiting;
    std::optional<Error> error;                    ///< Why state is Failed, or why the last run failed.
    QString quantizedEngine;                       ///< What it ran under; empty for fp32.
    std::vector<std::chrono::nanoseconds> warmUps; ///< Discarded samples of the last benchmark.
    std::vector<std::chrono::nanoseconds> samples; ///< Of the last benchmark, in order of rounds.
    LatencySummary latency;                        ///< Of `samples`.
    std::optional<ColdStart> coldStart;            ///< In a fresh process.
    std::optional<qint64> peakMemoryBytes;         ///< There: what it adds to the process without it.
    std::optional<Error> probeError;               ///< Why these two are not known.
    PhaseTimes phases;                             ///< With the image of the last benchmark.
    std::optional<OperatorProfile> operators;      ///< With the current image.
};

/// What one variant says about one image.
struct Prediction
{
    QString imageId;
    QString variantId;
    Classification classification;
};

/// One image of a comparison.
struct ImageResult
{
    QString id;
    QString path;
    QByteArray sha256;
};

/// A snapshot of a session: the one thing that charts, tables and exports are made from.
/// Order of variants and images is the order of adding.
struct Comparison
{
    MachineStamp stamp;
    std::vector<VariantResult> variants;
    std::vector<ImageResult> images;
    std::vector<Prediction> predictions;
    QString currentImageId; ///< The image whose predictions a single chart shows.

    /// The first enabled variant: the one that others are measured against; null when there is none.
    const VariantResult* baseline() const;
    const VariantResult* variant(const QString& id) const;
    const Prediction* prediction(const QString& imageId, const QString& variantId) const;
};

} // namespace vitrine
