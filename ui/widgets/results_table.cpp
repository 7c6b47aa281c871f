#include "ui/widgets/results_table.h"

#include "ui/models/results_table_model.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>
#include <QSortFilterProxyModel>

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
    const auto lineOf = [this](const auto& cell) {
        QStringList cells;
        for (int column = 0; column < m_sorted->columnCount(); ++column)
            if (!isColumnHidden(column))
                cells << cell(column).toString();
        return cells.join(QLatin1Char('\t'));
    };
    QStringList lines{lineOf([this](int column) { return m_sorted->headerData(column, Qt::Horizontal); })};
    const bool isAll = selectionModel()->selectedRows().isEmpty();
    for (int row = 0; row < m_sorted->rowCount(); ++row)
        if (isAll || selectionModel()->isRowSelected(row))
            lines << lineOf([this, row](int column) {
                return m_sorted->index(row, column).data(ResultsTableModel::RawRole);
            });
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
