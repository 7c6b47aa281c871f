#pragma once

#include "core/report/columns.h"

#include <QAbstractTableModel>

namespace vitrine {

/// The numbers of the charts: one row an enabled variant. The display role is formatted for reading,
/// RawRole holds the number itself (or text), for sorting and copying.
class ResultsTableModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    static constexpr int RawRole = Qt::UserRole + 1;

    using QAbstractTableModel::QAbstractTableModel;

    void setComparison(const Comparison& comparison);

    static const ColumnList& columns();
    /// Where the column with this Column::key stands; -1: nowhere.
    static int columnOf(const char* key);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString text(const VariantResult& result, const Column& column) const;
    QString toolTip(const VariantResult& result, const Column& column) const;

    Comparison m_comparison;
    std::vector<const VariantResult*> m_rows; ///< Into m_comparison.
};

} // namespace vitrine
