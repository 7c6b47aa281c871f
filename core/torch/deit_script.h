#pragma once

#include "core/model/deit.h"

#include <torch/script.h>

namespace vitrine::torch_engine {

/// The same model as DeitImpl, as TorchScript with the same parameter names, in evaluation mode.
torch::jit::Module scriptDeit(const DeitWeights& weights);

} // namespace vitrine::torch_engine
