#include "ui/models/image_list_model.h"

#include "core/base/literals.h"
#include "core/session/comparison_session.h"
#include "ui/format.h"
#include "ui/models/row_sync.h"

#include <QApplication>
#include <QIcon>
#include <QPainter>
#include <QStyle>

#include <algorithm>

namespace vitrine {

namespace {

constexpr int badgeSide = 22;
constexpr int coarseFactor = 3; ///< Large pictures are thinned out before they are smoothed.

/// A square, whatever the image's shape: the list lays out all items alike.
QPixmap thumbnailOf(const SourceImage& image)
{
    const qreal ratio = qApp->devicePixelRatio();
    const int side = qRound(ImageListModel::thumbnailSide * ratio);
    const QSize size = image.rgb.size().scaled(side, side, Qt::KeepAspectRatio).expandedTo({1, 1});
    QImage small = image.rgb;
    if (small.width() > coarseFactor * size.width())
        small = small.scaled(coarseFactor * size, Qt::IgnoreAspectRatio, Qt::FastTransformation);
    small = small.scaled(size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    QPixmap pixmap(side, side);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.drawImage((side - size.width()) / 2, (side - size.height()) / 2, small);
    if (!image.warning.isEmpty()) {
        const int badge = qRound(badgeSide * ratio);
        QApplication::style()
            ->standardIcon(QStyle::SP_MessageBoxWarning)
            .paint(&painter, QRect(2, 2, badge, badge));
    }
    painter.end();
    pixmap.setDevicePixelRatio(ratio);
    return pixmap;
}

} // namespace

ImageListModel::ImageListModel(const ComparisonSession& session, QObject* parent)
    : QAbstractListModel(parent), m_session(session)
{
}

ImageListModel::Item ImageListModel::makeItem(const ImageResult& image) const
{
    Item item{image.id, image.path, {}, {}};
    if (const auto source = m_session.image(image.id)) {
        item.warning = source->warning;
        item.thumbnail = thumbnailOf(*source);
    }
    return item;
}

void ImageListModel::setComparison(const Comparison& comparison)
{
    QStringList oldIds;
    QStringList newIds;
    for (const Item& item : m_items)
        oldIds << item.id;
    for (const ImageResult& image : comparison.images)
        newIds << image.id;
    const auto remove = [this](int row) {
        beginRemoveRows({}, row, row);
        m_items.erase(m_items.begin() + row);
        endRemoveRows();
    };
    const auto append = [&](int first, int last) {
        beginInsertRows({}, first, last);
        for (int row = first; row <= last; ++row)
            m_items.push_back(makeItem(comparison.images[static_cast<std::size_t>(row)]));
        endInsertRows();
    };
    syncRows(oldIds, newIds, {remove, append});
}

QModelIndex ImageListModel::indexOf(const QString& id) const
{
    const auto found = std::ranges::find_if(m_items, [&](const Item& item) { return item.id == id; });
    return found == m_items.end() ? QModelIndex() : index(static_cast<int>(found - m_items.begin()));
}

int ImageListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_items.size());
}

QVariant ImageListModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Item& item = m_items[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return displayFileName(item.path);
    case Qt::DecorationRole:
        return item.thumbnail;
    case Qt::ToolTipRole:
        return item.warning.isEmpty() ? item.path : item.path + QLatin1Char('\n') + item.warning;
    case Qt::AccessibleTextRole:
        return item.warning.isEmpty() ? displayFileName(item.path)
                                      : displayFileName(item.path) + u": "_s + item.warning;
    case IdRole:
        return item.id;
    case WarningRole:
        return item.warning;
    default:
        return {};
    }
}

} // namespace vitrine
