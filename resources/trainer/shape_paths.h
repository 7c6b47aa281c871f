#pragma once

#include "resources/trainer/random.h"

#include <QPainterPath>
#include <QStringList>

namespace vitrine::trainer {

/// The classes, in the order of their indices: "circle", "ring"...
const QStringList& shapeNames();

/// An outline of this class around the origin, at most about 1 from it, upright. Proportions that do not
/// change what it is (a ring's width, a star's inner radius) are random.
QPainterPath shapePath(int shape, Random& random);

} // namespace vitrine::trainer
