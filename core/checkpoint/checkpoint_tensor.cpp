#include "core/checkpoint/checkpoint.h"
#include "core/checkpoint/checkpoint_readers.h"

#include <QFloat16>

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

namespace vitrine {

namespace {

struct BFloat16
{
    quint16 bits;

    explicit operator float() const { return std::bit_cast<float>(quint32(bits) << 16); }
};

/// Walks all elements in row-major order, the last dimension innermost.
template <typename T>
void copyStrided(const CheckpointTensor& tensor, std::span<float> target)
{
    const std::size_t rank = tensor.shape.size();
    const qint64 rowLength = rank == 0 ? 1 : tensor.shape.back();
    const qint64 rowStride = rank == 0 ? 1 : tensor.strides.back();
    std::vector<qint64> index(rank, 0);
    qint64 offset = 0;
    for (std::size_t written = 0; written < target.size();) {
        for (qint64 i = 0; i < rowLength; ++i, ++written) {
            T value;
            std::memcpy(&value, tensor.bytes.data() + (offset + i * rowStride) * qint64(sizeof(T)),
                        sizeof(T));
            target[written] = float(value);
        }
        for (std::size_t dimension = rank < 2 ? 0 : rank - 1; dimension-- > 0;) {
            offset += tensor.strides[dimension];
            if (++index[dimension] < tensor.shape[dimension])
                break;
            offset -= tensor.strides[dimension] * tensor.shape[dimension];
            index[dimension] = 0;
        }
    }
}

} // namespace

std::optional<qint64> elementCount(const std::vector<qint64>& shape)
{
    qint64 volume = 1; // as if no dimension were empty, so that strides fit too
    bool empty = false;
    for (const qint64 size : shape) {
        empty = empty || size == 0;
        if (size < 0 || qMulOverflow(volume, std::max<qint64>(size, 1), &volume))
            return std::nullopt;
    }
    return empty ? 0 : volume;
}

std::vector<qint64> contiguousStrides(const std::vector<qint64>& shape)
{
    std::vector<qint64> strides(shape.size(), 1);
    for (std::size_t i = shape.size(); i-- > 1;)
        strides[i - 1] = strides[i] * std::max<qint64>(shape[i], 1);
    return strides;
}

int elementSize(TensorType type)
{
    static constexpr std::array sizes{4, 2, 2, 8, 0}; // in the order of TensorType
    return sizes.at(std::size_t(type));
}

qint64 CheckpointTensor::count() const
{
    return elementCount(shape).value_or(0);
}

void CheckpointTensor::copyTo(std::span<float> target) const
{
    Q_ASSERT(type != TensorType::Other && qint64(target.size()) == count());
    if (target.empty())
        return;
    if (type == TensorType::Float32 && strides == contiguousStrides(shape))
        std::memcpy(target.data(), bytes.data(), target.size_bytes());
    else if (type == TensorType::Float32)
        copyStrided<float>(*this, target);
    else if (type == TensorType::Float64)
        copyStrided<double>(*this, target);
    else if (type == TensorType::Float16)
        copyStrided<qfloat16>(*this, target);
    else if (type == TensorType::BFloat16)
        copyStrided<BFloat16>(*this, target);
}

} // namespace vitrine
