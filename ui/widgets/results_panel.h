#pragma once

#include "core/compare/comparison.h"

#include <QLabel>
#include <QTabWidget>

namespace vitrine {

class ChartView;
class OperatorPanel;
class Overview;
class ResultsTable;

/// The right side of the window: the headline, and the results as charts and as a table.
class ResultsPanel : public QWidget
{
    Q_OBJECT

public:
    explicit ResultsPanel(QWidget* parent = nullptr);

    void setComparison(const Comparison& given);
    Overview* overview() const { return m_overview; }
    ChartView* drift() const { return m_drift; }
    ChartView* phases() const { return m_phases; }
    OperatorPanel* operators() const { return m_operators; }
    ChartView* threads() const { return m_threads; }
    void showThreads() { m_tabs->setCurrentWidget(m_threadsPage); }
    ResultsTable* table() const { return m_table; }
    QTabWidget* tabs() const { return m_tabs; }
    QString headlineText() const { return m_headline->text(); }
    /// What must be known to read the results; one line each.
    QString notesText() const { return m_notes->text(); }
    /// What the sweep of threads came to; one line each.
    QString findingsText() const { return m_findings->text(); }

private:
    void showNotes(const Comparison& comparison);
    void showFindings(const Comparison& comparison);

    QLabel* m_headline;
    QLabel* m_notes;
    QTabWidget* m_tabs;
    Overview* m_overview;
    ChartView* m_drift;
    ChartView* m_phases;
    OperatorPanel* m_operators;
    ChartView* m_threads;
    QLabel* m_findings;
    QWidget* m_threadsPage;
    ResultsTable* m_table;
};

} // namespace vitrine
