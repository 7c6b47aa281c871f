#include "core/measure/cold_start.h"

#include "core/base/process_memory.h"
#include "core/engine/scores.h"

namespace vitrine {

namespace {

using Clock = std::chrono::steady_clock;

} // namespace

Result<ColdRun> runCold(Engine& engine, const Variant& variant, const QString& quantizedEngine,
                        const InputTensor& input)
{
    forgetResidentPeak();
    ColdRun run;
    run.baselineResidentBytes = residentMemory().now;
    const auto start = Clock::now();
    const auto model = engine.load(variant, quantizedEngine);
    const auto loaded = Clock::now();
    if (!model)
        return model.failure();
    const auto logits = (*model)->forward(input);
    const auto answered = Clock::now();
    if (!logits)
        return logits.failure();
    if (const Status usable = checkScores(*logits, variant.name); !usable)
        return usable.failure();
    run.peakResidentBytes = residentMemory().peak;
    run.coldStart = {loaded - start, answered - loaded};
    run.outputs = static_cast<int>(logits->size());
    run.notices = (*model)->notices();
    return run;
}

} // namespace vitrine
