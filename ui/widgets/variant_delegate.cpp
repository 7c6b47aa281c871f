#include "ui/widgets/variant_delegate.h"

#include "core/base/literals.h"
#include "ui/models/variant_list_model.h"
#include "ui/widgets/labels.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QMouseEvent>
#include <QPainter>

namespace vitrine {

namespace {

constexpr int padding = 6;
constexpr int swatchSide = 12;
constexpr int errorLinesAtMost = 6;

QStyle* styleOf(const QStyleOptionViewItem& option)
{
    return option.widget ? option.widget->style() : QApplication::style();
}

int boxSide(const QStyleOptionViewItem& option)
{
    return styleOf(option)->pixelMetric(QStyle::PM_IndicatorWidth, &option, option.widget);
}

QFont smallFont(const QStyleOptionViewItem& option)
{
    QFont font = option.font;
    font.setPointSizeF(font.pointSizeF() * 0.9);
    return font;
}

QString errorOf(const QModelIndex& index)
{
    const QString error = index.data(VariantListModel::ErrorRole).toString();
    return error.isEmpty() ? QString() : QChar(0x26a0) + u" "_s + error;
}

int errorHeight(const QStyleOptionViewItem& option, const QString& error, int width)
{
    if (error.isEmpty())
        return 0;
    const QFontMetrics metrics(smallFont(option));
    const int wanted = metrics.boundingRect(0, 0, width, 10000, Qt::TextWordWrap, error).height();
    return qMin(wanted, errorLinesAtMost * metrics.lineSpacing());
}

QRect textArea(const QStyleOptionViewItem& option)
{
    return option.rect.adjusted(VariantDelegate::toggleArea(option).width(), padding / 2, -padding,
                                -padding / 2);
}

void paintCheckBox(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index)
{
    const bool checked = index.data(Qt::CheckStateRole).toInt() == Qt::Checked;
    const int side = boxSide(option);
    const int line = QFontMetrics(option.font).height();
    QStyleOptionViewItem box(option);
    box.rect =
        QRect(option.rect.left() + padding, option.rect.top() + padding / 2 + (line - side) / 2, side, side);
    box.state.setFlag(QStyle::State_HasFocus, false);
    box.state.setFlag(checked ? QStyle::State_On : QStyle::State_Off);
    styleOf(option)->drawPrimitive(QStyle::PE_IndicatorItemViewItemCheck, &box, painter, option.widget);
}

void paintTexts(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index)
{
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const QColor text = option.palette.color(selected ? QPalette::HighlightedText : QPalette::Text);
    const QRect area = textArea(option);
    const QFontMetrics metrics(option.font);
    const QFontMetrics small(smallFont(option));
    const QRect firstLine(area.topLeft(), QSize(area.width(), metrics.height()));
    const QString size = index.data(VariantListModel::SizeRole).toString();
    const int room = area.width() - metrics.horizontalAdvance(size) - 2 * padding;
    painter->setPen(text);
    painter->setFont(option.font);
    painter->drawText(firstLine, Qt::AlignRight | Qt::AlignVCenter, size);
    painter->drawText(firstLine, Qt::AlignLeft | Qt::AlignVCenter,
                      metrics.elidedText(index.data().toString(), Qt::ElideMiddle, room));

    QColor muted = text;
    muted.setAlphaF(0.7F);
    painter->setFont(smallFont(option));
    painter->setPen(muted);
    const QRect secondLine(area.left(), firstLine.bottom() + 1, area.width(), small.height());
    painter->drawText(
        secondLine, Qt::AlignLeft | Qt::AlignVCenter,
        small.elidedText(index.data(VariantListModel::StateRole).toString(), Qt::ElideRight, area.width()));
    const QRect rest(area.left(), secondLine.bottom() + 1, area.width(), area.bottom() - secondLine.bottom());
    painter->setPen(selected ? text : errorColor(option.palette));
    painter->drawText(rest, Qt::TextWordWrap, errorOf(index));
}

} // namespace

QRect VariantDelegate::toggleArea(const QStyleOptionViewItem& option)
{
    return {option.rect.left(), option.rect.top(), boxSide(option) + swatchSide + 3 * padding,
            option.rect.height()};
}

void VariantDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                            const QModelIndex& index) const
{
    painter->save();
    styleOf(option)->drawPrimitive(QStyle::PE_PanelItemViewItem, &option, painter, option.widget);
    paintCheckBox(painter, option, index);
    const int line = QFontMetrics(option.font).height();
    const QRect swatch(option.rect.left() + boxSide(option) + 2 * padding,
                       option.rect.top() + padding / 2 + (line - swatchSide) / 2, swatchSide, swatchSide);
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(Qt::NoPen);
    painter->setBrush(index.data(VariantListModel::ColorRole).value<QColor>());
    painter->drawRoundedRect(swatch, 2, 2);
    paintTexts(painter, option, index);
    painter->restore();
}

QSize VariantDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    QStyleOptionViewItem sized(option);
    if (const auto* view = qobject_cast<const QAbstractItemView*>(option.widget))
        sized.rect.setWidth(view->viewport()->width());
    const int width = textArea(sized).width();
    const int height = QFontMetrics(option.font).height() + QFontMetrics(smallFont(option)).height() +
                       errorHeight(option, errorOf(index), width) + 2 + padding;
    return {0, height};
}

bool VariantDelegate::editorEvent(QEvent* event, QAbstractItemModel* model,
                                  const QStyleOptionViewItem& option, const QModelIndex& index)
{
    const bool isMouse =
        event->type() == QEvent::MouseButtonRelease || event->type() == QEvent::MouseButtonDblClick;
    if (!isMouse)
        return event->type() == QEvent::KeyPress &&
               QStyledItemDelegate::editorEvent(event, model, option, index);
    const auto* mouse = static_cast<QMouseEvent*>(event);
    if (mouse->button() != Qt::LeftButton || !toggleArea(option).contains(mouse->position().toPoint()))
        return false;
    if (event->type() == QEvent::MouseButtonDblClick)
        return true;
    const bool checked = index.data(Qt::CheckStateRole).toInt() == Qt::Checked;
    return model->setData(index, checked ? Qt::Unchecked : Qt::Checked, Qt::CheckStateRole);
}

} // namespace vitrine
