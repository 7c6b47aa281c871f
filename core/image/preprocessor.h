#pragma once

#include "core/image/preprocessing.h"

#include <QImage>

namespace vitrine {

/// The exact tensor that the reference pipeline (torchvision on Pillow) would give for `rgb`
/// (Format_RGB888, upright): antialiased resampling with 8-bit rounding between the passes.
/// Pure; any thread.
InputTensor preprocess(const QImage& rgb, const Preprocessing& preprocessing);

/// The two steps of preprocess(). First what the model sees, before normalization: size x size,
/// Format_RGB888, or Format_Grayscale8 for one channel. `rgb` is not null.
QImage modelView(const QImage& rgb, const Preprocessing& preprocessing);
/// Then the numbers; `view` as modelView() gives it.
InputTensor normalize(const QImage& view, const Preprocessing& preprocessing);

/// Only resize and crop: the picture that the model sees, Format_RGB888 of size x size.
QImage resizeAndCrop(const QImage& rgb, const Preprocessing& preprocessing);

/// An input for those that have no image: noise that a normalized image could hold, always the same.
InputTensor syntheticInput(const Preprocessing& preprocessing);

} // namespace vitrine
