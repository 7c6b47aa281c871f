#include "ui/widgets/picture_view.h"

#include <QPainter>
#include <QPainterPath>

namespace vitrine {

PictureView::PictureView(QWidget* parent) : QWidget(parent)
{
    setMinimumSize(160, 120);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setAccessibleName(tr("Current image"));
    m_asking.setSingleShot(true);
    m_asking.setInterval(0);
    connect(&m_asking, &QTimer::timeout, this, &PictureView::pictureWanted);
}

void PictureView::setImage(std::shared_ptr<const ImageSource> image)
{
    if (image == m_image)
        return;
    m_image = std::move(image);
    m_shown = m_image ? QPixmap::fromImage(m_image->thumbnail) : QPixmap();
    m_hasPixels = true;
    update();
}

void PictureView::setPicture(const QImage& rgb)
{
    m_hasPixels = !rgb.isNull();
    if (!m_hasPixels || !m_image)
        return;
    m_shown = QPixmap::fromImage(rgb.scaled(fittedPixels(), Qt::IgnoreAspectRatio, Qt::SmoothTransformation));
    update();
}

void PictureView::setPreprocessing(const std::optional<Preprocessing>& preprocessing)
{
    m_preprocessing = preprocessing;
    setToolTip(preprocessing ? tr("The bright part is what the model sees: %1 × %1 pixels after resizing.")
                                   .arg(preprocessing->size)
                             : QString());
    update();
}

QRectF PictureView::crop() const
{
    return m_image && m_preprocessing ? visibleCrop(m_image->size, *m_preprocessing) : QRectF();
}

QSizeF PictureView::fitted() const
{
    return m_image ? QSizeF(m_image->size).scaled(size(), Qt::KeepAspectRatio) : QSizeF(0, 0);
}

QSize PictureView::fittedPixels() const
{
    return m_image ? (fitted() * devicePixelRatioF()).toSize().expandedTo({1, 1}) : QSize();
}

void PictureView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    if (!m_image) {
        paintHint(painter);
        return;
    }
    if (m_hasPixels && !isSharp())
        m_asking.start();
    const QSizeF size = fitted();
    const QRectF target(QPointF((width() - size.width()) / 2, 0), size);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawPixmap(target, m_shown, QRectF(QPointF(), m_shown.size()));
    paintCrop(painter, target);
}

void PictureView::paintCrop(QPainter& painter, const QRectF& target) const
{
    const QRectF seen = crop();
    if (seen.isEmpty())
        return;
    const qreal scale = target.width() / m_image->size.width();
    const QRectF bright(target.topLeft() + seen.topLeft() * scale, seen.size() * scale);
    QPainterPath shade;
    shade.addRect(target);
    QPainterPath hole;
    hole.addRect(bright);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillPath(shade.subtracted(hole), QColor(0, 0, 0, 140));
    painter.setPen(QPen(QColor(255, 255, 255, 220), 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(bright.adjusted(0.5, 0.5, -0.5, -0.5));
}

void PictureView::paintHint(QPainter& painter) const
{
    painter.setPen(palette().color(QPalette::PlaceholderText));
    painter.drawText(rect().adjusted(12, 12, -12, -12), Qt::AlignCenter | Qt::TextWordWrap,
                     tr("Drop an image here"));
}

} // namespace vitrine
