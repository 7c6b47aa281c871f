#include "resources/trainer/batch.h"

#include "resources/trainer/random.h"
#include "resources/trainer/shape_paths.h"
#include "resources/trainer/shape_picture.h"

#include <ATen/Parallel.h>

#include <QRect>

#include <algorithm>
#include <array>
#include <functional>

namespace vitrine::trainer {

namespace {

/// Drawn with an eighth more than what is cropped, as the usual preprocessing has it.
int drawnSide(int side)
{
    return side * 8 / 7;
}

/// How a picture is changed on its way into a batch.
struct Augmentation
{
    QPoint corner; ///< Of the crop.
    double contrast = 1;
    double brightness = 0; ///< In [0,1] units.
    QRect erased;          ///< Of the crop; empty: nothing is.
    float erasedValue = 0;

    /// The usual preprocessing's centre crop.
    static Augmentation none(int side)
    {
        const int margin = (drawnSide(side) - side) / 2;
        return {{margin, margin}, 1, 0, {}, 0};
    }

    static Augmentation random(int side, Random& random)
    {
        Augmentation result = none(side);
        const int shift = side / 28;
        result.corner += {random.below(2 * shift + 1) - shift, random.below(2 * shift + 1) - shift};
        result.contrast = random.uniform(0.8, 1.2);
        result.brightness = random.uniform(-0.1, 0.1);
        if (random.chance(0.1)) {
            const QSize size(side / 16 + random.below(side / 6), side / 16 + random.below(side / 6));
            result.erased = {QPoint(random.below(side - size.width()), random.below(side - size.height())),
                             size};
            result.erasedValue = float(random.uniform(-1, 1));
        }
        return result;
    }
};

constexpr std::array mean{0.485F, 0.456F, 0.406F};
constexpr std::array deviation{0.229F, 0.224F, 0.225F};

/// The normalized value of each byte.
std::array<float, 256> valuesOf(int channel, const Augmentation& how)
{
    std::array<float, 256> values{};
    for (int byte = 0; byte < 256; ++byte) {
        const double changed = (byte / 255.0 - 0.5) * how.contrast + 0.5 + how.brightness;
        values.at(std::size_t(byte)) =
            (float(std::clamp(changed, 0.0, 1.0)) - mean.at(std::size_t(channel))) /
            deviation.at(std::size_t(channel));
    }
    return values;
}

/// Writes the crop of a drawn picture as [3,side,side].
void write(const QImage& picture, const Augmentation& how, int side, float* target)
{
    for (int channel = 0; channel < 3; ++channel) {
        const auto values = valuesOf(channel, how);
        for (int y = 0; y < side; ++y) {
            const uchar* line = picture.constScanLine(y + how.corner.y()) + 3 * how.corner.x() + channel;
            for (int x = 0; x < side; ++x)
                *target++ = how.erased.contains(x, y) ? how.erasedValue : values[line[3 * x]];
        }
    }
}

using Augment = std::function<Augmentation(const Subject&)>;

/// The pictures of a series from `first` on, drawn on as many threads as LibTorch uses.
Batch drawn(quint64 series, quint64 first, int count, double difficulty, int side, const Augment& augment)
{
    Batch batch{torch::empty({count, 3, side, side}), torch::empty({count}, torch::kInt64)};
    float* pictures = batch.pictures.data_ptr<float>();
    auto* shapes = batch.shapes.data_ptr<std::int64_t>();
    at::parallel_for(0, count, 1, [&](std::int64_t begin, std::int64_t end) {
        for (std::int64_t i = begin; i < end; ++i) {
            const Subject subject = subjectOf(series, first + quint64(i));
            write(drawShape(subject.shape, subject.seed, difficulty, drawnSide(side)), augment(subject), side,
                  pictures + i * 3 * side * side);
            shapes[i] = subject.shape;
        }
    });
    return batch;
}

} // namespace

Batch trainingBatch(const Recipe& recipe, quint64 stage, int step, double difficulty, int side)
{
    const quint64 series = Random(recipe.seed, ~stage).bits();
    return drawn(series, quint64(step) * quint64(recipe.batch), recipe.batch, difficulty, side,
                 [&](const Subject& subject) {
                     Random random(subject.seed, 1);
                     return Augmentation::random(side, random);
                 });
}

Batch evaluationBatch(quint64 seriesSeed, int first, int count, int side)
{
    return drawn(seriesSeed, quint64(first), count, 1, side,
                 [&](const Subject&) { return Augmentation::none(side); });
}

} // namespace vitrine::trainer
