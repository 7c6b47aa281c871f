#include "core/image/pixel_conversion.h"

#include <QColorSpace>
#include <QFloat16>

#include <algorithm>
#include <cmath>

namespace vitrine {

namespace {

uchar sampleToByte(quint16 sample)
{
    return static_cast<uchar>(sample >> 8);
}

uchar sampleToByte(float sample)
{
    return sample > 0.0F ? static_cast<uchar>(std::lround(std::min(sample, 1.0F) * 255.0F)) : uchar{0};
}

uchar sampleToByte(qfloat16 sample)
{
    return sampleToByte(static_cast<float>(sample));
}

template <typename Sample>
std::pair<const Sample*, const Sample*> samplesOfRow(const QImage& image, int y, int channels)
{
    const auto* row = reinterpret_cast<const Sample*>(image.constScanLine(y));
    return {row, row + std::ptrdiff_t{channels} * image.width()};
}

/// To 8 bits: Format_Grayscale8, or with and without alpha as before.
template <typename Sample>
QImage toBytes(const QImage& deep, int channels)
{
    const QImage::Format format = channels == 1            ? QImage::Format_Grayscale8
                                  : deep.hasAlphaChannel() ? QImage::Format_RGBA8888
                                                           : QImage::Format_RGBX8888;
    QImage result(deep.size(), format);
    if (deep.isNull() || result.isNull())
        return {};
    for (int y = 0; y < deep.height(); ++y) {
        const auto [begin, end] = samplesOfRow<Sample>(deep, y, channels);
        std::transform(begin, end, result.scanLine(y), [](Sample sample) { return sampleToByte(sample); });
    }
    if (format == QImage::Format_RGBX8888)
        result = std::move(result).convertToFormat(QImage::Format_RGB888);
    return result;
}

QImage toBytes(QImage image)
{
    switch (image.format()) {
    case QImage::Format_Grayscale16:
        return toBytes<quint16>(image, 1);
    case QImage::Format_RGBA64_Premultiplied:
        return toBytes<quint16>(std::move(image).convertToFormat(QImage::Format_RGBA64), 4);
    case QImage::Format_RGBX64:
    case QImage::Format_RGBA64:
        return toBytes<quint16>(image, 4);
    case QImage::Format_RGBA16FPx4_Premultiplied:
        return toBytes<qfloat16>(std::move(image).convertToFormat(QImage::Format_RGBA16FPx4), 4);
    case QImage::Format_RGBX16FPx4:
    case QImage::Format_RGBA16FPx4:
        return toBytes<qfloat16>(image, 4);
    case QImage::Format_RGBA32FPx4_Premultiplied:
        return toBytes<float>(std::move(image).convertToFormat(QImage::Format_RGBA32FPx4), 4);
    case QImage::Format_RGBX32FPx4:
    case QImage::Format_RGBA32FPx4:
        return toBytes<float>(image, 4);
    default:
        return image;
    }
}

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

template <typename Sample>
bool anyBeyond(const QImage& image)
{
    for (int y = 0; y < image.height(); ++y) {
        const auto [begin, end] = samplesOfRow<Sample>(image, y, 4);
        if (!std::all_of(begin, end, [](Sample sample) {
                const auto value = static_cast<float>(sample);
                return value >= 0.0F && value <= 1.0F;
            }))
            return true;
    }
    return false;
}

/// A channel of `width` bits, which Qt has put into the highest of 8.
int spread(int byte, int width)
{
    if (width < 1 || width > 7)
        return byte;
    return (byte >> (8 - width)) * 255 / ((1 << width) - 1);
}

} // namespace

QImage flatten(QImage image)
{
    image.setColorSpace(QColorSpace());
    image = toBytes(std::move(image));
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

bool exceedsRange(const QImage& image)
{
    switch (image.format()) {
    case QImage::Format_RGBX16FPx4:
    case QImage::Format_RGBA16FPx4:
    case QImage::Format_RGBA16FPx4_Premultiplied:
        return anyBeyond<qfloat16>(image);
    case QImage::Format_RGBX32FPx4:
    case QImage::Format_RGBA32FPx4:
    case QImage::Format_RGBA32FPx4_Premultiplied:
        return anyBeyond<float>(image);
    default:
        return false;
    }
}

QImage spreadBmpChannels(QImage image, const BmpHeader& header)
{
    if (std::ranges::none_of(header.widths, [](int width) { return width > 0 && width < 8; }))
        return image;
    image = std::move(image).convertToFormat(image.hasAlphaChannel() ? QImage::Format_RGBA8888
                                                                     : QImage::Format_RGBX8888);
    for (int y = 0; y < image.height(); ++y) {
        uchar* row = image.scanLine(y);
        for (int i = 0; i < 4 * image.width(); ++i)
            row[i] = static_cast<uchar>(spread(row[i], header.widths[i % 4]));
    }
    return image;
}

QImage withoutAlpha(QImage image)
{
    switch (image.format()) {
    case QImage::Format_ARGB32:
    case QImage::Format_ARGB32_Premultiplied:
        image.reinterpretAsFormat(QImage::Format_RGB32);
        break;
    case QImage::Format_RGBA64:
    case QImage::Format_RGBA64_Premultiplied:
        image.reinterpretAsFormat(QImage::Format_RGBX64);
        break;
    case QImage::Format_RGBA16FPx4:
    case QImage::Format_RGBA16FPx4_Premultiplied:
        image.reinterpretAsFormat(QImage::Format_RGBX16FPx4);
        break;
    case QImage::Format_RGBA32FPx4:
    case QImage::Format_RGBA32FPx4_Premultiplied:
        image.reinterpretAsFormat(QImage::Format_RGBX32FPx4);
        break;
    default:
        break;
    }
    return image;
}

} // namespace vitrine
