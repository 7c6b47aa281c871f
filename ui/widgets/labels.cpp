#include "ui/widgets/labels.h"

#include "core/base/shown_text.h"

#include <QEvent>

namespace vitrine {

ElidedLabel::ElidedLabel(QWidget* parent) : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void ElidedLabel::setFullText(const QString& given)
{
    const QString text = shownText(given, LineBreaks::Shown);
    if (text == m_text)
        return;
    m_text = text;
    updateGeometry();
    elide();
}

QSize ElidedLabel::sizeHint() const
{
    return {fontMetrics().horizontalAdvance(m_text) + 4, fontMetrics().height() + 2};
}

QSize ElidedLabel::minimumSizeHint() const
{
    return {qMin(fontMetrics().averageCharWidth() * 8, sizeHint().width()), fontMetrics().height() + 2};
}

void ElidedLabel::resizeEvent(QResizeEvent* event)
{
    QLabel::resizeEvent(event);
    elide();
}

void ElidedLabel::changeEvent(QEvent* event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        elide();
}

void ElidedLabel::elide()
{
    const QString shown = fontMetrics().elidedText(m_text, Qt::ElideMiddle, contentsRect().width());
    setText(shown);
    setToolTip(shown == m_text ? QString() : m_text);
    setAccessibleName(m_text);
}

QColor errorColor(const QPalette& palette)
{
    return palette.color(QPalette::Base).lightness() < 128 ? QColor(0xff8a80) : QColor(0xb3261e);
}

void showMessage(QLabel* label, const QString& text, bool isProblem)
{
    QPalette colors = label->parentWidget()->palette();
    if (isProblem)
        colors.setColor(QPalette::WindowText, errorColor(colors));
    label->setPalette(colors);
    label->setTextFormat(Qt::PlainText);
    label->setText(shownText(text));
}

} // namespace vitrine
