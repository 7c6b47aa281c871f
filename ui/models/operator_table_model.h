#pragma once

#include "core/compare/operator_difference.h"

#include <QAbstractTableModel>

namespace vitrine {

/// What became of each group of operators on the way from one variant to another: one row a group, the
/// largest difference first. RawRole holds numbers for sorting.
class OperatorTableModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum class Column { Group, Before, After, Difference, Change, Operators };
    static constexpr int columns = 6;
    static constexpr int RawRole = Qt::UserRole + 1;

    using QAbstractTableModel::QAbstractTableModel;

    /// Nothing is shown while one of them has no profile. The names head the columns.
    void setVariants(const QString& beforeName, const std::shared_ptr<const OperatorProfile>& before,
                     const QString& afterName, const std::shared_ptr<const OperatorProfile>& after);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    static QVariant raw(const OperatorDifference& row, Column column);
    static QString text(const OperatorDifference& row, Column column);

    std::vector<OperatorDifference> m_rows;
    QString m_before;
    QString m_after;
};

} // namespace vitrine
