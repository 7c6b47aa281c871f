#pragma once

#include "core/compare/comparison.h"

#include <QAbstractListModel>
#include <QCache>
#include <QHash>
#include <QPixmap>

namespace vitrine {

/// The images of a session: name, thumbnail, path and warning. Pixmaps are made when they are asked for, and
/// a screenful of them is kept.
class ImageListModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role { IdRole = Qt::UserRole + 1, WarningRole };
    static constexpr int thumbnailSide = 88; ///< Logical pixels.
    static constexpr int pixmapsKept = 64;

    explicit ImageListModel(QObject* parent = nullptr);

    /// Linear in the number of images; no signal when they are the same.
    void setComparison(const Comparison& comparison);
    QModelIndex indexOf(const QString& id) const; ///< In constant time.

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    void remove(int first, int last);
    void append(const std::vector<ImageResult>& images, int first, int last);
    QPixmap thumbnail(const ImageResult& image) const; ///< Null: it has none.

    std::vector<ImageResult> m_images;
    QHash<QString, int> m_rows;                    ///< By id.
    mutable QCache<QString, QPixmap> m_thumbnails; ///< By id.
};

} // namespace vitrine
