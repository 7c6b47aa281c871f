#pragma once

#include "core/image/preprocessing.h"

#include <ATen/core/Tensor.h>

#include <QStringList>

namespace vitrine::torch_engine {

/// How a model is fed: [1, channels, height, width] in float32 unless it has shown to want something else.
class InputFeed
{
public:
    explicit InputFeed(at::ScalarType type = at::kFloat) : m_type(type) {}

    /// As the model wants it; shares the memory of `input` where nothing has to be changed.
    at::Tensor tensor(const InputTensor& input) const;
    at::ScalarType type() const { return m_type; }
    void setType(at::ScalarType type) { m_type = type; }
    std::int64_t batch() const { return m_batch; } ///< So many times the image is given.

    /// Changes what `complaint`, LibTorch's words about a forward that failed on `input`, makes clear:
    /// channels last (NHWC), a batch of a fixed size. False: it makes nothing clear, and nothing was changed.
    /// What was changed may still not be what the model wants.
    bool adapt(const QString& complaint, const InputTensor& input);

    QStringList notices() const;

private:
    bool wantsChannelsLast(const QString& complaint, const InputTensor& input) const;

    at::ScalarType m_type;
    bool m_channelsLast = false;
    std::int64_t m_batch = 1;
};

} // namespace vitrine::torch_engine
