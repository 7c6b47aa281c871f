#include "resources/trainer/shape_paths.h"

#include <QPainterPathStroker>
#include <QPolygonF>
#include <QTransform>

#include <array>

namespace vitrine::trainer {

namespace {

using std::numbers::pi;

/// Qt cuts and joins paths well at this scale, and coarsely at that of 1.
constexpr double unit = 100;

QPointF onCircle(double radius, double angle)
{
    return {unit * radius * std::sin(angle), -unit * radius * std::cos(angle)};
}

QPainterPath closed(const QPolygonF& corners)
{
    QPainterPath path;
    path.addPolygon(corners);
    path.closeSubpath();
    return path;
}

/// Of corners in units.
QPainterPath outline(std::initializer_list<QPointF> corners)
{
    QPolygonF points;
    for (const QPointF& corner : corners)
        points << unit * corner;
    return closed(points);
}

QPainterPath bar(double left, double top, double width, double height)
{
    QPainterPath path;
    path.addRect(unit * left, unit * top, unit * width, unit * height);
    return path;
}

QPainterPath disc(double radius, QPointF centre = {})
{
    QPainterPath path;
    path.addEllipse(unit * centre, unit * radius, unit * radius);
    return path;
}

QPainterPath stroked(const QPainterPath& line, double width)
{
    QPainterPathStroker stroker;
    stroker.setWidth(unit * width);
    stroker.setCapStyle(Qt::FlatCap);
    stroker.setJoinStyle(Qt::MiterJoin);
    return stroker.createStroke(line).simplified();
}

QPainterPath polygon(int corners, double radius)
{
    QPolygonF points;
    for (int i = 0; i < corners; ++i)
        points << onCircle(radius, 2 * pi * i / corners);
    return closed(points);
}

QPainterPath circle(Random&)
{
    return disc(0.92);
}

QPainterPath ring(Random& random)
{
    return disc(0.92).subtracted(disc(random.uniform(0.5, 0.66)));
}

QPainterPath crescent(Random& random)
{
    return disc(0.95).subtracted(disc(random.uniform(0.74, 0.84), {random.uniform(0.4, 0.5), 0}));
}

QPainterPath spiral(Random& random)
{
    constexpr int steps = 120;
    const double turns = random.uniform(2.1, 2.6);
    QPainterPath line;
    for (int i = 0; i <= steps; ++i) {
        const double share = double(i) / steps;
        line.lineTo(onCircle(0.86 * share, 2 * pi * turns * share));
    }
    return stroked(line, random.uniform(0.15, 0.2));
}

QPainterPath heart(Random&)
{
    QPainterPath path({0, 0.9 * unit});
    path.cubicTo(-1.5 * unit, -0.1 * unit, -0.9 * unit, -1.25 * unit, 0, -0.5 * unit);
    path.cubicTo(0.9 * unit, -1.25 * unit, 1.5 * unit, -0.1 * unit, 0, 0.9 * unit);
    return path;
}

QPainterPath triangle(Random&)
{
    return polygon(3, 1.05).translated(0, 0.15 * unit);
}

QPainterPath square(Random&)
{
    return bar(-0.76, -0.76, 1.52, 1.52);
}

QPainterPath pentagon(Random&)
{
    return polygon(5, 0.98);
}

QPainterPath star(Random& random)
{
    const double inner = random.uniform(0.38, 0.46);
    QPolygonF points;
    for (int i = 0; i < 10; ++i)
        points << onCircle(i % 2 == 0 ? 1.0 : inner, pi * i / 5);
    return closed(points);
}

QPainterPath cross(Random& random)
{
    const double arm = random.uniform(0.2, 0.32);
    return bar(-arm, -0.9, 2 * arm, 1.8).united(bar(-0.9, -arm, 1.8, 2 * arm));
}

QPainterPath arrow(Random& random)
{
    const double shaft = random.uniform(0.16, 0.26);
    const double neck = random.uniform(-0.1, 0.15);
    return outline({QPointF(0, -0.95), QPointF(0.68, neck), QPointF(shaft, neck), QPointF(shaft, 0.95),
                    QPointF(-shaft, 0.95), QPointF(-shaft, neck), QPointF(-0.68, neck)});
}

QPainterPath lightning(Random&)
{
    return outline({QPointF(0.35, -1), QPointF(-0.6, 0.12), QPointF(-0.08, 0.12), QPointF(-0.35, 1),
                    QPointF(0.6, -0.18), QPointF(0.06, -0.18)});
}

QPainterPath letterA(Random& random)
{
    QPainterPath legs({-0.66 * unit, 0.92 * unit});
    legs.lineTo(0, -0.75 * unit);
    legs.lineTo(0.66 * unit, 0.92 * unit);
    const double width = random.uniform(0.24, 0.32);
    return stroked(legs, width).united(bar(-0.45, 0.36 - width / 2, 0.9, width));
}

QPainterPath letterE(Random& random)
{
    const double width = random.uniform(0.26, 0.34);
    return bar(-0.6, -0.9, width, 1.8)
        .united(bar(-0.6, -0.9, 1.2, width))
        .united(bar(-0.6, -width / 2, 1.1, width))
        .united(bar(-0.6, 0.9 - width, 1.2, width));
}

struct Shape
{
    const char* name;
    QPainterPath (*path)(Random&);
};

constexpr std::array shapes{
    Shape{"circle", circle},    Shape{"ring", ring},         Shape{"crescent", crescent},
    Shape{"spiral", spiral},    Shape{"heart", heart},       Shape{"triangle", triangle},
    Shape{"square", square},    Shape{"pentagon", pentagon}, Shape{"star", star},
    Shape{"cross", cross},      Shape{"arrow", arrow},       Shape{"lightning", lightning},
    Shape{"letter A", letterA}, Shape{"letter E", letterE},
};

} // namespace

const QStringList& shapeNames()
{
    static const QStringList names = [] {
        QStringList list;
        for (const Shape& shape : shapes)
            list << QString::fromLatin1(shape.name);
        return list;
    }();
    return names;
}

QPainterPath shapePath(int shape, Random& random)
{
    const QPainterPath path = shapes.at(static_cast<std::size_t>(shape)).path(random);
    return QTransform::fromScale(1 / unit, 1 / unit).map(path);
}

} // namespace vitrine::trainer
