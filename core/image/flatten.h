#pragma once

#include <QImage>

namespace vitrine {

/// Any image as Format_RGB888, alpha laid over white. Colour spaces are ignored, as Pillow does. Null when
/// the memory does not suffice.
QImage flatten(QImage image);

} // namespace vitrine
