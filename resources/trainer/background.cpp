#include "resources/trainer/background.h"

#include <QLinearGradient>
#include <QPainter>
#include <QRadialGradient>

#include <algorithm>
#include <array>

namespace vitrine::trainer {

namespace {

double luminance(const QColor& color)
{
    return 0.299 * color.redF() + 0.587 * color.greenF() + 0.114 * color.blueF();
}

QColor anyColor(Random& random)
{
    return QColor::fromRgbF(float(random.uniform()), float(random.uniform()), float(random.uniform()));
}

/// Another colour near this one.
QColor near(const QColor& color, double distance, Random& random)
{
    const auto moved = [&](float value) {
        return float(std::clamp(value + random.uniform(-distance, distance), 0.0, 1.0));
    };
    return QColor::fromRgbF(moved(color.redF()), moved(color.greenF()), moved(color.blueF()));
}

/// Of a picture that is 256 pixels wide.
double pixel(QSize size)
{
    return size.width() / 256.0;
}

void paintStripes(QPainter& painter, const QColor& color, QSize size, Random& random)
{
    const double step = pixel(size) * random.uniform(8, 32);
    const double reach = size.width();
    painter.translate(size.width() / 2.0, size.height() / 2.0);
    painter.rotate(random.uniform(0, 180));
    for (double x = -reach; x < reach; x += step)
        painter.fillRect(QRectF(x, -reach, step / 2, 2 * reach), color);
}

void paintChecks(QPainter& painter, const QColor& color, QSize size, Random& random)
{
    const double step = pixel(size) * random.uniform(8, 32);
    for (int y = 0; y * step < size.height(); ++y)
        for (int x = y % 2; x * step < size.width(); x += 2)
            painter.fillRect(QRectF(x * step, y * step, step, step), color);
}

void paintDots(QPainter& painter, const QColor& color, QSize size, Random& random)
{
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    const int dots = 20 + random.below(80);
    for (int i = 0; i < dots; ++i) {
        const double radius = pixel(size) * random.uniform(1.5, 7);
        painter.drawEllipse(QPointF(random.uniform(0, size.width()), random.uniform(0, size.height())),
                            radius, radius);
    }
}

void paintClouds(QPainter& painter, const QColor& color, QSize size, Random& random)
{
    const int cells = 4 + random.below(10);
    QImage coarse(cells, cells, QImage::Format_ARGB32);
    for (int y = 0; y < cells; ++y)
        for (int x = 0; x < cells; ++x)
            coarse.setPixelColor(x, y, QColor(color.red(), color.green(), color.blue(), random.below(256)));
    painter.drawImage(0, 0, coarse.scaled(size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation));
}

void paintGradient(QPainter& painter, const Palette& palette, QSize size, Random& random)
{
    const QPointF from(random.uniform(0, size.width()), random.uniform(0, size.height()));
    const QPointF to(random.uniform(0, size.width()), random.uniform(0, size.height()));
    if (random.chance(0.5)) {
        QLinearGradient gradient(from, to);
        gradient.setColorAt(0, palette.background);
        gradient.setColorAt(1, palette.backgroundAccent);
        painter.fillRect(QRect({}, size), gradient);
    } else {
        QRadialGradient gradient(from, random.uniform(0.5, 1.2) * size.width());
        gradient.setColorAt(0, palette.background);
        gradient.setColorAt(1, palette.backgroundAccent);
        painter.fillRect(QRect({}, size), gradient);
    }
}

void paintTexture(QPainter& painter, const QColor& color, QSize size, Random& random)
{
    constexpr std::array textures{paintStripes, paintChecks, paintDots, paintClouds};
    textures.at(static_cast<std::size_t>(random.below(int(textures.size()))))(painter, color, size, random);
}

} // namespace

Palette Palette::random(Random& random, double contrast)
{
    for (;;) {
        const QColor background = anyColor(random);
        const QColor shape = anyColor(random);
        const Palette palette{background, near(background, 0.25, random), shape, near(shape, 0.25, random)};
        const bool isClear =
            std::min({std::abs(luminance(palette.shape) - luminance(palette.background)),
                      std::abs(luminance(palette.shape) - luminance(palette.backgroundAccent)),
                      std::abs(luminance(palette.shapeAccent) - luminance(palette.background)),
                      std::abs(luminance(palette.shapeAccent) - luminance(palette.backgroundAccent))}) >=
            contrast;
        if (isClear)
            return palette;
    }
}

void paintBackground(QImage& picture, const Palette& palette, double texture, Random& random)
{
    picture.fill(palette.background);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    if (random.chance(texture))
        paintTexture(painter, palette.backgroundAccent, picture.size(), random);
    else if (random.chance(0.7))
        paintGradient(painter, palette, picture.size(), random);
}

} // namespace vitrine::trainer
