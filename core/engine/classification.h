#pragma once

#include "core/engine/scores.h"

#include <span>
#include <vector>

namespace vitrine {

struct ClassScore
{
    int index = 0;
    float probability = 0; ///< In [0,1]; see Classification::kind.
};

/// What a model says about one image.
struct Classification
{
    std::vector<float> logits; ///< As the model gave them, one a class; logits or not.
    ScoreKind kind = ScoreKind::Logits;
    std::vector<ClassScore> top; ///< All classes are ranked; the first maxTop are kept, best first.

    static constexpr int maxTop = 10;
};

/// Numerically stable; accumulates in double. Ties keep the lower index first. NaN logits rank last.
std::vector<float> softmax(std::span<const float> logits);
/// What the row says: softmax of logits, the numbers themselves of anything else.
std::vector<float> probabilities(std::span<const float> scores, ScoreKind kind);
Classification classify(std::vector<float> scores, ScoreKind kind);
/// The kind is judged by these numbers.
Classification classify(std::vector<float> scores);

} // namespace vitrine
