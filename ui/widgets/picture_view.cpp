#include "ui/widgets/picture_view.h"

#include <QPainter>
#include <QPainterPath>

namespace vitrine {

namespace {

constexpr int shadeAlpha = 140;
constexpr QSize least{160, 120};

} // namespace

PictureView::PictureView(QWidget* parent) : QWidget(parent)
{
    setMinimumSize(least);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setAccessibleName(tr("Current image"));
}

QSize PictureView::sizeHint() const
{
    return {320, 300};
}

void PictureView::setImage(std::shared_ptr<const SourceImage> image)
{
    if (image == m_image)
        return;
    m_image = std::move(image);
    m_scaled = QPixmap();
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
    return m_image && m_preprocessing ? visibleCrop(m_image->rgb.size(), *m_preprocessing) : QRectF();
}

QPixmap PictureView::scaled(const QSize& size) const
{
    if (m_scaled.size() != size)
        m_scaled =
            QPixmap::fromImage(m_image->rgb.scaled(size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation));
    return m_scaled;
}

void PictureView::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    if (!m_image) {
        paintHint(painter);
        return;
    }
    const QSizeF fitted = QSizeF(m_image->rgb.size()).scaled(size(), Qt::KeepAspectRatio);
    const QRectF target(QPointF((width() - fitted.width()) / 2, 0), fitted);
    const QSize pixels = (fitted * devicePixelRatioF()).toSize().expandedTo({1, 1});
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawPixmap(target, scaled(pixels), QRectF(QPointF(), pixels));
    paintCrop(painter, target);
}

void PictureView::paintCrop(QPainter& painter, const QRectF& target) const
{
    const QRectF seen = crop();
    if (seen.isEmpty())
        return;
    const qreal scale = target.width() / m_image->rgb.width();
    const QRectF bright(target.topLeft() + seen.topLeft() * scale, seen.size() * scale);
    QPainterPath shade;
    shade.addRect(target);
    QPainterPath hole;
    hole.addRect(bright);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillPath(shade.subtracted(hole), QColor(0, 0, 0, shadeAlpha));
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
