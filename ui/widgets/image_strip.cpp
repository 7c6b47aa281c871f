#include "ui/widgets/image_strip.h"

#include "core/session/comparison_session.h"
#include "ui/models/image_list_model.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QScopedValueRollback>

namespace vitrine {

ImageStrip::ImageStrip(ComparisonSession& session, QWidget* parent)
    : QListView(parent), m_session(session), m_model(new ImageListModel(this))
{
    setModel(m_model);
    setViewMode(QListView::IconMode);
    setFlow(QListView::TopToBottom);
    setWrapping(false);
    setMovement(QListView::Static);
    setResizeMode(QListView::Adjust);
    setUniformItemSizes(true);
    setTextElideMode(Qt::ElideMiddle);
    setWordWrap(false);
    setIconSize({ImageListModel::thumbnailSide, ImageListModel::thumbnailSide});
    const int lineHeight = fontMetrics().height();
    setGridSize({ImageListModel::thumbnailSide + 22, ImageListModel::thumbnailSide + lineHeight + 14});
    setMinimumWidth(ImageListModel::thumbnailSide + 30);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAcceptDrops(false);
    setFrameShape(QFrame::NoFrame);
    setAccessibleName(tr("Images"));
}

void ImageStrip::setComparison(const Comparison& comparison)
{
    const QScopedValueRollback following(m_following, true);
    m_model->setComparison(comparison);
    const QModelIndex current = m_model->indexOf(comparison.currentImageId);
    if (current != currentIndex() || (current.isValid() && !selectionModel()->isSelected(current)))
        setCurrentIndex(current);
}

void ImageStrip::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QListView::currentChanged(current, previous);
    if (!m_following && current.isValid())
        m_session.setCurrentImage(current.data(ImageListModel::IdRole).toString());
}

void ImageStrip::removeCurrent()
{
    if (currentIndex().isValid())
        m_session.removeImage(currentIndex().data(ImageListModel::IdRole).toString());
}

void ImageStrip::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Delete))
        removeCurrent();
    else
        QListView::keyPressEvent(event);
}

void ImageStrip::contextMenuEvent(QContextMenuEvent* event)
{
    if (!indexAt(event->pos()).isValid())
        return;
    QMenu menu(this);
    QAction* remove = menu.addAction(tr("&Remove image"), this, &ImageStrip::removeCurrent);
    remove->setShortcut(QKeySequence::Delete);
    menu.exec(event->globalPos());
}

void ImageStrip::paintEvent(QPaintEvent* event)
{
    QListView::paintEvent(event);
    if (m_model->rowCount() > 0)
        return;
    QPainter painter(viewport());
    painter.setPen(palette().color(QPalette::PlaceholderText));
    painter.drawText(viewport()->rect().adjusted(8, 8, -8, -8), Qt::AlignCenter | Qt::TextWordWrap,
                     tr("Drop images here"));
}

} // namespace vitrine
