#pragma once

#include "core/torch/input_feed.h"

#include <ATen/core/ivalue.h>

#include <functional>

namespace vitrine::torch_engine {

using Net = std::function<c10::IValue(const at::Tensor&)>;

/// Whether LibTorch's words about a forward can come from an input of the wrong size.
bool isAboutSize(const QString& complaint);

/// At which sizes a model that refused `input` does give one row of scores, found out by trying (a second at
/// most), in words that name the option: empty if none was found.
QString sizeAdvice(const Net& net, const InputFeed& feed, const InputTensor& input);

} // namespace vitrine::torch_engine
