#include "core/image/flatten.h"

#include <QColorSpace>

namespace vitrine {

namespace {

uchar overWhite(int value, int alpha)
{
    return static_cast<uchar>((value * alpha + 255 * (255 - alpha) + 127) / 255);
}

void flattenRow(const uchar* rgba, uchar* rgb, int width)
{
    for (int x = 0; x < width; ++x, rgba += 4, rgb += 3)
        for (int channel = 0; channel < 3; ++channel)
            rgb[channel] = overWhite(rgba[channel], rgba[3]);
}

} // namespace

QImage flatten(QImage image)
{
    image.setColorSpace(QColorSpace());
    if (!image.hasAlphaChannel())
        return std::move(image).convertToFormat(QImage::Format_RGB888);
    const QImage rgba = std::move(image).convertToFormat(QImage::Format_RGBA8888);
    QImage rgb(rgba.size(), QImage::Format_RGB888);
    if (rgba.isNull() || rgb.isNull())
        return {};
    for (int y = 0; y < rgb.height(); ++y)
        flattenRow(rgba.constScanLine(y), rgb.scanLine(y), rgb.width());
    return rgb;
}

} // namespace vitrine
