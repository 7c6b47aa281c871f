#pragma once

#include "core/engine/engine.h"

namespace vitrine::torch_engine {

/// Each reads a file and gives it a face; `name` is how errors call the model.
Result<std::unique_ptr<LoadedModel>> loadEager(const QString& path, const QString& name,
                                               const DeitOptions& options);
Result<std::unique_ptr<LoadedModel>> loadScripted(const QString& path, const QString& name);
/// Through the mobile interpreter, never torch::jit::load.
Result<std::unique_ptr<LoadedModel>> loadLite(const QString& path, const QString& name);

} // namespace vitrine::torch_engine
