#include "ui/widgets/results_table.h"

#include "ui/models/results_table_model.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QSortFilterProxyModel>

#include <set>

namespace vitrine {

ResultsTable::ResultsTable(QWidget* parent)
    : QTableView(parent), m_model(new ResultsTableModel(this)), m_sorted(new QSortFilterProxyModel(this))
{
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(ResultsTableModel::RawRole);
    setModel(m_sorted);
    setSortingEnabled(true);
    sortByColumn(-1, Qt::AscendingOrder);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setAlternatingRowColors(true);
    setShowGrid(false);
    setWordWrap(false);
    setFrameShape(QFrame::NoFrame);
    verticalHeader()->hide();
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    horizontalHeader()->setMaximumSectionSize(260);
    setTabKeyNavigation(false);
    setAccessibleName(tr("Table of results"));
}

void ResultsTable::setComparison(const Comparison& comparison)
{
    m_model->setComparison(comparison);
    setColumnHidden(ResultsTableModel::columnOf("engine_text"), !comparison.hasSeveralEngines());
}

QString ResultsTable::selectionAsText() const
{
    std::set<int> rows;
    for (const QModelIndex& index : selectionModel()->selectedRows())
        rows.insert(index.row());
    if (rows.empty())
        for (int row = 0; row < m_sorted->rowCount(); ++row)
            rows.insert(rows.end(), row);
    QStringList lines;
    QStringList cells;
    std::vector<int> columns;
    for (int column = 0; column < m_sorted->columnCount(); ++column)
        if (!isColumnHidden(column))
            columns.push_back(column);
    for (const int column : columns)
        cells << m_sorted->headerData(column, Qt::Horizontal).toString();
    lines << cells.join(QLatin1Char('\t'));
    for (const int row : rows) {
        cells.clear();
        for (const int column : columns)
            cells << m_sorted->index(row, column).data(ResultsTableModel::RawRole).toString();
        lines << cells.join(QLatin1Char('\t'));
    }
    return lines.join(QLatin1Char('\n'));
}

void ResultsTable::copySelection() const
{
    QApplication::clipboard()->setText(selectionAsText());
}

void ResultsTable::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy))
        copySelection();
    else
        QTableView::keyPressEvent(event);
}

void ResultsTable::contextMenuEvent(QContextMenuEvent* event)
{
    QMenu menu(this);
    menu.addAction(tr("&Copy as tab-separated values"), this, &ResultsTable::copySelection);
    menu.exec(event->globalPos());
}

} // namespace vitrine
