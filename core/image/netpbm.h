#pragma once

#include <QByteArray>

namespace vitrine {

/// A PGM or PPM file (P5, P6) whose samples do not end at 255, with samples that do: rounded to the nearest,
/// as Pillow does it for colours; Qt cuts. Any other file, and one that is cut, as it is.
QByteArray withEightBitSamples(const QByteArray& netpbm);

} // namespace vitrine
