#pragma once

#include "core/engine/engine.h"

namespace vitrine::torch_engine {

/// Loads the archive (by the mobile interpreter if `isLite`) and counts and lists what it holds.
Result<ModelDescription> describeArchive(const QString& path, bool isLite);

} // namespace vitrine::torch_engine
