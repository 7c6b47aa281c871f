#pragma once

#include "core/image/bmp_header.h"

#include <QImage>

namespace vitrine {

/// Any image as Format_RGB888, alpha laid over white. Of 16 bits the high byte counts, as in Pillow;
/// floating-point numbers are cut to 0 to 1, not-a-number is 0. Colour spaces are ignored, as Pillow does.
/// Null when the memory does not suffice.
QImage flatten(QImage image);

/// Whether samples of an image in floating point lie beyond 0 to 1, or are no numbers: flatten() cuts them.
bool exceedsRange(const QImage& image);

/// A Windows bitmap of fewer than 8 bits a channel, with white at 255 as in Pillow; Qt puts 5 bits' white at
/// 248. Null when the memory does not suffice.
QImage spreadBmpChannels(QImage image, const BmpHeader& header);

/// The image without its alpha channel, whose colours were not multiplied by it.
QImage withoutAlpha(QImage image);

} // namespace vitrine
