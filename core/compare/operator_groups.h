#pragma once

#include <QString>

namespace vitrine {

/// What an operator is for: the name under which operators of different variants are set against each other.
/// `aten::addmm` of a float model and `quantized::linear_dynamic` of an int8 one are both "linear". An
/// operator that is in no group is a group of its own.
///
/// - "linear": fully connected layers; of int8 ones, quantizing their input happens inside.
/// - "products": matrix products of attention.
/// - "convolution", "normalization", "activation", "softmax", "elementwise": what the names say.
/// - "quantization": quantize and dequantize steps that are operators of their own.
/// - "memory": shapes, views, copies and allocations.
QString operatorGroup(const QString& name);

} // namespace vitrine
