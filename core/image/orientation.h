#pragma once

#include <QByteArray>
#include <QImage>

namespace vitrine {

/// Whether Vitrine itself must turn pictures of this format upright: Qt does not for PNG and WebP.
/// Qt is not asked to turn these, so that a version that learns it does not turn them twice.
bool turnedHere(const QByteArray& format);

/// EXIF's orientation of a PNG or WebP file, 1 to 8; 1 where there is none. A PNG may state it after its
/// pixels.
int exifOrientation(const QByteArray& bytes, const QByteArray& format);

/// The picture as it is meant to be seen.
QImage turnedUpright(const QImage& image, int orientation);

} // namespace vitrine
