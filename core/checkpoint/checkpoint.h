#pragma once

#include "core/base/result.h"
#include "core/checkpoint/identify.h"

#include <QHash>
#include <QString>
#include <QStringList>

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace vitrine {

class MappedFile;

enum class TensorType { Float32, Float16, BFloat16, Float64, Other };

/// One named tensor of a checkpoint: a view into the mapped file, converted when it is copied.
struct CheckpointTensor
{
    QString name;
    TensorType type = TensorType::Float32;
    std::vector<qint64> shape;
    std::vector<qint64> strides;      ///< In elements, all >= 0.
    std::span<const std::byte> bytes; ///< From the tensor's first element to the end of its storage.

    qint64 count() const; ///< Number of elements.
    /// Writes count() values, row-major, as float32. Precondition: type is not Other.
    void copyTo(std::span<float> target) const;
};

/// Named tensors of a file. Keeps the file mapped while it, or a copy of it, lives.
struct Checkpoint
{
    QString path;
    FileFormat format = FileFormat::Safetensors;
    std::vector<CheckpointTensor> tensors; ///< In the file's order.
    QHash<QString, QString> metadata;      ///< safetensors' __metadata__, or what a pickled module tells.
    QString weights;                       ///< Where these were in the file: "state_dict"; empty: at the top.
    QStringList otherWeights;              ///< Where else the file has what looks like a vision transformer.
    std::shared_ptr<const void> storage;   ///< What the tensors' bytes point into.

    std::vector<std::shared_ptr<const MappedFile>> files = {}; ///< What they were read from, to be asked.

    /// What was copied from the tensors counts only if this is none afterwards: somebody may have changed the
    /// file, or cut it short, meanwhile.
    std::optional<Error> whyNotWhole() const;
    const CheckpointTensor* find(const QString& name) const;
    qint64 count() const; ///< Number of elements of all tensors.
};

/// Whether the weights are read at once, to verify an archive's checksums.
enum class ChecksumCheck { Skip, Verify };

/// Reads .safetensors (also in shards, see modelFileAt()), zip .pth and legacy .pth, whatever they are
/// called. A pickle is interpreted by a restricted reader: objects are opaque, nothing is ever called. Names
/// lose what stands before all of them
/// ("module."). Where a file holds several models, the one at `weights` is read, or else the one that comes
/// first in the order of tensor_groups.h: rather what was trained than its average or its teacher. Any
/// thread.
Result<Checkpoint> readCheckpoint(const QString& path, ChecksumCheck check = ChecksumCheck::Verify,
                                  const QString& weights = {});

} // namespace vitrine
