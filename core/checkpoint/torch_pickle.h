#pragma once

#include "core/checkpoint/torch_storage.h"

#include <functional>

namespace vitrine {

/// Finds a storage's bytes: count * element.size of them.
using StorageFinder = std::function<Result<Bytes>(const StorageReference&)>;

/// The named tensors of a pickled checkpoint: its dictionary, or the one under "model", "state_dict" or
/// "model_ema"; without the prefix "module.". Errors do not name the file.
Result<std::vector<CheckpointTensor>> namedTensors(const Pickle& pickle, const StorageFinder& find);

} // namespace vitrine
