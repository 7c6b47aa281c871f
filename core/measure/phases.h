#pragma once

#include <chrono>
#include <optional>

namespace vitrine {

/// Where the time goes on the way from an image file to an answer, for one image and one variant. Each phase
/// is measured by itself where it happens (steady_clock), none is a difference. Unset: not measured.
struct PhaseTimes
{
    using Time = std::optional<std::chrono::nanoseconds>;

    Time decode;        ///< Bytes of the file to upright RGB; median of several.
    Time resize;        ///< Resize and crop; median of several.
    Time normalize;     ///< Bytes to the model's numbers; median of several.
    Time load;          ///< The model, in a fresh process; once.
    Time firstForward;  ///< In that process; once.
    Time steadyForward; ///< Median latency of the benchmark; if that times more, median of several.
    Time softmax;       ///< Of one answer; median of several.
};

} // namespace vitrine
