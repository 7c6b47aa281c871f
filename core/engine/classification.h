#pragma once

#include <span>
#include <vector>

namespace vitrine {

struct ClassScore
{
    int index = 0;
    float probability = 0; ///< Softmax over all classes, in [0,1].
};

/// What a model says about one image.
struct Classification
{
    std::vector<float> logits;   ///< As the model gave them, one a class.
    std::vector<ClassScore> top; ///< All classes are ranked; the first maxTop are kept, best first.

    static constexpr int maxTop = 10;
};

/// Numerically stable; accumulates in double. Ties keep the lower index first. NaN logits rank last.
std::vector<float> softmax(std::span<const float> logits);
Classification classify(std::vector<float> logits);

} // namespace vitrine
