#include "ui/models/results_table_model.h"

#include "core/base/shown_text.h"
#include "ui/format.h"
#include "ui/models/column_text.h"
#include "ui/shown_variants.h"

#include <algorithm>

namespace vitrine {

namespace {

bool isColumn(const Column& column, const char* key)
{
    return QLatin1String(column.key) == QLatin1String(key);
}

} // namespace

const ColumnList& ResultsTableModel::columns()
{
    static const ColumnList list = columnsOf(
        "name kind bytes top1_label top1_probability scores median_ms iqr_ms min_ms mean_ms p90_ms p99_ms n "
        "ratio ratio_ci95 verdict badge cold_start_ms peak_memory_bytes engine_text");
    return list;
}

int ResultsTableModel::columnOf(const char* key)
{
    const auto found =
        std::ranges::find_if(columns(), [&](const Column* column) { return isColumn(*column, key); });
    return found == columns().end() ? -1 : static_cast<int>(found - columns().begin());
}

void ResultsTableModel::setComparison(const Comparison& comparison)
{
    const bool isReset = enabledVariants(comparison).size() != m_rows.size();
    if (isReset)
        beginResetModel();
    m_comparison = comparison;
    m_rows = enabledVariants(m_comparison);
    if (isReset)
        endResetModel();
    else if (!m_rows.empty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
}

int ResultsTableModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ResultsTableModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(columns().size());
}

QVariant ResultsTableModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const VariantResult& result = *m_rows[static_cast<std::size_t>(index.row())];
    const Column& column = *columns()[static_cast<std::size_t>(index.column())];
    switch (role) {
    case Qt::DisplayRole:
        return text(result, column);
    case RawRole:
        return rawValue(statedValue(column, ResultRow::current(m_comparison, result)), column.unit);
    case Qt::ToolTipRole:
        return toolTip(result, column);
    case Qt::DecorationRole:
        return isColumn(column, "name") ? QVariant(variantColor(result.colorIndex)) : QVariant();
    case Qt::TextAlignmentRole:
        return int(Qt::AlignVCenter | (isText(column.unit) ? Qt::AlignLeft : Qt::AlignRight));
    default:
        return {};
    }
}

QString ResultsTableModel::toolTip(const VariantResult& result, const Column& column) const
{
    if (isColumn(column, "name") && result.error)
        return shownText(result.error->message);
    if (column.subject == Subject::FreshProcess && result.freshProcess->error)
        return shownText(result.freshProcess->error->message);
    if (QString reason = whyWithheld(column, result); !reason.isEmpty())
        return reason;
    const LatencySummary& latency = *result.latency;
    if (isColumn(column, "iqr_ms") && latency.n > 0)
        return tr("Half of the samples lie between %1 and %2.")
            .arg(formatMilliseconds(latency.lowerQuartile), formatMilliseconds(latency.upperQuartile));
    return text(result, column);
}

QString ResultsTableModel::text(const VariantResult& result, const Column& column) const
{
    if (!whyWithheld(column, result).isEmpty())
        return withheldText();
    return columnText(column.value(ResultRow::current(m_comparison, result)), column.unit);
}

QVariant ResultsTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole || section < 0 || section >= columnCount())
        return QAbstractTableModel::headerData(section, orientation, role);
    return columnHeading(*columns()[static_cast<std::size_t>(section)]);
}

} // namespace vitrine
