#pragma once

#include "core/engine/engine.h"
#include "core/image/image_reader.h"
#include "core/measure/benchmark_plan.h"

#include <functional>
#include <memory>

namespace vitrine {

/// What a model is fed with, made before the clock runs.
struct PassInput
{
    std::shared_ptr<const InputTensor> tensor;
    std::shared_ptr<const SourceImage> image; ///< `tensor` was made from it...
    Preprocessing preprocessing;              ///< ...like this.
};

/// One pass of `model`, which must outlive it, as the clock is to see it. It gives logits, or probabilities
/// where softmax is part of what is timed. The model's thread only.
std::function<Result<std::vector<float>>()> timedPass(TimedWork work, LoadedModel& model, PassInput input);

} // namespace vitrine
