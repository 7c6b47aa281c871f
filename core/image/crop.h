#pragma once

#include "core/image/preprocessing.h"

#include <QRect>

namespace vitrine {

/// The square that the model sees, in pixels of the resized image. Its corner is rounded half to even, as
/// torchvision's centre crop does.
QRect cropInResized(QSize resized, const Preprocessing& preprocessing);

} // namespace vitrine
