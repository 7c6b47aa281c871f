#pragma once

#include "core/base/result.h"

#include <ATen/core/ivalue.h>

#include <optional>
#include <string>
#include <vector>

namespace vitrine::torch_engine {

struct ModuleTensor
{
    std::string name; ///< "layer1.conv.weight"
    at::Tensor tensor;
};

/// Parameters, buffers and attributes of a module (Module::_ivalue(), mobile or not), each once. What is
/// packed for quantized or mobile operators is not among them.
std::vector<ModuleTensor> tensorsOf(const c10::IValue& module);

/// Malformed where one reaches beyond the data that the file holds for it; LibTorch does not look. `file` is
/// the name in the message.
Status checkStorage(const std::vector<ModuleTensor>& tensors, const QString& file);

/// What the model computes in: the type of the first one that holds floating-point numbers.
std::optional<at::ScalarType> floatingTypeOf(const std::vector<ModuleTensor>& tensors);

/// Makes float32 of those of this type, in place.
void widen(const std::vector<ModuleTensor>& tensors, at::ScalarType type);

} // namespace vitrine::torch_engine
