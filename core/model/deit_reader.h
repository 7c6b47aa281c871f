#pragma once

#include "core/model/deit_names.h"

namespace vitrine {

/// A checkpoint whose tensors have these names, read as a DeiT. `imageSize` becomes that of the model as soon
/// as it is known, even where the rest does not fit. Errors name neither the file nor the way out.
Result<DeitWeights> readDeit(const Checkpoint& checkpoint, DeitNaming naming, const DeitOptions& options,
                             int& imageSize);

} // namespace vitrine
