#include "ui/widgets/welcome_page.h"

#include "core/base/shown_text.h"

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
    label->setTextFormat(Qt::PlainText);
    QFont font = label->font();
    font.setPointSizeF(font.pointSizeF() * scale);
    font.setBold(bold);
    label->setFont(font);
    label->setAlignment(Qt::AlignCenter);
    label->setWordWrap(true);
    return label;
}

QPushButton* buttonFor(QAction* action, bool standsOut)
{
    auto* button = new QPushButton(action->icon(), action->text());
    button->setMinimumHeight(standsOut ? 44 : 36);
    button->setMinimumWidth(170);
    QFont font = button->font();
    font.setBold(standsOut);
    button->setFont(font);
    const auto follow = [button, action] {
        button->setEnabled(action->isEnabled());
        button->setToolTip(action->toolTip());
    };
    follow();
    QObject::connect(action, &QAction::changed, button, follow);
    QObject::connect(button, &QPushButton::clicked, action, &QAction::trigger);
    return button;
}

QHBoxLayout* buttonRow(const QList<QAction*>& actions, bool standsOut)
{
    auto* row = new QHBoxLayout;
    row->addStretch();
    for (QAction* action : actions)
        row->addWidget(buttonFor(action, standsOut));
    row->addStretch();
    return row;
}

} // namespace

WelcomePage::WelcomePage(const QList<QList<QAction*>>& rows, QWidget* parent) : QWidget(parent)
{
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(3 * frameInset, 2 * frameInset, 3 * frameInset, 2 * frameInset);
    layout->addStretch(3);
    layout->addWidget(centredLabel(tr("Compare the variants of a vision transformer"), 1.7, true));
    layout->addSpacing(8);
    layout->addWidget(centredLabel(
        tr("Drop an image and model files here, or a checkpoint to build the variants from."), 1.15, false));
    layout->addSpacing(18);
    for (qsizetype i = 0; i < rows.size(); ++i) {
        layout->addLayout(buttonRow(rows[i], i == 0));
        layout->addSpacing(10);
    }
    layout->addSpacing(8);
    m_lastLine = centredLabel({}, 1.0, false);
    layout->addWidget(m_lastLine);
    layout->addStretch(4);
    setStep({});
}

void WelcomePage::setStep(const QString& step)
{
    m_lastLine->setForegroundRole(step.isEmpty() ? QPalette::PlaceholderText : QPalette::WindowText);
    m_lastLine->setText(step.isEmpty()
                            ? tr("Images of any usual format · TorchScript and lite models · .safetensors "
                                 "and .pth checkpoints · folders with a variant set")
                            : shownText(step, LineBreaks::Shown));
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
