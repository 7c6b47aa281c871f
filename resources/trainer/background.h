#pragma once

#include "resources/trainer/random.h"

#include <QColor>
#include <QImage>

namespace vitrine::trainer {

/// Colours that can be told apart: the background's two and the shape's two have a luminance at least
/// `contrast` from each other's, in [0,1].
struct Palette
{
    QColor background;
    QColor backgroundAccent;
    QColor shape;
    QColor shapeAccent;

    static Palette random(Random& random, double contrast);
};

/// Fills the picture: plain, a gradient, stripes, checks, dots or clouds; `texture` in [0,1] is the
/// probability of the latter four. What is in it grows with the picture.
void paintBackground(QImage& picture, const Palette& palette, double texture, Random& random);

} // namespace vitrine::trainer
