#include "ui/widgets/plain_tool_tips.h"

#include <QApplication>
#include <QEvent>
#include <QLabel>

namespace vitrine {

PlainToolTips::PlainToolTips(QObject* parent) : QObject(parent)
{
    qApp->installEventFilter(this);
}

bool PlainToolTips::eventFilter(QObject* watched, QEvent* event)
{
    // Polished when it is made, before it has its text.
    if (event->type() == QEvent::Polish && watched->inherits("QTipLabel"))
        static_cast<QLabel*>(watched)->setTextFormat(Qt::PlainText);
    return QObject::eventFilter(watched, event);
}

} // namespace vitrine
