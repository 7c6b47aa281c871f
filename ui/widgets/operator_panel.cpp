#include "ui/widgets/operator_panel.h"

#include "ui/charts/chart_view.h"
#include "ui/format.h"
#include "ui/models/operator_table_model.h"
#include "ui/shown_variants.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QScrollArea>
#include <QSignalBlocker>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QTableView>
#include <QVBoxLayout>

namespace vitrine {

namespace {

QTableView* tableOf(OperatorTableModel* model, QObject* owner)
{
    auto* sorted = new QSortFilterProxyModel(owner);
    sorted->setSourceModel(model);
    sorted->setSortRole(OperatorTableModel::RawRole);
    auto* table = new QTableView;
    table->setModel(sorted);
    table->setSortingEnabled(true);
    table->sortByColumn(-1, Qt::AscendingOrder);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setAlternatingRowColors(true);
    table->setWordWrap(false);
    table->verticalHeader()->hide();
    table->horizontalHeader()->setStretchLastSection(true);
    table->setAccessibleName(OperatorPanel::tr("What changed, by groups of operators"));
    return table;
}

} // namespace

OperatorPanel::OperatorPanel(QWidget* parent)
    : QWidget(parent), m_chart(new ChartView(ChartKind::Operators)), m_before(new QComboBox),
      m_after(new QComboBox), m_profile(new QPushButton(tr("&Profile operators"))), m_note(new QLabel),
      m_model(new OperatorTableModel(this)), m_table(tableOf(m_model, this))
{
    m_profile->setToolTip(tr("Watch one forward of every ticked variant on the current image"));
    m_before->setAccessibleName(tr("Variant before"));
    m_after->setAccessibleName(tr("Variant after"));
    m_note->setTextFormat(Qt::PlainText);
    m_note->setWordWrap(true);
    m_note->setAlignment(Qt::AlignTop);
    auto* choice = new QHBoxLayout;
    choice->addWidget(m_profile);
    choice->addStretch();
    choice->addWidget(new QLabel(tr("What changes from")));
    choice->addWidget(m_before);
    choice->addWidget(new QLabel(tr("to")));
    choice->addWidget(m_after);
    auto* below = new QWidget;
    auto* belowLayout = new QVBoxLayout(below);
    belowLayout->setContentsMargins(0, 0, 0, 0);
    belowLayout->addLayout(choice);
    belowLayout->addWidget(m_note);
    belowLayout->addWidget(m_table, 1);
    auto* area = new QScrollArea;
    area->setWidget(m_chart);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    auto* split = new QSplitter(Qt::Vertical);
    split->addWidget(area);
    split->addWidget(below);
    split->setChildrenCollapsible(false);
    split->setStretchFactor(0, 3);
    split->setStretchFactor(1, 2);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(split);
    connect(m_profile, &QPushButton::clicked, this, &OperatorPanel::profileWanted);
    for (QComboBox* box : {m_before, m_after})
        connect(box, &QComboBox::currentIndexChanged, this, &OperatorPanel::showDifference);
}

void OperatorPanel::setComparison(const Comparison& comparison)
{
    m_comparison = comparison;
    m_chart->setComparison(comparison);
    fillChoices();
    showDifference();
}

void OperatorPanel::fillChoices()
{
    for (QComboBox* box : {m_before, m_after}) {
        const QSignalBlocker blocker(box);
        const QString chosen = box->currentData().toString();
        box->clear();
        for (const VariantResult* variant : enabledVariants(m_comparison))
            box->addItem(variant->variant.name, variant->id);
        const int index = box->findData(chosen);
        box->setCurrentIndex(index >= 0 ? index : box == m_before ? 0 : box->count() - 1);
    }
}

void OperatorPanel::showDifference()
{
    const VariantResult* before = m_comparison.variant(m_before->currentData().toString());
    const VariantResult* after = m_comparison.variant(m_after->currentData().toString());
    const bool known = before && after && before->operators() && after->operators();
    m_table->setVisible(known);
    m_before->setEnabled(known);
    m_after->setEnabled(known);
    if (!known) {
        m_note->setText(
            tr("Profiling watches one forward of each variant: it shows where the time goes, not how "
               "long a forward takes."));
        m_model->setVariants({}, {}, {}, {});
        return;
    }
    m_note->setText(tr("Self CPU time of one watched forward: %1 %2, %3 %4. Small differences say nothing.")
                        .arg(before->variant.name, formatMilliseconds(before->operators()->selfTotal()),
                             after->variant.name, formatMilliseconds(after->operators()->selfTotal())));
    m_model->setVariants(before->variant.name, before->operators(), after->variant.name, after->operators());
    m_table->resizeColumnsToContents();
}

} // namespace vitrine
