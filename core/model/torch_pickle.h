#pragma once

#include "core/model/checkpoint.h"
#include "core/model/pickle.h"

#include <functional>
#include <optional>

namespace vitrine {

/// A tensor's storage, as the pickle refers to it.
struct StorageReference
{
    QString key;
    TensorType type = TensorType::Other;
    int elementSize = 1;   ///< Bytes.
    qint64 count = 0;      ///< Elements.
    qint64 viewOffset = 0; ///< Elements; files of the first releases only.
};

/// What a persistent id means; none when it is not a storage.
std::optional<StorageReference> storageReference(const Pickle& pickle, PickleId persistentId);

/// Finds a storage's bytes: at least count * elementSize.
using StorageFinder = std::function<Result<Bytes>(const StorageReference&)>;

/// The named tensors of a pickled checkpoint: its dictionary, or the one under "model", "state_dict" or
/// "model_ema"; without the prefix "module.". Errors do not name the file.
Result<std::vector<CheckpointTensor>> namedTensors(const Pickle& pickle, const StorageFinder& find);

} // namespace vitrine
