#pragma once

#include "core/measure/benchmark_plan.h"
#include "core/session/comparison_session.h"

#include <QWidget>

class QComboBox;
class QSpinBox;

namespace vitrine {

/// How variants are run: preset, threads, quantized engine.
class RunControls : public QWidget
{
    Q_OBJECT

public:
    explicit RunControls(QWidget* parent = nullptr);

    QString preset() const;              ///< A name in benchmarkPresets().
    void setPreset(const QString& name); ///< An unknown one: the default.
    BenchmarkPlan plan() const;
    RunSettings runSettings() const;
    void setRunSettings(const RunSettings& settings);
    /// Best first. A chosen engine that is not among them stays chosen, so that it can be seen and changed.
    void setEngines(const QStringList& engines);

Q_SIGNALS:
    void runSettingsChanged();
    void presetChanged();

private:
    QComboBox* m_preset;
    QSpinBox* m_threads;
    QComboBox* m_engine;
};

} // namespace vitrine
