#include "ui/models/image_list_model.h"

#include "core/base/literals.h"
#include "ui/format.h"
#include "ui/models/row_sync.h"

#include <QApplication>
#include <QIcon>
#include <QPainter>
#include <QStyle>

namespace vitrine {

namespace {

constexpr int badgeSide = 22;

/// A square, whatever the image's shape: the list lays out all items alike.
QPixmap squareOf(const ImageSource& source)
{
    const qreal ratio = qApp->devicePixelRatio();
    const int side = qRound(ImageListModel::thumbnailSide * ratio);
    const QSize size = source.size.scaled(side, side, Qt::KeepAspectRatio).expandedTo({1, 1});
    const QImage small = source.thumbnail.scaled(size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    QPixmap pixmap(side, side);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.drawImage((side - size.width()) / 2, (side - size.height()) / 2, small);
    if (!source.warning.isEmpty()) {
        const int badge = qRound(badgeSide * ratio);
        QApplication::style()
            ->standardIcon(QStyle::SP_MessageBoxWarning)
            .paint(&painter, QRect(2, 2, badge, badge));
    }
    painter.end();
    pixmap.setDevicePixelRatio(ratio);
    return pixmap;
}

QString warningOf(const ImageResult& image)
{
    return image.source ? image.source->warning : QString();
}

/// What stands for an image where there is no picture; `separator` goes before its warning.
QString withWarning(const QString& text, const QString& separator, const ImageResult& image)
{
    const QString warning = warningOf(image);
    return warning.isEmpty() ? text : text + separator + warning;
}

} // namespace

ImageListModel::ImageListModel(QObject* parent) : QAbstractListModel(parent), m_thumbnails(pixmapsKept) {}

void ImageListModel::setComparison(const Comparison& comparison)
{
    const auto& images = comparison.images;
    syncRows(m_images, images,
             {[this](int first, int last) { remove(first, last); },
              [&](int first, int last) { append(images, first, last); }});
}

void ImageListModel::remove(int first, int last)
{
    beginRemoveRows({}, first, last);
    const auto begin = m_images.begin() + first;
    const auto end = m_images.begin() + last + 1;
    for (auto image = begin; image != end; ++image) {
        m_rows.remove(image->id);
        m_thumbnails.remove(image->id);
    }
    m_images.erase(begin, end);
    for (std::size_t row = static_cast<std::size_t>(first); row < m_images.size(); ++row)
        m_rows[m_images[row].id] = static_cast<int>(row);
    endRemoveRows();
}

void ImageListModel::append(const std::vector<ImageResult>& images, int first, int last)
{
    beginInsertRows({}, first, last);
    for (int row = first; row <= last; ++row) {
        m_images.push_back(images[static_cast<std::size_t>(row)]);
        m_rows.insert(m_images.back().id, row);
    }
    endInsertRows();
}

QPixmap ImageListModel::thumbnail(const ImageResult& image) const
{
    if (const QPixmap* kept = m_thumbnails.object(image.id))
        return *kept;
    if (!image.source || image.source->thumbnail.isNull())
        return {};
    const QPixmap made = squareOf(*image.source);
    m_thumbnails.insert(image.id, std::make_unique<QPixmap>(made).release());
    return made;
}

QModelIndex ImageListModel::indexOf(const QString& id) const
{
    const auto found = m_rows.constFind(id);
    return found == m_rows.constEnd() ? QModelIndex() : index(*found);
}

int ImageListModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_images.size());
}

QVariant ImageListModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const ImageResult& image = m_images[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return displayFileName(image.path);
    case Qt::DecorationRole:
        return thumbnail(image);
    case Qt::ToolTipRole:
        return withWarning(image.path, u"\n"_s, image);
    case Qt::AccessibleTextRole:
        return withWarning(displayFileName(image.path), u": "_s, image);
    case IdRole:
        return image.id;
    case WarningRole:
        return warningOf(image);
    default:
        return {};
    }
}

} // namespace vitrine
