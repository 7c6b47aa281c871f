#include "core/engine/own_input.h"

#include <cstring>

namespace vitrine {

OwnInput::OwnInput(std::shared_ptr<const InputTensor> original)
    : m_original(std::move(original)), m_copy(*m_original)
{
}

bool OwnInput::restore()
{
    const std::vector<float>& original = m_original->values;
    if (std::memcmp(m_copy.values.data(), original.data(), original.size() * sizeof(float)) == 0)
        return false;
    std::memcpy(m_copy.values.data(), original.data(), original.size() * sizeof(float));
    return true;
}

} // namespace vitrine
