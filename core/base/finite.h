#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>

namespace vitrine {

/// How many of the values are NaN or infinite.
inline std::ptrdiff_t countNotFinite(std::span<const float> values)
{
    return std::ranges::count_if(values, [](float value) { return !std::isfinite(value); });
}

} // namespace vitrine
