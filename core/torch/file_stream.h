#pragma once

#include "core/base/result.h"

#include <QString>

#include <functional>
#include <ostream>

namespace vitrine::torch_engine {

/// Writes a file through a stream that takes everything; an error is told at the end. LibTorch's own writer
/// ends the program when the disk is full: its destructor throws.
Status writeFileBy(const QString& path, const std::function<void(std::ostream&)>& write);

} // namespace vitrine::torch_engine
