#include "core/session/measurement_cache.h"

namespace vitrine {

void MeasurementCache::addProbe(VariantResult& result, const ResultKey& key) const
{
    const ProbeOutcome outcome = probes.value(key);
    result.coldStart = outcome.coldStart;
    result.peakMemoryBytes = outcome.peakMemoryBytes;
    result.probeError = outcome.error;
}

void MeasurementCache::addPhases(VariantResult& result, const ResultKey& key, TimedWork timed) const
{
    result.phases = phases.value(key);
    if (result.coldStart) {
        result.phases.load = result.coldStart->load;
        result.phases.firstForward = result.coldStart->firstForward;
    }
    if (result.latency.n > 0 && timed == TimedWork::Forward)
        result.phases.steadyForward = result.latency.median;
}

void MeasurementCache::addOperators(VariantResult& result, const ResultKey& key) const
{
    if (const auto found = operators.constFind(key); found != operators.constEnd())
        result.operators = *found;
}

} // namespace vitrine
