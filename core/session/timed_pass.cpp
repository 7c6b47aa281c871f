#include "core/session/timed_pass.h"

#include "core/engine/classification.h"
#include "core/image/preprocessor.h"

namespace vitrine {

namespace {

Result<std::vector<float>> probabilities(LoadedModel& model, const InputTensor& input)
{
    auto logits = model.forward(input);
    if (!logits)
        return logits;
    return softmax(*logits);
}

} // namespace

std::function<Result<std::vector<float>>()> timedPass(TimedWork work, LoadedModel& model, PassInput input)
{
    switch (work) {
    case TimedWork::Forward:
        break;
    case TimedWork::Softmax:
        return [&model, input = std::move(input)] { return probabilities(model, *input.tensor); };
    case TimedWork::FromDecodedImage:
        return [&model, input = std::move(input)] {
            return probabilities(model, preprocess(input.image->rgb, input.preprocessing));
        };
    }
    return [&model, input = std::move(input)] { return model.forward(*input.tensor); };
}

} // namespace vitrine
