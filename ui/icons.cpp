#include "ui/icons.h"

#include <QPainter>
#include <QPixmap>

namespace vitrine {

namespace {

constexpr int iconSide = 64; ///< Scaled down as needed.

QIcon drawn(const QPolygonF& shape, const QColor& color)
{
    QPixmap pixmap(iconSide, iconSide);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(color, 6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(color);
    painter.drawPolygon(shape);
    painter.end();
    return QIcon(pixmap);
}

} // namespace

QIcon runIcon()
{
    return drawn(QPolygonF({{16, 10}, {54, 32}, {16, 54}}), QColor(0x2e9e5b));
}

QIcon stopIcon()
{
    return drawn(QPolygonF(QRectF(14, 14, 36, 36)), QColor(0xd0493e));
}

} // namespace vitrine
