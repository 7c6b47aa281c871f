#pragma once

#include "core/compare/comparison.h"

#include <QAbstractTableModel>

namespace vitrine {

/// The numbers of the charts: one row an enabled variant. The display role is formatted for reading,
/// RawRole holds the number itself (or text), for sorting and copying.
class ResultsTableModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum class Column {
        Variant,
        Kind,
        Size,
        TopClass,
        Probability,
        Median,
        Spread,
        Minimum,
        Mean,
        NinetiethPercentile,
        NinetyNinthPercentile,
        Samples,
        Ratio,
        Interval,
        Verdict,
        Trust,
        ColdStart,
        Memory,
        Engine
    };
    static constexpr int columns = 19;
    static constexpr int RawRole = Qt::UserRole + 1;

    using QAbstractTableModel::QAbstractTableModel;

    void setComparison(const Comparison& comparison);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row
    {
        VariantResult result;
        QString topClass;
        double probability = -1; ///< Negative: unknown.
    };

    static QVariant raw(const Row& row, Column column);
    /// How many samples there must be before this is stated; none: it is stated, or is not measured at all.
    static std::optional<int> samplesWanting(const Row& row, Column column);
    static QString text(const Row& row, Column column);
    static QString toolTip(const Row& row, Column column);

    std::vector<Row> m_rows;
};

} // namespace vitrine
