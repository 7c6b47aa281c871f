#pragma once

#include "core/base/literals.h"
#include "core/measure/benchmark_plan.h"
#include "core/session/comparison_session.h"

#include <QComboBox>
#include <QWidget>

class QSpinBox;

namespace vitrine {

/// How variants are run: preset or own plan, threads, quantized engine.
class RunControls : public QWidget
{
    Q_OBJECT

public:
    explicit RunControls(QWidget* parent = nullptr);

    /// Beside those of benchmarkPresets(): the user's own plan.
    inline static const QString ownPreset = u"own"_s;

    /// A name in benchmarkPresets(), or ownPreset.
    QString preset() const { return m_preset->currentData().toString(); }
    void setPreset(const QString& name); ///< An unknown one: the default.
    BenchmarkPlan plan() const;
    /// Offers this one too, without choosing it.
    void setOwnPlan(const BenchmarkPlan& plan);
    /// 0 threads: as many as the baseline is fastest on, which is still to be found out.
    RunSettings runSettings() const;
    void setRunSettings(const RunSettings& settings);
    /// Best first. A chosen engine that is not among them stays chosen, so that it can be seen and changed.
    void setEngines(const QStringList& engines);

Q_SIGNALS:
    void runSettingsChanged();
    void presetChanged();
    void planWanted(); ///< The user wants to set the plan by number.

private:
    QComboBox* m_preset;
    BenchmarkPlan m_ownPlan;
    QSpinBox* m_threads;
    QComboBox* m_engine;
};

} // namespace vitrine
