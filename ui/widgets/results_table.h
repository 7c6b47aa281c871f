#pragma once

#include "core/compare/comparison.h"

#include <QTableView>

class QSortFilterProxyModel;

namespace vitrine {

class ResultsTableModel;

/// The numbers of the charts as a sortable table. Ctrl+C copies the selected rows (all, when none is
/// selected) with the header as tab-separated values, unrounded.
class ResultsTable : public QTableView
{
    Q_OBJECT

public:
    explicit ResultsTable(QWidget* parent = nullptr);

    void setComparison(const Comparison& comparison);
    ResultsTableModel* results() const { return m_model; }
    QString selectionAsText() const;

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    void copySelection() const;

    ResultsTableModel* m_model;
    QSortFilterProxyModel* m_sorted;
};

} // namespace vitrine
