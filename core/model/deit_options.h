#pragma once

#include "core/model/deit.h"

namespace vitrine {

/// Fills in the heads and the epsilon of a configuration whose dimensions are known: from the options, the
/// checkpoint's metadata, config.json beside it, or the defaults. Errors do not name the file.
Status settleHeads(DeitConfig& config, const Checkpoint& checkpoint, const DeitOptions& options);

} // namespace vitrine
