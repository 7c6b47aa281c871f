#include "ui/widgets/run_controls.h"

#include "core/measure/thread_choice.h"

#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QToolButton>

namespace vitrine {

RunControls::RunControls(QWidget* parent)
    : QWidget(parent), m_preset(new QComboBox), m_threads(new QSpinBox), m_engine(new QComboBox)
{
    for (const BenchmarkPreset& preset : benchmarkPresets()) {
        m_preset->addItem(preset.name, preset.name);
        m_preset->setItemData(m_preset->count() - 1, preset.text, Qt::ToolTipRole);
    }
    setPreset(defaultPresetName);
    m_preset->setAccessibleName(tr("Preset"));
    m_preset->setToolTip(tr("How thoroughly every variant is timed"));
    auto* planButton = new QToolButton;
    planButton->setText(tr("…"));
    planButton->setAutoRaise(true);
    planButton->setAccessibleName(tr("How to measure"));
    planButton->setToolTip(tr("Set rounds, precision, time, seed and what is timed by number"));
    m_threads->setRange(0, possibleThreadCounts().back());
    m_threads->setSpecialValueText(tr("Threads: auto"));
    m_threads->setPrefix(tr("Threads: "));
    m_threads->setAccessibleName(tr("Threads"));
    m_threads->setToolTip(tr("Threads that a model may use; results of each number are kept apart.\n"
                             "auto: as many as the baseline is fastest on, found out at the first run and "
                             "remembered"));
    m_engine->setAccessibleName(tr("Quantized engine"));
    m_engine->setToolTip(tr("The int8 engine that quantized variants run under"));
    setEngines({});
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(4, 0, 4, 0);
    layout->addWidget(m_preset);
    layout->addWidget(planButton);
    layout->addWidget(m_threads);
    layout->addWidget(m_engine);
    connect(m_preset, &QComboBox::currentIndexChanged, this, &RunControls::presetChanged);
    connect(planButton, &QToolButton::clicked, this, &RunControls::planWanted);
    connect(m_threads, &QSpinBox::valueChanged, this, &RunControls::runSettingsChanged);
    connect(m_engine, &QComboBox::currentIndexChanged, this, &RunControls::runSettingsChanged);
}

void RunControls::setPreset(const QString& name)
{
    const int index = m_preset->findData(name);
    m_preset->setCurrentIndex(index >= 0 ? index : m_preset->findData(defaultPresetName));
}

BenchmarkPlan RunControls::plan() const
{
    const BenchmarkPreset* known = benchmarkPreset(preset());
    return known ? known->plan : m_ownPlan;
}

void RunControls::setOwnPlan(const BenchmarkPlan& plan)
{
    m_ownPlan = plan;
    if (m_preset->findData(ownPreset) < 0) {
        m_preset->addItem(tr("own"), ownPreset);
        m_preset->setItemData(m_preset->count() - 1, tr("own: as set by number"), Qt::ToolTipRole);
    }
}

RunSettings RunControls::runSettings() const
{
    return {m_threads->value(), m_engine->currentData().toString()};
}

void RunControls::setRunSettings(const RunSettings& settings)
{
    const QSignalBlocker quietThreads(m_threads);
    const QSignalBlocker quietEngine(m_engine);
    m_threads->setValue(settings.threads);
    if (m_engine->findData(settings.quantizedEngine) < 0)
        m_engine->addItem(settings.quantizedEngine, settings.quantizedEngine);
    m_engine->setCurrentIndex(m_engine->findData(settings.quantizedEngine));
}

void RunControls::setEngines(const QStringList& engines)
{
    const QSignalBlocker quiet(m_engine);
    const QString chosen = m_engine->currentData().toString();
    m_engine->clear();
    m_engine->addItem(engines.isEmpty() ? tr("Best int8 engine") : tr("Best (%1)").arg(engines.front()),
                      QString());
    for (const QString& engine : engines)
        m_engine->addItem(engine, engine);
    if (m_engine->findData(chosen) < 0)
        m_engine->addItem(chosen, chosen);
    m_engine->setCurrentIndex(m_engine->findData(chosen));
}

} // namespace vitrine
