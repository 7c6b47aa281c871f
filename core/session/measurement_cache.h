#pragma once

#include "core/compare/comparison.h"
#include "core/engine/result_key.h"

namespace vitrine {

/// What was found out beside latency, by what it depends on.
struct MeasurementCache
{
    QHash<RunKey, Predictions> predictions;
    QHash<ResultKey, PhaseTimes> phases; ///< Of the image, and softmax; steady forward if latency is more.
    QHash<RunKey, Shared<FreshProcess>> freshProcesses;
    QHash<ResultKey, Shared<Measurements>> others;

    template <typename T>
    void keep(const ResultKey& key, T result)
    {
        others[key].edit().keep(std::move(result));
    }

    /// After the latency and the fresh process, of a benchmark that timed this: phases are taken from there,
    /// too.
    void addPhases(VariantResult& result, const ResultKey& key, TimedWork timed) const;
};

} // namespace vitrine
