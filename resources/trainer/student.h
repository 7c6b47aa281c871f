#pragma once

#include "core/torch/deit_module.h"
#include "resources/trainer/recipe.h"

namespace vitrine::trainer {

using torch_engine::Deit;

/// The shape of the DeiT of a recipe at this side.
DeitConfig studentConfig(const Recipe& recipe, bool distilled, int side);

/// A new one, the same for the same recipe. So few pictures are seen that it matters where weights begin:
/// position embeddings as sines and cosines of row and column, patches by their low frequencies, attention
/// near to what trained ones look like; the rest is normal with deviation .02, biases are zero.
Deit newStudent(const Recipe& recipe, bool distilled, int side);

/// The same weights for pictures of another side: position embeddings are resampled (bicubic), as DeiT
/// does between 224 and 384 pixels.
Deit resized(const Deit& student, const DeitConfig& config);

/// Writes float16 safetensors under timm's names.
Status exportStudent(const Deit& student, const DeitConfig& config, const QString& path);

} // namespace vitrine::trainer
