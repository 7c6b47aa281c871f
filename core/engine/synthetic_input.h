#pragma once

#include "core/image/preprocessing.h"

namespace vitrine {

/// An input for those that have no image: noise that a normalized image could hold, always the same.
InputTensor syntheticInput(const Preprocessing& preprocessing);

} // namespace vitrine
