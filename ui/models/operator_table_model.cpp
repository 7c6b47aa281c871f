#include "ui/models/operator_table_model.h"

#include "core/base/literals.h"
#include "core/base/units.h"
#include "ui/format.h"

namespace vitrine {

namespace {

QString operatorsText(const OperatorDifference& row)
{
    QStringList names = row.before.operators + row.after.operators;
    names.removeDuplicates();
    return names.join(u", "_s);
}

QString timeText(const OperatorDifference::Side& side)
{
    if (side.calls == 0)
        return side.time.count() == 0 ? QString() : formatMilliseconds(side.time);
    return OperatorTableModel::tr("%1 in %2").arg(formatMilliseconds(side.time)).arg(side.calls);
}

QString differenceText(std::chrono::nanoseconds difference)
{
    const QString size = formatMilliseconds(std::chrono::abs(difference));
    return (difference.count() < 0 ? u"−"_s : u"+"_s) + size;
}

} // namespace

void OperatorTableModel::setVariants(const QString& beforeName,
                                     const std::shared_ptr<const OperatorProfile>& before,
                                     const QString& afterName,
                                     const std::shared_ptr<const OperatorProfile>& after)
{
    beginResetModel();
    m_before = beforeName;
    m_after = afterName;
    m_rows = before && after ? operatorDifferences(*before, *after) : std::vector<OperatorDifference>();
    endResetModel();
}

int OperatorTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int OperatorTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : columns;
}

QVariant OperatorTableModel::raw(const OperatorDifference& row, Column column)
{
    switch (column) {
    case Column::Group:
        return row.group;
    case Column::Before:
        return milliseconds(row.before.time);
    case Column::After:
        return milliseconds(row.after.time);
    case Column::Difference:
        return milliseconds(row.difference());
    case Column::Change:
        return changeName(row.change);
    case Column::Operators:
        return operatorsText(row);
    }
    return {};
}

QString OperatorTableModel::text(const OperatorDifference& row, Column column)
{
    switch (column) {
    case Column::Before:
        return timeText(row.before);
    case Column::After:
        return timeText(row.after);
    case Column::Difference:
        return differenceText(row.difference());
    default:
        return raw(row, column).toString();
    }
}

QVariant OperatorTableModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const OperatorDifference& row = m_rows[static_cast<std::size_t>(index.row())];
    const auto column = static_cast<Column>(index.column());
    const bool isNumber = column == Column::Before || column == Column::After || column == Column::Difference;
    switch (role) {
    case Qt::DisplayRole:
        return text(row, column);
    case RawRole:
        return raw(row, column);
    case Qt::ToolTipRole:
        return operatorsText(row);
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::AlignVCenter | (isNumber ? Qt::AlignRight : Qt::AlignLeft));
    default:
        return {};
    }
}

QVariant OperatorTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0 || section >= columns)
        return {};
    return QStringList{
        tr("Operators for"), m_before, m_after, tr("Difference"), tr("Change"), tr("Which")}[section];
}

} // namespace vitrine
