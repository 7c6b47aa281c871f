#pragma once

#include "core/measure/benchmark_plan.h"
#include "core/session/comparison_session.h"

#include <QWidget>

class QComboBox;
class QSpinBox;

namespace vitrine {

/// How thoroughly latency is measured.
enum class Effort { Quick, Normal, Thorough };
BenchmarkPlan planFor(Effort effort);

/// How variants are run: effort, threads, quantized engine.
class RunControls : public QWidget
{
    Q_OBJECT

public:
    explicit RunControls(QWidget* parent = nullptr);

    Effort effort() const;
    void setEffort(Effort effort);
    RunSettings runSettings() const;
    void setRunSettings(const RunSettings& settings);
    /// Best first. A chosen engine that is not among them stays chosen, so that it can be seen and changed.
    void setEngines(const QStringList& engines);

Q_SIGNALS:
    void runSettingsChanged();
    void effortChanged();

private:
    QComboBox* m_effort;
    QSpinBox* m_threads;
    QComboBox* m_engine;
};

} // namespace vitrine
