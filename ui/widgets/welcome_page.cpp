#include "ui/widgets/welcome_page.h"

#include <QAction>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

namespace vitrine {

namespace {

constexpr int frameInset = 16;

QLabel* centredLabel(const QString& text, double scale, bool bold)
{
    auto* label = new QLabel(text);
    QFont font = label->font();
    font.setPointSizeF(font.pointSizeF() * scale);
    font.setBold(bold);
    label->setFont(font);
    label->setAlignment(Qt::AlignCenter);
    label->setWordWrap(true);
    return label;
}

QPushButton* buttonFor(QAction* action)
{
    auto* button = new QPushButton(action->icon(), action->text());
    button->setToolTip(action->toolTip());
    button->setMinimumHeight(36);
    button->setMinimumWidth(170);
    QObject::connect(button, &QPushButton::clicked, action, &QAction::trigger);
    return button;
}

} // namespace

WelcomePage::WelcomePage(const QList<QAction*>& actions, QWidget* parent) : QWidget(parent)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(3 * frameInset, 2 * frameInset, 3 * frameInset, 2 * frameInset);
    layout->addStretch(3);
    layout->addWidget(centredLabel(tr("Compare the variants of a vision transformer"), 1.7, true));
    layout->addSpacing(8);
    layout->addWidget(centredLabel(
        tr("Drop an image and model files here, or a checkpoint to build the variants from."), 1.15, false));
    layout->addSpacing(18);
    auto* buttons = new QHBoxLayout;
    buttons->addStretch();
    for (QAction* action : actions)
        buttons->addWidget(buttonFor(action));
    buttons->addStretch();
    layout->addLayout(buttons);
    layout->addSpacing(18);
    QLabel* kinds =
        centredLabel(tr("Images of any usual format · TorchScript and lite models · .safetensors and "
                        ".pth checkpoints · folders with a variant set"),
                     1.0, false);
    kinds->setForegroundRole(QPalette::PlaceholderText);
    layout->addWidget(kinds);
    layout->addStretch(4);
}

void WelcomePage::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(palette().color(QPalette::Mid), 2, Qt::DashLine));
    painter.setBrush(palette().color(QPalette::Base));
    painter.drawRoundedRect(rect().adjusted(frameInset, frameInset, -frameInset, -frameInset), 10, 10);
}

} // namespace vitrine
