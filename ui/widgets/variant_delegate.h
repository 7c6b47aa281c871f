#pragma once

#include <QStyledItemDelegate>

namespace vitrine {

/// Paints a variant: check box, colour, name and size in one line; what it is and does below; and, where
/// something went wrong, the error under it, wrapped.
class VariantDelegate : public QStyledItemDelegate
{
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    /// Where a click toggles the check box: the box itself, the swatch and the space around them.
    static QRect toggleArea(const QStyleOptionViewItem& option);

protected:
    bool editorEvent(QEvent* event, QAbstractItemModel* model, const QStyleOptionViewItem& option,
                     const QModelIndex& index) override;
};

} // namespace vitrine
