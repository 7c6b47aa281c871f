#include "core/session/input_cache.h"

#include "core/image/preprocessor.h"

#include <algorithm>

namespace vitrine {

std::shared_ptr<const InputTensor> SessionInputs::tensor(const SourceImage& image,
                                                         const Preprocessing& preprocessing)
{
    if (image.sha256 != m_imageSha256)
        m_entries.clear();
    m_imageSha256 = image.sha256;
    const auto found = std::ranges::find(m_entries, preprocessing, &Entry::preprocessing);
    if (found != m_entries.end())
        return found->tensor;
    auto tensor = std::make_shared<const InputTensor>(preprocess(image.rgb, preprocessing));
    return m_entries.emplace_back(preprocessing, std::move(tensor)).tensor;
}

} // namespace vitrine
