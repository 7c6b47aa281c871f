#include "core/image/resample.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <numeric>
#include <span>
#include <vector>

namespace vitrine {

namespace {

constexpr int fractionBits = 22;
constexpr std::int32_t half = 1 << (fractionBits - 1);

/// The weighted source pixels that make up one pixel of the result.
struct Taps
{
    int first = 0;
    std::vector<std::int32_t> weights;

    int end() const { return first + static_cast<int>(weights.size()); }
};

double bicubic(double x)
{
    constexpr double a = -0.5;
    x = std::abs(x);
    if (x < 1.0)
        return ((a + 2.0) * x - (a + 3.0)) * x * x + 1.0;
    return x < 2.0 ? (((x - 5.0) * x + 8.0) * x - 4.0) * a : 0.0;
}

double triangle(double x)
{
    return std::max(1.0 - std::abs(x), 0.0);
}

struct Filter
{
    double (*weight)(double);
    double radius; ///< Source pixels, where nothing is made smaller.
};

Filter filterOf(Interpolation interpolation)
{
    return interpolation == Interpolation::Bilinear ? Filter{triangle, 1.0} : Filter{bicubic, 2.0};
}

std::vector<std::int32_t> toFixedPoint(std::span<const double> weights)
{
    const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    std::vector<std::int32_t> result;
    result.reserve(weights.size());
    for (const double weight : weights) {
        const double scaled = (sum == 0.0 ? weight : weight / sum) * (1 << fractionBits);
        result.push_back(static_cast<std::int32_t>(scaled + (scaled < 0.0 ? -0.5 : 0.5)));
    }
    return result;
}

Taps tapsOf(int position, int sourceLength, double scale, const Filter& filter)
{
    const double widening = std::max(scale, 1.0);
    const double support = filter.radius * widening;
    const double centre = (position + 0.5) * scale;
    const int first = static_cast<int>(std::max(centre - support + 0.5, 0.0));
    const int end = static_cast<int>(std::min<double>(centre + support + 0.5, sourceLength));
    std::vector<double> weights;
    weights.reserve(end - first);
    for (int source = first; source < end; ++source)
        weights.push_back(filter.weight((source - centre + 0.5) * (1.0 / widening)));
    return {first, toFixedPoint(weights)};
}

std::vector<Taps> tapsOf(int start, int count, int sourceLength, int resizedLength, const Filter& filter)
{
    const double scale = static_cast<double>(sourceLength) / resizedLength;
    std::vector<Taps> taps;
    taps.reserve(count);
    for (int position = start; position < start + count; ++position)
        taps.push_back(tapsOf(position, sourceLength, scale, filter));
    return taps;
}

uchar toByte(std::int32_t sum)
{
    return static_cast<uchar>(std::clamp(sum >> fractionBits, 0, 255));
}

template <int channels>
void resampleRow(const uchar* source, uchar* target, const std::vector<Taps>& columns)
{
    for (const Taps& taps : columns) {
        std::array<std::int32_t, channels> sums{};
        sums.fill(half);
        const uchar* pixel = source + std::ptrdiff_t{taps.first} * channels;
        for (const std::int32_t weight : taps.weights)
            for (int channel = 0; channel < channels; ++channel)
                sums[channel] += weight * *pixel++;
        for (const std::int32_t sum : sums)
            *target++ = toByte(sum);
    }
}

QImage resampleRows(const QImage& image, const std::vector<Taps>& columns, int firstRow, int rowCount)
{
    QImage result(static_cast<int>(columns.size()), rowCount, image.format());
    const auto resampleOne = image.format() == QImage::Format_Grayscale8 ? resampleRow<1> : resampleRow<3>;
    for (int row = 0; row < rowCount; ++row)
        resampleOne(image.constScanLine(firstRow + row), result.scanLine(row), columns);
    return result;
}

QImage resampleColumns(const QImage& image, const std::vector<Taps>& rows, int firstRow)
{
    QImage result(image.width(), static_cast<int>(rows.size()), image.format());
    const int rowBytes = image.width() * image.depth() / 8;
    std::vector<std::int32_t> sums(rowBytes);
    for (int row = 0; row < result.height(); ++row) {
        std::ranges::fill(sums, half);
        int line = rows[row].first - firstRow;
        for (const std::int32_t weight : rows[row].weights) {
            const uchar* source = image.constScanLine(line++);
            for (int i = 0; i < rowBytes; ++i)
                sums[i] += weight * source[i];
        }
        std::ranges::transform(sums, result.scanLine(row), toByte);
    }
    return result;
}

} // namespace

QImage resample(const QImage& image, QSize resized, QRect window, Interpolation interpolation)
{
    const Filter filter = filterOf(interpolation);
    const auto columns = tapsOf(window.x(), window.width(), image.width(), resized.width(), filter);
    const auto rows = tapsOf(window.y(), window.height(), image.height(), resized.height(), filter);
    const int firstRow = rows.front().first;
    const int rowCount = rows.back().end() - firstRow;
    return resampleColumns(resampleRows(image, columns, firstRow, rowCount), rows, firstRow);
}

} // namespace vitrine
