#include "ui/widgets/message_area.h"

#include "core/base/literals.h"
#include "core/base/shown_text.h"

#include <QApplication>
#include <QClipboard>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QStyle>

namespace vitrine {

namespace {

constexpr int countRole = Qt::UserRole + 1;
constexpr int messageRole = Qt::UserRole + 2;
constexpr int heightAtMost = 84;

void setCount(QListWidgetItem* item, int count)
{
    const QString message = item->data(messageRole).toString();
    item->setData(countRole, count);
    item->setText(count > 1 ? MessageArea::tr("%1 (%2 times)").arg(message).arg(count) : message);
}

} // namespace

MessageArea::MessageArea(QWidget* parent) : QFrame(parent), m_header(new QLabel), m_list(new QListWidget)
{
    setFrameShape(QFrame::StyledPanel);
    auto* icon = new QLabel;
    const int side = style()->pixelMetric(QStyle::PM_SmallIconSize);
    icon->setPixmap(style()->standardIcon(QStyle::SP_MessageBoxWarning).pixmap(side));
    auto* dismiss = new QPushButton(tr("&Dismiss"));
    dismiss->setToolTip(tr("Remove these messages (Delete removes the selected one)"));
    connect(dismiss, &QPushButton::clicked, this, &MessageArea::dismissAll);
    m_list->setAccessibleName(tr("Problems"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setWordWrap(true);
    m_list->setResizeMode(QListView::Adjust);
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setMaximumHeight(heightAtMost);
    m_list->installEventFilter(this);
    auto* header = new QHBoxLayout;
    header->addWidget(icon);
    header->addWidget(m_header, 1);
    header->addWidget(dismiss);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(8, 4, 8, 4);
    layout->setSpacing(2);
    layout->addLayout(header);
    layout->addWidget(m_list);
    hide();
}

void MessageArea::add(const Error& error)
{
    const QString message = shownText(error.message, LineBreaks::Shown);
    for (int row = 0; row < m_list->count(); ++row)
        if (m_list->item(row)->data(messageRole) == message) {
            setCount(m_list->item(row), m_list->item(row)->data(countRole).toInt() + 1);
            return updateHeader();
        }
    auto* item = new QListWidgetItem;
    item->setData(messageRole, message);
    item->setToolTip(error.detail.isEmpty() ? message : message + u"\n\n"_s + shownText(error.detail));
    setCount(item, 1);
    m_list->addItem(item);
    if (m_list->count() > messagesKept)
        delete m_list->takeItem(0);
    m_list->scrollToBottom();
    updateHeader();
}

void MessageArea::dismissAll()
{
    m_list->clear();
    updateHeader();
}

QStringList MessageArea::messages() const
{
    QStringList texts;
    for (int row = 0; row < m_list->count(); ++row)
        texts << m_list->item(row)->text();
    return texts;
}

void MessageArea::updateHeader()
{
    int count = 0;
    for (int row = 0; row < m_list->count(); ++row)
        count += m_list->item(row)->data(countRole).toInt();
    m_header->setText(count == 1 ? tr("1 problem") : tr("%1 problems").arg(count));
    const int line = m_list->fontMetrics().height() + 4;
    m_list->setFixedHeight(qBound(2 * line, m_list->count() * line + 4, heightAtMost));
    setVisible(count > 0);
}

bool MessageArea::eventFilter(QObject* watched, QEvent* event)
{
    const auto* key = event->type() == QEvent::KeyPress ? static_cast<QKeyEvent*>(event) : nullptr;
    if (key && key->matches(QKeySequence::Delete)) {
        qDeleteAll(m_list->selectedItems());
        updateHeader();
        return true;
    }
    if (key && key->matches(QKeySequence::Copy)) {
        QStringList texts;
        for (const QListWidgetItem* item : m_list->selectedItems())
            texts << item->toolTip();
        QApplication::clipboard()->setText(texts.join(QLatin1Char('\n')));
        return true;
    }
    return QFrame::eventFilter(watched, event);
}

} // namespace vitrine
