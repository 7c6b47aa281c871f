#pragma once

#include "core/engine/engine_backend.h"

#include <ATen/Context.h>

namespace vitrine::torch_backend {

/// The steps original -> scripted -> quantized -> mobile-optimized -> lite, each made from the one before.
std::unique_ptr<VariantBuilder> builderFromDeit(DeitWeights weights, at::QEngine engine);
/// The same from `path`, any TorchScript archive with a float Linear layer; no original.
Result<std::unique_ptr<VariantBuilder>> builderFromScript(const QString& path, at::QEngine engine);

} // namespace vitrine::torch_backend
