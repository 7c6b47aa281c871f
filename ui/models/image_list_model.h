#pragma once

#include "core/compare/comparison.h"
#include "ui/models/snapshot_list_model.h"

#include <QCache>
#include <QHash>
#include <QPixmap>

namespace vitrine {

/// The images of a session: name, thumbnail, path and warning. Pixmaps are made when they are asked for, and
/// a screenful of them is kept.
class ImageListModel : public SnapshotListModel<ImageResult>
{
    Q_OBJECT

public:
    enum Role { IdRole = Qt::UserRole + 1, WarningRole };
    static constexpr int thumbnailSide = 88; ///< Logical pixels.
    static constexpr int pixmapsKept = 64;

    using SnapshotListModel::SnapshotListModel;

    /// Linear in the number of images; no signal when they are the same.
    void setComparison(const Comparison& comparison);
    QModelIndex indexOf(const QString& id) const; ///< In constant time.

    QVariant data(const QModelIndex& index, int role) const override;

private:
    QPixmap thumbnail(const ImageResult& image) const; ///< Null: it has none.

    QHash<QString, int> m_rows;                                 ///< By id.
    mutable QCache<QString, QPixmap> m_thumbnails{pixmapsKept}; ///< By id.
};

} // namespace vitrine
