#include "core/image/preprocessor.h"

#include "core/image/resample.h"

#include <algorithm>
#include <array>
#include <random>

namespace vitrine {

namespace {

/// ITU-R 601 luma in the 16-bit fixed point that Pillow's convert("L") uses.
uchar luma(const uchar* rgb)
{
    return static_cast<uchar>((rgb[0] * 19595 + rgb[1] * 38470 + rgb[2] * 7471 + 0x8000) >> 16);
}

QImage toGray(const QImage& rgb)
{
    QImage gray(rgb.size(), QImage::Format_Grayscale8);
    for (int y = 0; y < rgb.height(); ++y) {
        const uchar* source = rgb.constScanLine(y);
        uchar* target = gray.scanLine(y);
        for (int x = 0; x < rgb.width(); ++x)
            target[x] = luma(source + std::ptrdiff_t{3} * x);
    }
    return gray;
}

std::array<float, 256> normalizedValues(float mean, float standardDeviation)
{
    std::array<float, 256> values{};
    for (int byte = 0; byte < 256; ++byte)
        values[byte] = (static_cast<float>(byte) / 255.0F - mean) / standardDeviation;
    return values;
}

} // namespace

QImage modelView(const QImage& rgb, const Preprocessing& preprocessing)
{
    Q_ASSERT(rgb.format() == QImage::Format_RGB888);
    const QSize resized = resizedSize(rgb.size(), preprocessing);
    return resample(preprocessing.channels == 1 ? toGray(rgb) : rgb, resized,
                    cropInResized(resized, preprocessing), preprocessing.interpolation);
}

QImage resizeAndCrop(const QImage& rgb, const Preprocessing& preprocessing)
{
    if (rgb.isNull())
        return {};
    return modelView(rgb, preprocessing).convertToFormat(QImage::Format_RGB888);
}

InputTensor normalize(const QImage& view, const Preprocessing& preprocessing)
{
    const int channels = preprocessing.channels;
    InputTensor tensor{channels, view.height(), view.width(), {}};
    tensor.values.reserve(std::size_t{1} * channels * view.width() * view.height());
    for (int channel = 0; channel < channels; ++channel) {
        const auto normalized =
            normalizedValues(preprocessing.mean[channel], preprocessing.standardDeviation[channel]);
        for (int y = 0; y < view.height(); ++y) {
            const uchar* row = view.constScanLine(y) + channel;
            for (int x = 0; x < view.width(); ++x)
                tensor.values.push_back(normalized[row[std::ptrdiff_t{x} * channels]]);
        }
    }
    return tensor;
}

InputTensor preprocess(const QImage& rgb, const Preprocessing& preprocessing)
{
    if (rgb.isNull())
        return {};
    return normalize(modelView(rgb, preprocessing), preprocessing);
}

InputTensor syntheticInput(const Preprocessing& preprocessing)
{
    const int size = preprocessing.size;
    InputTensor input{preprocessing.channels, size, size, {}};
    input.values.resize(std::size_t{1} * preprocessing.channels * size * size);
    std::mt19937 random(1);
    for (float& value : input.values)
        value = static_cast<float>(random() % 4096) / 1024.0F - 2.0F;
    return input;
}

} // namespace vitrine
