#include "core/engine/synthetic_input.h"

#include <random>

namespace vitrine {

InputTensor syntheticInput(const Preprocessing& preprocessing)
{
    const int size = preprocessing.size;
    InputTensor input{preprocessing.channels, size, size, {}};
    input.values.resize(std::size_t{1} * preprocessing.channels * size * size);
    std::mt19937 random(1);
    for (float& value : input.values)
        value = static_cast<float>(random() % 4096) / 1024.0F - 2.0F;
    return input;
}

} // namespace vitrine
