#pragma once

#include "core/base/result.h"

#include <torch/script.h>

namespace vitrine::torch_engine {

/// A copy of a scripted or traced model whose Linear layers are dynamically quantized to int8, packed
/// under the current quantized engine. Activations: quint8, per tensor, ranges taken at run time;
/// weights: qint8, per tensor, symmetric. An error when no Linear layer is found.
Result<torch::jit::Module> quantizeDynamically(torch::jit::Module module, const QString& name);

} // namespace vitrine::torch_engine
