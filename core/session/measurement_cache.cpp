#include "core/session/measurement_cache.h"

namespace vitrine {

void MeasurementCache::addPhases(VariantResult& result, const ResultKey& key, TimedWork timed) const
{
    result.phases = phases.value(key);
    if (const auto& coldStart = result.freshProcess->coldStart) {
        result.phases.load = coldStart->load;
        result.phases.firstForward = coldStart->firstForward;
    }
    if (result.latency->n > 0 && timed == TimedWork::Forward)
        result.phases.steadyForward = result.latency->median;
}

} // namespace vitrine
