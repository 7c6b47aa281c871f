#pragma once

#include "core/image/image_reader.h"
#include "core/image/preprocessing.h"

#include <memory>
#include <vector>

namespace vitrine {

/// The tensors of the image that was asked for last, one a preprocessing. One thread.
class SessionInputs
{
public:
    std::shared_ptr<const InputTensor> tensor(const SourceImage& image, const Preprocessing& preprocessing);

private:
    struct Entry
    {
        Preprocessing preprocessing;
        std::shared_ptr<const InputTensor> tensor;
    };

    QByteArray m_imageSha256;
    std::vector<Entry> m_entries;
};

} // namespace vitrine
