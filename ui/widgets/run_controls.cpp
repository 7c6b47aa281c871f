#include "ui/widgets/run_controls.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QThread>

namespace vitrine {

BenchmarkPlan planFor(Effort effort)
{
    using namespace std::chrono_literals;
    BenchmarkPlan plan;
    if (effort == Effort::Quick) {
        plan.rounds = 10;
        plan.warmUps = 3;
        plan.warmUpTime = 200ms;
        plan.probe = false;
    } else if (effort == Effort::Thorough) {
        plan.rounds = 100;
        plan.warmUps = 10;
        plan.warmUpTime = 1000ms;
    }
    return plan;
}

RunControls::RunControls(QWidget* parent)
    : QWidget(parent), m_effort(new QComboBox), m_threads(new QSpinBox), m_engine(new QComboBox)
{
    m_effort->addItems({tr("Quick"), tr("Normal"), tr("Thorough")});
    m_effort->setCurrentIndex(static_cast<int>(Effort::Normal));
    m_effort->setAccessibleName(tr("Effort"));
    m_effort->setToolTip(tr("How often every variant is timed: %1, %2 or %3 rounds")
                             .arg(planFor(Effort::Quick).rounds)
                             .arg(planFor(Effort::Normal).rounds)
                             .arg(planFor(Effort::Thorough).rounds));
    m_threads->setRange(1, qMax(1, QThread::idealThreadCount()));
    m_threads->setPrefix(tr("Threads: "));
    m_threads->setAccessibleName(tr("Threads"));
    m_threads->setToolTip(tr("Threads that a model may use; results of each number are kept apart"));
    m_engine->setAccessibleName(tr("Quantized engine"));
    m_engine->setToolTip(tr("The int8 engine that quantized variants run under"));
    setEngines({});
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(4, 0, 4, 0);
    layout->addWidget(m_effort);
    layout->addWidget(m_threads);
    layout->addWidget(m_engine);
    connect(m_effort, &QComboBox::currentIndexChanged, this, &RunControls::effortChanged);
    connect(m_threads, &QSpinBox::valueChanged, this, &RunControls::runSettingsChanged);
    connect(m_engine, &QComboBox::currentIndexChanged, this, &RunControls::runSettingsChanged);
}

Effort RunControls::effort() const
{
    return static_cast<Effort>(m_effort->currentIndex());
}

void RunControls::setEffort(Effort effort)
{
    m_effort->setCurrentIndex(qBound(0, static_cast<int>(effort), m_effort->count() - 1));
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
