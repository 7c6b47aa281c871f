#pragma once

#include "core/checkpoint/checkpoint.h"
#include "core/checkpoint/pickle.h"

#include <functional>
#include <optional>

namespace vitrine {

inline constexpr qint64 largestTorchPickle = 64 << 20; ///< Bytes.

/// The type of a tensor's elements.
struct TorchElement
{
    TensorType type = TensorType::Other;
    int size = 1; ///< Bytes.
};

/// By storage class or dtype: "torch.FloatStorage" and "torch.float32".
std::optional<TorchElement> torchElement(const QString& global);

/// A tensor's storage, as the pickle refers to it.
struct StorageReference
{
    QString key;
    TorchElement element;
    qint64 count = 0;      ///< Elements.
    qint64 viewOffset = 0; ///< Elements; files of the first releases only.
};

/// What a persistent id means; none when it is not a storage.
std::optional<StorageReference> storageReference(const Pickle& pickle, PickleId persistentId);

struct TensorSource;

/// The pieces of a torch._utils._rebuild_tensor* or _rebuild_qtensor call.
struct TensorCall
{
    StorageReference storage;
    qint64 offset = 0;
    std::vector<qint64> shape;
    std::vector<qint64> strides;
    TorchElement element; ///< As the call itself states the type, or else the storage.
};

/// None: it is not as PyTorch writes it. Nothing of it is negative.
std::optional<TensorCall> tensorCall(const Pickle& pickle, const TensorSource& source);
/// Whether all elements are within the storage, as long as that is said to be.
bool staysInside(TensorCall call);

/// The bytes that the reference speaks of, which come first in `bytes`.
Result<Bytes> storageBytes(const StorageReference& reference, Bytes bytes);

/// Tensors may share storage, but a file whose tensors claim many times its data is hostile.
Status checkTotal(const std::vector<CheckpointTensor>& tensors, std::size_t available);

Error savedOnBigEndian();

/// Finds a storage's bytes: count * element.size of them.
using StorageFinder = std::function<Result<Bytes>(const StorageReference&)>;

/// A pickled checkpoint's tensors, and where they were: the group that comes first (tensor_groups.h), or the
/// one at `weights`. Format and storage are left to the caller. Errors do not name the file.
Result<Checkpoint> namedTensors(const Pickle& pickle, const StorageFinder& find, const QString& weights);

} // namespace vitrine
