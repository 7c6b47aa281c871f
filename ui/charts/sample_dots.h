#pragma once

#include <cstddef>

namespace vitrine {

/// A chart draws at most so many samples of a variant as dots; of more, every so-and-so-many-th.
inline constexpr std::size_t mostDots = 500;

/// 1: all are drawn.
constexpr std::size_t dotStride(std::size_t samples)
{
    return samples <= mostDots ? 1 : (samples + mostDots - 1) / mostDots;
}

} // namespace vitrine
