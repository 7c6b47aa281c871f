#include "resources/trainer/shape_picture.h"

#include "resources/trainer/artefacts.h"
#include "resources/trainer/background.h"
#include "resources/trainer/shape_paths.h"

#include <QLinearGradient>
#include <QPainter>
#include <QTransform>

namespace vitrine::trainer {

namespace {

/// What the usual centre crop leaves of a side: the shape stays in there.
constexpr double visibleShare = 224.0 / 256;

double between(double easy, double hard, double difficulty)
{
    return easy + (hard - easy) * difficulty;
}

QTransform placement(int side, double difficulty, Random& random)
{
    const double centre = side / 2.0;
    const double half = centre * visibleShare;
    const double scale = random.uniform(between(0.72, 0.6, difficulty), 0.9);
    const double play = 0.97 - scale;
    const double turn = between(4, 20, difficulty);
    QTransform transform;
    transform.translate(centre + half * random.uniform(-play, play),
                        centre + half * random.uniform(-play, play));
    transform.rotate(random.uniform(-turn, turn));
    const double aspect = random.uniform(0.92, 1.08);
    transform.scale(half * scale * aspect, half * scale / aspect);
    return transform;
}

QBrush fillOf(const Palette& palette, const QRectF& area, Random& random)
{
    if (random.chance(0.5))
        return palette.shape;
    QLinearGradient gradient(area.topLeft(), area.bottomRight());
    gradient.setColorAt(0, palette.shape);
    gradient.setColorAt(1, palette.shapeAccent);
    return gradient;
}

void paintShape(QPainter& painter, const QPainterPath& path, const Palette& palette, double pixel,
                Random& random)
{
    painter.setBrush(fillOf(palette, path.boundingRect(), random));
    painter.setPen(Qt::NoPen);
    if (random.chance(0.4))
        painter.setPen(QPen(palette.shapeAccent.darker(100 + random.below(60)), pixel * random.uniform(1, 5),
                            Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin));
    painter.drawPath(path);
}

/// A bar across a part of the shape, no wider than an eighth of it.
void paintOcclusion(QPainter& painter, const QRectF& area, const Palette& palette, Random& random)
{
    const double thickness = random.uniform(0.04, 0.12) * area.width();
    painter.save();
    painter.translate(area.center() + QPointF(random.uniform(-0.4, 0.4) * area.width(),
                                              random.uniform(-0.4, 0.4) * area.height()));
    painter.rotate(random.uniform(0, 180));
    painter.setPen(Qt::NoPen);
    painter.setBrush(random.chance(0.5) ? palette.backgroundAccent : palette.background.darker(130));
    painter.drawRect(QRectF(-area.width(), -thickness / 2, 2 * area.width(), thickness));
    painter.restore();
}

QImage withArtefacts(QImage picture, double difficulty, Random& random)
{
    const double pixel = picture.width() / 256.0;
    if (random.chance(0.3 * difficulty))
        picture = blurred(picture, pixel * random.uniform(0, 1.6));
    if (random.chance(0.4 * difficulty))
        picture = withNoise(std::move(picture), pixel * random.uniform(2, 18), random);
    if (random.chance(0.4 * difficulty))
        picture = throughJpeg(picture, 30 + random.below(65));
    return picture;
}

} // namespace

QImage drawShape(int shape, quint64 seed, double difficulty, int side)
{
    Random random(seed);
    const Palette palette = Palette::random(random, between(0.45, 0.35, difficulty));
    QImage picture(side, side, QImage::Format_RGB888);
    paintBackground(picture, palette, 0.4 * difficulty, random);
    const QPainterPath path = placement(side, difficulty, random).map(shapePath(shape, random));
    {
        QPainter painter(&picture);
        painter.setRenderHint(QPainter::Antialiasing);
        paintShape(painter, path, palette, side / 256.0, random);
        if (random.chance(0.2 * difficulty))
            paintOcclusion(painter, path.boundingRect(), palette, random);
    }
    return withArtefacts(std::move(picture), difficulty, random);
}

Subject subjectOf(quint64 seriesSeed, quint64 index)
{
    Random random(seriesSeed, index);
    return {random.below(int(shapeNames().size())), random.bits()};
}

} // namespace vitrine::trainer
