#pragma once

#include "core/torch/deit_module.h"
#include "resources/trainer/recipe.h"

namespace vitrine::trainer {

using torch_backend::Deit;

/// The shape of the DeiT of a recipe at this side.
DeitConfig studentConfig(const Recipe& recipe, bool distilled, int side);

/// A new one: truncated normal weights (deviation .02), zero biases, position embeddings that start as the
/// sines and cosines of the patch's row and column. The same for the same recipe.
Deit newStudent(const Recipe& recipe, bool distilled, int side);

/// The same weights for pictures of another side: position embeddings are resampled (bicubic), as DeiT
/// does between 224 and 384 pixels.
Deit resized(const Deit& student, const DeitConfig& config);

/// Writes float16 safetensors under timm's names.
Status exportStudent(const Deit& student, const DeitConfig& config, const QString& path);

} // namespace vitrine::trainer
