#pragma once

#include "core/image/image_reader.h"
#include "core/image/preprocessing.h"

#include <chrono>
#include <functional>
#include <optional>
#include <span>
#include <utility>
#include <vector>

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

/// The median of several runs on this thread: at least 3, then up to 9 while they fit into a third of a
/// second.
std::chrono::nanoseconds medianTime(
    const std::function<void()>& work,
    const std::function<std::chrono::nanoseconds()>& overhead = [] { return std::chrono::nanoseconds(); });

/// Times what happens to one image before a model sees it. Each thing is timed once, on this thread.
class ImagePhaseTimer
{
public:
    /// `image` must outlive this.
    explicit ImagePhaseTimer(const SourceImage& image);

    /// `decode`, `resize` and `normalize`. The first is unset where the file is gone or is another one by
    /// now.
    PhaseTimes times(const Preprocessing& preprocessing);

private:
    const SourceImage& m_image;
    PhaseTimes::Time m_decode;
    std::vector<std::pair<Preprocessing, PhaseTimes>> m_known;
};

std::chrono::nanoseconds softmaxTime(std::span<const float> logits);

} // namespace vitrine
