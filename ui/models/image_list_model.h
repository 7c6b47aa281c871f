#pragma once

#include "core/compare/comparison.h"

#include <QAbstractListModel>
#include <QHash>
#include <QPixmap>

namespace vitrine {

class ComparisonSession;

/// The images of a session: name, thumbnail, path and warning.
class ImageListModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role { IdRole = Qt::UserRole + 1, WarningRole };
    static constexpr int thumbnailSide = 88; ///< Logical pixels.

    explicit ImageListModel(const ComparisonSession& session, QObject* parent = nullptr);

    void setComparison(const Comparison& comparison);
    QModelIndex indexOf(const QString& id) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    struct Item
    {
        QString id;
        QString path;
        QString warning;
        QPixmap thumbnail;
    };

    Item makeItem(const ImageResult& image) const;

    const ComparisonSession& m_session;
    std::vector<Item> m_items;
};

} // namespace vitrine
