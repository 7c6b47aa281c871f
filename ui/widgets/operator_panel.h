#pragma once

#include "core/compare/comparison.h"

#include <QPushButton>
#include <QWidget>

class QComboBox;
class QLabel;
class QTableView;

namespace vitrine {

class ChartView;
class OperatorTableModel;

/// The operators of all variants as a chart, and what changed between two of them as a table.
class OperatorPanel : public QWidget
{
    Q_OBJECT

public:
    explicit OperatorPanel(QWidget* parent = nullptr);

    void setComparison(const Comparison& comparison);
    void setProfilingPossible(bool possible) { m_profile->setEnabled(possible); }

    ChartView* chart() const { return m_chart; }
    OperatorTableModel* table() const { return m_model; }
    QComboBox* before() const { return m_before; }
    QComboBox* after() const { return m_after; }
    QPushButton* profileButton() const { return m_profile; }

Q_SIGNALS:
    void profileWanted();

private:
    void fillChoices();
    void showDifference();

    Comparison m_comparison;
    ChartView* m_chart;
    QComboBox* m_before;
    QComboBox* m_after;
    QPushButton* m_profile;
    QLabel* m_note;
    OperatorTableModel* m_model;
    QTableView* m_table;
};

} // namespace vitrine
