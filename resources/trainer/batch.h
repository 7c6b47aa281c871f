#pragma once

#include "resources/trainer/recipe.h"

#include <torch/torch.h>

namespace vitrine::trainer {

/// Normalized pictures [B,3,side,side] and the indices of their classes [B].
struct Batch
{
    torch::Tensor pictures;
    torch::Tensor shapes;
};

/// Batch number `step` of a stage, augmented: shifted a little, its brightness and contrast changed, a
/// rectangle perhaps erased. The same for the same arguments. `side`: 224, or less for smaller pictures.
Batch trainingBatch(const Recipe& recipe, quint64 stage, int step, double difficulty, int side);

/// Pictures `first` to `first + count - 1` of the evaluation's series, as the usual preprocessing gives
/// them: a centre crop, of 224 pixels unless they are drawn smaller.
Batch evaluationBatch(quint64 seriesSeed, int first, int count, int side = 224);

} // namespace vitrine::trainer
