#pragma once

#include "core/image/image_reader.h"
#include "core/image/preprocessing.h"
#include "core/measure/phases.h"

#include <functional>
#include <span>
#include <utility>
#include <vector>

namespace vitrine {

/// The median of several runs on this thread: at least 3, then up to 9 while they fit into a third of a
/// second.
std::chrono::nanoseconds medianTime(const std::function<void()>& work);

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
