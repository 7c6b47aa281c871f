#pragma once

#include "core/image/image_cache.h"
#include "core/image/preprocessing.h"

namespace vitrine {

/// Models' inputs by image and preprocessing, bounded by the bytes of their numbers: what was used least
/// recently goes first. One thread.
class InputCache
{
public:
    /// Bytes: a hundred inputs of DeiT. Images are taken one after another, each by all variants, so that a
    /// few would do; a hundred spare a set of usual size its decoding when a variant is added.
    static constexpr qint64 defaultLimit = 64'000'000;

    /// `images` gives the pixels, and must outlive this.
    explicit InputCache(ImageCache& images, qint64 limit = defaultLimit);

    /// At least 0; what is too much goes at once.
    void setLimit(qint64 bytes);
    /// Bytes of the tensors that are kept; never more than the limit.
    qint64 bytes() const { return m_tensors.totalCost(); }

    /// Asks for the picture only when the tensor is not kept. The errors are those of ImageCache::picture().
    Result<std::shared_ptr<const InputTensor>> tensor(const ImageSource& image,
                                                      const Preprocessing& preprocessing);

private:
    using Tensor = std::shared_ptr<const InputTensor>;

    ImageCache& m_images;
    QCache<QByteArray, Tensor> m_tensors;
};

} // namespace vitrine
