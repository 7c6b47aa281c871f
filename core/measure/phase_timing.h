#pragma once

#include "core/image/image_reader.h"
#include "core/image/preprocessing.h"
#include "core/measure/phases.h"

#include <functional>
#include <span>

namespace vitrine {

/// The median of several runs on this thread: at least 3, then up to 9 while they fit into a third of a
/// second.
std::chrono::nanoseconds medianTime(const std::function<void()>& work);

/// Decodes the image's file again. Unset where the file is gone or is another one by now.
PhaseTimes::Time decodeTime(const SourceImage& image);
/// Sets `resize` and `normalize`.
void timePreprocessing(const QImage& rgb, const Preprocessing& preprocessing, PhaseTimes& phases);
std::chrono::nanoseconds softmaxTime(std::span<const float> logits);

} // namespace vitrine
