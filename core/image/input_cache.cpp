#include "core/image/input_cache.h"

#include "core/image/preprocessor.h"

#include <algorithm>

namespace vitrine {

InputCache::InputCache(ImageCache& images, qint64 limit) : m_images(images)
{
    setLimit(limit);
}

void InputCache::setLimit(qint64 bytes)
{
    m_tensors.setMaxCost(static_cast<qsizetype>(std::max<qint64>(bytes, 0)));
}

Result<std::shared_ptr<const InputTensor>> InputCache::tensor(const ImageSource& image,
                                                              const Preprocessing& preprocessing)
{
    const QByteArray key = image.sha256 + preprocessing.toText().toUtf8();
    if (const Tensor* kept = m_tensors.object(key))
        return *kept;
    const auto picture = m_images.picture(image);
    if (!picture)
        return picture.failure();
    Tensor tensor = std::make_shared<const InputTensor>(preprocess((*picture)->rgb, preprocessing));
    const std::size_t bytes = tensor->values.size() * sizeof(float);
    m_tensors.insert(key, std::make_unique<Tensor>(tensor).release(), static_cast<qsizetype>(bytes));
    return tensor;
}

} // namespace vitrine
