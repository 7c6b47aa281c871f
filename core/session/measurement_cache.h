#pragma once

#include "core/compare/comparison.h"
#include "core/engine/result_key.h"

namespace vitrine {

/// What became of a variant in a fresh process.
struct ProbeOutcome
{
    std::optional<ColdStart> coldStart;
    std::optional<qint64> peakMemoryBytes;
    std::optional<Error> error; ///< Then the others are unset.
};

/// What was measured beside latency, by what it depends on.
struct MeasurementCache
{
    QHash<ResultKey, PhaseTimes> phases;   ///< Of the image, and softmax; steady forward if latency is more.
    QHash<ResultKey, ProbeOutcome> probes; ///< Under keys without an image.
    QHash<ResultKey, OperatorProfile> operators;

    void addProbe(VariantResult& result, const ResultKey& key) const;
    /// After addProbe() and with its latency, of a benchmark that timed this: phases are taken from there,
    /// too.
    void addPhases(VariantResult& result, const ResultKey& key, TimedWork timed) const;
    void addOperators(VariantResult& result, const ResultKey& key) const;
};

} // namespace vitrine
