#pragma once

#include "core/engine/engine.h"

#include <chrono>

namespace vitrine {

/// What it takes from nothing to the first answer. Only a fresh process that has run no model can tell.
struct ColdStart
{
    std::chrono::nanoseconds load{};         ///< From the file (which the system has read before) to a model.
    std::chrono::nanoseconds firstForward{}; ///< The first one after it.

    std::chrono::nanoseconds total() const { return load + firstForward; }
    bool operator==(const ColdStart&) const = default;
};

/// What running a model once took, and the memory of the process meanwhile.
struct ColdRun
{
    ColdStart coldStart;
    qint64 baselineResidentBytes = 0; ///< Before the model was loaded; the engine was there.
    qint64 peakResidentBytes = 0;     ///< Until the answer was there.
    int outputs = 0;                  ///< Numbers in the answer.
    QStringList notices = {};         ///< LoadedModel::notices().

    /// What the model adds to the process without it.
    qint64 peakMemoryBytes() const { return peakResidentBytes - baselineResidentBytes; }
};

/// Loads and runs the model on this thread, which should not have run any.
Result<ColdRun> runCold(Engine& engine, const Variant& variant, const QString& quantizedEngine,
                        const InputTensor& input);

} // namespace vitrine
