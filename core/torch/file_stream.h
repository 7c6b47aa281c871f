#pragma once

#include "core/base/result.h"

#include <QIODevice>

#include <functional>
#include <ostream>

namespace vitrine::torch_engine {

/// Writes through a stream that takes everything; an error is told at the end. LibTorch's own writer
/// ends the program when the disk is full: its destructor throws.
Status writeTo(QIODevice& target, const std::function<void(std::ostream&)>& write);

} // namespace vitrine::torch_engine
