#include "ui/widgets/results_panel.h"

#include "core/report/headline.h"
#include "ui/charts/chart_view.h"
#include "ui/widgets/operator_panel.h"
#include "ui/widgets/overview.h"
#include "ui/widgets/results_table.h"

#include <QLabel>
#include <QScrollArea>
#include <QTabWidget>
#include <QVBoxLayout>

namespace vitrine {

namespace {

constexpr qsizetype linesOfNotes = 3;

/// The chart keeps the height that its texts need; where that is not there, it scrolls.
QScrollArea* scrolled(ChartView* chart)
{
    auto* area = new QScrollArea;
    area->setWidget(chart);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    return area;
}

} // namespace

ResultsPanel::ResultsPanel(QWidget* parent)
    : QWidget(parent), m_headline(new QLabel), m_notes(new QLabel), m_tabs(new QTabWidget),
      m_overview(new Overview), m_drift(new ChartView(ChartKind::Drift)),
      m_phases(new ChartView(ChartKind::Phases)), m_operators(new OperatorPanel),
      m_threads(new ChartView(ChartKind::Threads)), m_threadsPage(scrolled(m_threads)),
      m_table(new ResultsTable)
{
    QFont font = m_headline->font();
    font.setPointSizeF(font.pointSizeF() * 1.2);
    m_headline->setFont(font);
    m_headline->setTextFormat(Qt::PlainText);
    m_headline->setWordWrap(true);
    m_headline->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_headline->setAccessibleName(tr("Summary"));
    m_headline->setContentsMargins(2, 2, 2, 2);
    m_notes->setTextFormat(Qt::PlainText);
    m_notes->setWordWrap(true);
    m_notes->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_notes->setAccessibleName(tr("Notes"));
    m_notes->setContentsMargins(2, 0, 2, 2);
    m_notes->hide();
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_overview, tr("&Overview"));
    m_tabs->addTab(scrolled(m_drift), tr("&Samples"));
    m_tabs->addTab(scrolled(m_phases), tr("P&hases"));
    m_tabs->addTab(m_operators, tr("O&perators"));
    m_tabs->addTab(m_threadsPage, tr("Th&reads"));
    m_tabs->addTab(m_table, tr("&Table"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(6, 6, 6, 6);
    layout->addWidget(m_headline);
    layout->addWidget(m_notes);
    layout->addWidget(m_tabs, 1);
}

void ResultsPanel::setComparison(const Comparison& comparison)
{
    const QString sentence = headline(comparison);
    m_headline->setText(sentence.isEmpty() ? tr("Tick a variant to see what it does.") : sentence);
    showNotes(comparison);
    m_overview->setComparison(comparison);
    m_drift->setComparison(comparison);
    m_phases->setComparison(comparison);
    m_operators->setComparison(comparison);
    m_threads->setComparison(comparison);
    m_table->setComparison(comparison);
}

void ResultsPanel::showNotes(const Comparison& comparison)
{
    QStringList notes{noiseSentence(comparison)};
    QStringList remedies;
    for (const MeasurementWarning& warning : latencyWarnings(comparison)) {
        notes << tr("⚠ %1").arg(warning.text);
        remedies << warning.text + QLatin1Char(' ') + warning.remedy;
    }
    notes.removeAll(QString());
    if (const qsizetype more = notes.size() - linesOfNotes; more > 0)
        notes = notes.mid(0, linesOfNotes - 1) << tr("⚠ %1 more: see the tool tip.").arg(more + 1);
    m_notes->setText(notes.join(QLatin1Char('\n')));
    m_notes->setToolTip(remedies.join(QLatin1Char('\n')));
    m_notes->setVisible(!notes.isEmpty());
}

QString ResultsPanel::notesText() const
{
    return m_notes->text();
}

void ResultsPanel::showThreads()
{
    m_tabs->setCurrentWidget(m_threadsPage);
}

QString ResultsPanel::headlineText() const
{
    return m_headline->text();
}

} // namespace vitrine
