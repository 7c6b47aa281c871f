#include "ui/widgets/fold.h"

#include <QToolButton>
#include <QVBoxLayout>

namespace vitrine {

Fold::Fold(const QString& heading, QWidget* content, QWidget* parent)
    : QWidget(parent), m_heading(new QToolButton)
{
    m_heading->setText(heading);
    m_heading->setCheckable(true);
    m_heading->setAutoRaise(true);
    m_heading->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_heading->setFocusPolicy(Qt::StrongFocus);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_heading);
    layout->addWidget(content);
    connect(m_heading, &QToolButton::toggled, content, [this, content](bool open) {
        m_heading->setArrowType(open ? Qt::DownArrow : Qt::RightArrow);
        content->setVisible(open);
    });
    m_heading->setArrowType(Qt::RightArrow);
    content->hide();
}

void Fold::setOpen(bool open)
{
    m_heading->setChecked(open);
}

} // namespace vitrine
