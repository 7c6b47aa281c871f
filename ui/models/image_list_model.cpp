#include "ui/models/image_list_model.h"

#include "core/base/literals.h"
#include "core/base/shown_text.h"
#include "ui/format.h"

#include <QApplication>
#include <QIcon>
#include <QPainter>
#include <QStyle>

namespace vitrine {

namespace {

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
        const int badge = qRound(22 * ratio);
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
    return shownText(warning.isEmpty() ? text : text + separator + warning);
}

} // namespace

void ImageListModel::setComparison(const Comparison& comparison)
{
    if (!follow(comparison.images))
        return;
    m_rows.clear();
    for (const ImageResult& image : m_items)
        m_rows.insert(image.id, static_cast<int>(m_rows.size()));
    for (const QString& id : m_thumbnails.keys())
        if (!m_rows.contains(id))
            m_thumbnails.remove(id);
}

QPixmap ImageListModel::thumbnail(const ImageResult& image) const
{
    if (const QPixmap* kept = m_thumbnails.object(image.id))
        return *kept;
    if (!image.source || image.source->thumbnail.isNull())
        return {};
    QPixmap made = squareOf(*image.source);
    m_thumbnails.insert(image.id, std::make_unique<QPixmap>(made).release());
    return made;
}

QModelIndex ImageListModel::indexOf(const QString& id) const
{
    const auto found = m_rows.constFind(id);
    return found == m_rows.constEnd() ? QModelIndex() : index(*found);
}

QVariant ImageListModel::data(const QModelIndex& index, int role) const
{
    const ImageResult* shown = item(index);
    if (shown == nullptr)
        return {};
    const ImageResult& image = *shown;
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
