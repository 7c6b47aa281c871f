#pragma once

#include "resources/trainer/random.h"

#include <QImage>

namespace vitrine::trainer {

// What cameras and files do to a picture. All take and give RGB888.

/// As if out of focus: averaged over about `radius` pixels; 0 leaves it alone.
QImage blurred(const QImage& picture, double radius);
/// Gaussian noise of this deviation (of 255), each channel by itself.
QImage withNoise(QImage picture, double deviation, Random& random);
/// Written as JPEG of this quality (1 to 100) and read again.
QImage throughJpeg(const QImage& picture, int quality);

} // namespace vitrine::trainer
