#pragma once

#include "core/image/preprocessing.h"

#include <QImage>
#include <QRect>

namespace vitrine {

/// The part `window` of `image` resized to `resized`, as Pillow's antialiased filter gives it:
/// horizontal pass, rounding to 8 bits, vertical pass. Only the pixels that the window needs are computed.
/// `image`: Format_RGB888 or Format_Grayscale8, not null; the result has the same format. `window` lies
/// inside `resized`.
QImage resample(const QImage& image, QSize resized, QRect window, Interpolation interpolation);

} // namespace vitrine
