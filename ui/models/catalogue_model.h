#pragma once

#include "core/fetch/catalogue.h"

#include <QAbstractTableModel>

namespace vitrine {

/// The checkpoints that can be downloaded, and what of them lies in a folder already.
class CatalogueModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum class Column { Model, Parameters, Top1, Top5, Size, State };
    static constexpr int columns = 6;

    using QAbstractTableModel::QAbstractTableModel;

    void setCatalogue(const Catalogue& catalogue);
    void setFolder(const QString& folder);
    /// Looks into the folder again.
    void refresh();
    /// Null where there is no such row.
    const CatalogueEntry* entry(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString text(const CatalogueEntry& entry, Column column) const;

    Catalogue m_catalogue;
    QString m_folder;
};

} // namespace vitrine
