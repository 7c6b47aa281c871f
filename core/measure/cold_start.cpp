#include "core/measure/cold_start.h"

#include "core/measure/process_memory.h"

#include <random>

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
    run.peakResidentBytes = residentMemory().peak;
    run.coldStart = {loaded - start, answered - loaded};
    run.outputs = static_cast<int>(logits->size());
    return run;
}

InputTensor syntheticInput(const Preprocessing& preprocessing)
{
    const int size = preprocessing.size;
    InputTensor input{preprocessing.channels, size, size, {}};
    input.values.resize(std::size_t{1} * preprocessing.channels * size * size);
    std::mt19937 random(1);
    for (float& value : input.values)
        value = static_cast<float>(random() % 4096) / 1024.0F - 2.0F;
    return input;
}

} // namespace vitrine
