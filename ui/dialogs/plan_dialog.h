#pragma once

#include "core/measure/benchmark_plan.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QSpinBox;

namespace vitrine {

/// How to measure, by number: what a preset decides, and what no preset has (seed, what is timed).
class PlanDialog : public QDialog
{
    Q_OBJECT

public:
    explicit PlanDialog(const BenchmarkPlan& plan, QWidget* parent = nullptr);

    /// What the fields do not show (warm-up, least time) is as in the plan given, or in the preset filled in
    /// last.
    BenchmarkPlan plan() const;
    void fill(const BenchmarkPlan& plan);

private:
    void addRows(QFormLayout* form);

    BenchmarkPlan m_plan;
    QSpinBox* m_minRounds;
    QSpinBox* m_maxRounds;
    QDoubleSpinBox* m_precision;
    QSpinBox* m_budget;
    QComboBox* m_timed;
    QSpinBox* m_seed;
    QCheckBox* m_probe;
};

} // namespace vitrine
