#include "core/measure/stability.h"

#include "core/measure/statistics.h"

#include <algorithm>
#include <array>

namespace vitrine {

bool isStable(std::span<const double> samples)
{
    constexpr std::size_t window = stabilityWindow;
    constexpr std::size_t needed = window * stabilityWindows;
    if (samples.size() < needed)
        return false;
    const auto last = samples.last(needed);
    std::array<double, stabilityWindows> medians{};
    for (std::size_t i = 0; i < medians.size(); ++i)
        medians[i] = median(last.subspan(i * window, window));
    const auto [smallest, largest] = std::ranges::minmax(medians);
    return largest <= (1 + stabilityTolerance) * smallest;
}

} // namespace vitrine
