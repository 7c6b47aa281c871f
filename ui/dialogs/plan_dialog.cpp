#include "ui/dialogs/plan_dialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>
#include <limits>

namespace vitrine {

namespace {

constexpr int mostRounds = 100'000;
constexpr int longestBudget = 86'400; ///< Seconds: a day.

QSpinBox* makeNumber(const QString& name, int least, int most)
{
    auto* box = new QSpinBox;
    box->setRange(least, most);
    box->setAccessibleName(name);
    box->setGroupSeparatorShown(true);
    return box;
}

} // namespace

PlanDialog::PlanDialog(const BenchmarkPlan& plan, QWidget* parent)
    : QDialog(parent), m_minRounds(makeNumber(tr("Least rounds"), 1, mostRounds)),
      m_maxRounds(makeNumber(tr("Most rounds"), 1, mostRounds)), m_precision(new QDoubleSpinBox),
      m_budget(makeNumber(tr("Time for a variant"), 1, longestBudget)), m_timed(new QComboBox),
      m_seed(makeNumber(tr("Seed"), 0, std::numeric_limits<int>::max())),
      m_probe(new QCheckBox(tr("&Phases, and cold start and memory in fresh processes")))
{
    setWindowTitle(tr("How to measure"));
    m_minRounds->setToolTip(tr("Each round runs every ticked variant once, in a new order"));
    m_precision->setRange(0, 50);
    m_precision->setDecimals(1);
    m_precision->setSingleStep(0.5);
    m_precision->setSuffix(tr(" %"));
    m_precision->setSpecialValueText(tr("not asked for"));
    m_precision->setAccessibleName(tr("Precision"));
    m_precision->setToolTip(tr("Ends when half of the 95 % interval of every ratio is at most this"));
    m_budget->setSuffix(tr(" s"));
    m_budget->setToolTip(tr("Ends when a variant has run for so long"));
    m_seed->setToolTip(tr("Of the order of variants in each round, and of resampling"));
    m_timed->setAccessibleName(tr("What the clock surrounds"));
    for (const TimedWork work : allTimedWork)
        m_timed->addItem(timedWorkText(work), static_cast<int>(work));
    connect(m_minRounds, &QSpinBox::valueChanged, m_maxRounds, &QSpinBox::setMinimum);

    auto* form = new QFormLayout;
    addRows(form);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel);
    for (const BenchmarkPreset& preset : benchmarkPresets()) {
        QPushButton* button = buttons->addButton(preset.name, QDialogButtonBox::ResetRole);
        button->setToolTip(tr("Fill in the preset: %1").arg(preset.text));
        connect(button, &QPushButton::clicked, this, [this, &preset] { fill(preset.plan); });
    }
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->addLayout(form);
    layout->addWidget(buttons);
    layout->setSizeConstraint(QLayout::SetFixedSize);
    fill(plan);
}

void PlanDialog::addRows(QFormLayout* form)
{
    form->addRow(tr("At &least so many rounds:"), m_minRounds);
    form->addRow(tr("At &most so many rounds:"), m_maxRounds);
    form->addRow(tr("&Until ratios are known to:"), m_precision);
    form->addRow(tr("At most so lon&g for a variant:"), m_budget);
    form->addRow(tr("The &clock surrounds:"), m_timed);
    form->addRow(tr("&Seed:"), m_seed);
    form->addRow(tr("Also measure:"), m_probe);
}

void PlanDialog::fill(const BenchmarkPlan& plan)
{
    m_plan = plan;
    m_minRounds->setValue(plan.minRounds);
    m_maxRounds->setValue(plan.maxRounds);
    m_precision->setValue(100 * plan.precision);
    m_budget->setValue(static_cast<int>(std::min<qint64>(plan.budget.count(), longestBudget)));
    m_timed->setCurrentIndex(m_timed->findData(static_cast<int>(plan.timed)));
    m_seed->setValue(static_cast<int>(plan.seed));
    m_probe->setChecked(plan.probe);
}

BenchmarkPlan PlanDialog::plan() const
{
    BenchmarkPlan plan = m_plan;
    plan.minRounds = m_minRounds->value();
    plan.maxRounds = m_maxRounds->value();
    plan.precision = m_precision->value() / 100;
    plan.budget = std::chrono::seconds(m_budget->value());
    plan.timed = static_cast<TimedWork>(m_timed->currentData().toInt());
    plan.seed = static_cast<std::uint64_t>(m_seed->value());
    plan.probe = m_probe->isChecked();
    return plan;
}

} // namespace vitrine
