#pragma once

#include <QImage>

namespace vitrine::trainer {

/// A picture of one shape, RGB888, the same for the same arguments: on a random background, turned by up
/// to 20 degrees, of random size, place, fill and outline, perhaps partly covered, then blurred, noisy and
/// compressed. It lies within the central 7/8 of the side, but for the tips of some large ones that are
/// turned, so that the usual preprocessing (resize to 256, centre crop of 224) keeps it. `difficulty` in
/// [0,1]: 0 is large, upright and clean, 1 is everything.
QImage drawShape(int shape, quint64 seed, double difficulty = 1, int side = 256);

/// What picture `index` of a series shows, and its seed. Series of different seeds have no picture in
/// common.
struct Subject
{
    int shape = 0;
    quint64 seed = 0;
};
Subject subjectOf(quint64 seriesSeed, quint64 index);

} // namespace vitrine::trainer
