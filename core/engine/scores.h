#pragma once

#include "core/base/result.h"

#include <span>

namespace vitrine {

/// What a row of scores is, one score a class.
enum class ScoreKind {
    Logits,        ///< To be put through softmax.
    Probabilities, ///< The model has done so itself: none is negative, and they sum to 1.
    Independent,   ///< Each class by itself (multi-label): all in [0,1], and their sum is another.
};

/// In files: "logits", "probabilities", "independent".
QString scoreKindName(ScoreKind kind);
/// "the model's own"; what stands beside a probability.
QString scoreKindText(ScoreKind kind);

/// By the numbers alone. Zeros and ones without anything between are only probabilities if they sum to 1; a
/// row of fewer than two numbers is taken for logits.
ScoreKind scoreKindOf(std::span<const float> scores);

/// Why a row cannot be shown. Malformed: some are not finite, Incompatible: fewer than two. `model` is its
/// name in the message.
Status checkScores(std::span<const float> scores, const QString& model);

} // namespace vitrine
