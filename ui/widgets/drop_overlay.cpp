#include "ui/widgets/drop_overlay.h"

#include "core/base/literals.h"

#include <QPainter>

namespace vitrine {

DropOverlay::DropOverlay(QWidget* parent) : QWidget(parent)
{
    setObjectName(u"dropOverlay"_s);
    setAttribute(Qt::WA_TransparentForMouseEvents);
    hide();
}

void DropOverlay::showFor(int files)
{
    m_text = files == 1 ? tr("Drop to open this file") : tr("Drop to open these %1 files").arg(files);
    setGeometry(parentWidget()->rect());
    raise();
    show();
    update();
}

void DropOverlay::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor background = palette().color(QPalette::Window);
    background.setAlphaF(0.86F);
    painter.fillRect(rect(), background);
    const QColor accent = palette().color(QPalette::Highlight);
    QColor tint = accent;
    tint.setAlphaF(0.12F);
    painter.setPen(QPen(accent, 3, Qt::DashLine));
    painter.setBrush(tint);
    constexpr int inset = 10;
    painter.drawRoundedRect(rect().adjusted(inset, inset, -inset, -inset), inset, inset);
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.6);
    large.setBold(true);
    painter.setFont(large);
    painter.setPen(palette().color(QPalette::WindowText));
    painter.drawText(rect(), Qt::AlignCenter, m_text);
}

} // namespace vitrine
