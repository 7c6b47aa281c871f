#include "ui/widgets/results_panel.h"

#include "core/base/shown_text.h"
#include "core/compare/headline.h"
#include "core/compare/thread_sweep.h"
#include "ui/charts/chart_view.h"
#include "ui/shown_variants.h"
#include "ui/widgets/operator_panel.h"
#include "ui/widgets/overview.h"
#include "ui/widgets/results_table.h"

#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace vitrine {

namespace {

constexpr qsizetype linesOfNotes = 3;

/// A chart keeps the height that its texts need; where that is not there, it scrolls.
QScrollArea* scrolled(QWidget* content)
{
    auto* area = new QScrollArea;
    area->setWidget(content);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    return area;
}

QWidget* above(QWidget* chart, QWidget* text)
{
    auto* both = new QWidget;
    auto* layout = new QVBoxLayout(both);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(chart, 1);
    layout->addWidget(text);
    return both;
}

/// Plain text of several lines, to read and to copy.
QLabel* textLabel(const QString& accessibleName)
{
    auto* label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setAccessibleName(accessibleName);
    label->setContentsMargins(2, 2, 2, 2);
    return label;
}

/// Lines to read, and what the tool tip says about them.
struct Lines
{
    QStringList texts;
    QStringList remedies;

    void warn(const QString& text, const QString& remedy)
    {
        texts << ResultsPanel::tr("⚠ %1").arg(text);
        remedies << text + remedy;
    }
    void warn(const std::vector<MeasurementWarning>& warnings)
    {
        for (const MeasurementWarning& warning : warnings)
            warn(warning.text, QLatin1Char(' ') + warning.remedy);
    }
    void show(QLabel* label) const
    {
        label->setText(shownText(texts.join(QLatin1Char('\n'))));
        label->setToolTip(shownText(remedies.join(QLatin1Char('\n'))));
        label->setVisible(!texts.isEmpty());
    }
};

} // namespace

ResultsPanel::ResultsPanel(QWidget* parent)
    : QWidget(parent), m_headline(textLabel(tr("Summary"))), m_notes(textLabel(tr("Notes"))),
      m_tabs(new QTabWidget), m_overview(new Overview), m_drift(new ChartView(ChartKind::Drift)),
      m_phases(new ChartView(ChartKind::Phases)), m_operators(new OperatorPanel),
      m_threads(new ChartView(ChartKind::Threads)), m_findings(textLabel(tr("Findings"))),
      m_threadsPage(scrolled(above(m_threads, m_findings))), m_table(new ResultsTable)
{
    QFont font = m_headline->font();
    font.setPointSizeF(font.pointSizeF() * 1.2);
    m_headline->setFont(font);
    m_notes->hide();
    m_findings->hide();
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_overview, tr("&Overview"));
    m_tabs->addTab(scrolled(m_drift), tr("&Samples"));
    m_tabs->addTab(scrolled(m_phases), tr("Ph&ases"));
    m_tabs->addTab(m_operators, tr("Op&erators"));
    m_tabs->addTab(m_threadsPage, tr("Th&reads"));
    m_tabs->addTab(m_table, tr("&Table"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(6, 6, 6, 6);
    layout->addWidget(m_headline);
    layout->addWidget(m_notes);
    layout->addWidget(m_tabs, 1);
}

void ResultsPanel::setComparison(const Comparison& given)
{
    const Comparison comparison = withShownNames(given);
    const QString sentence = headline(comparison);
    m_headline->setText(sentence.isEmpty() ? tr("Tick a variant to see what it does.") : sentence);
    showNotes(comparison);
    m_overview->setComparison(comparison);
    m_drift->setComparison(comparison);
    m_phases->setComparison(comparison);
    m_operators->setComparison(comparison);
    m_threads->setComparison(comparison);
    showFindings(comparison);
    m_table->setComparison(comparison);
}

void ResultsPanel::showNotes(const Comparison& comparison)
{
    Lines notes{{noiseSentence(comparison)}, {}};
    const bool isRunning = comparison.benchmark && !comparison.benchmark->stopped;
    const auto warnings = isRunning ? std::vector<MeasurementWarning>() : latencyWarnings(comparison);
    notes.warn(warnings);
    const auto isKnownOfMachine = [&](const MeasurementWarning& warning) {
        const auto ofMachine = measurementWarnings(comparison.selfComparison->stamp);
        return std::ranges::count(ofMachine, warning) > 0 && std::ranges::count(warnings, warning) > 0;
    };
    if (const auto& self = comparison.selfComparison;
        self && self->benchmark.stopped && self->second.latency->n > 0)
        for (const MeasurementWarning& warning : selfWarnings(*self))
            if (!isKnownOfMachine(warning))
                notes.warn(tr("Against itself: %1").arg(warning.text), QLatin1Char(' ') + warning.remedy);
    for (const VariantResult& result : comparison.variants)
        if (result.enabled && result.freshProcess->error)
            notes.warn(result.freshProcess->error->message,
                       QLatin1Char('\n') + result.freshProcess->error->detail);
    QStringList& texts = notes.texts;
    texts.removeAll(QString());
    if (const qsizetype more = texts.size() - linesOfNotes; more > 0)
        texts = texts.mid(0, linesOfNotes - 1) << tr("⚠ %1 more: see the tool tip.").arg(more + 1);
    notes.show(m_notes);
}

void ResultsPanel::showFindings(const Comparison& comparison)
{
    Lines findings{sweepFindings(comparison), {}};
    if (!findings.texts.isEmpty())
        findings.warn(sweepWarnings(comparison));
    findings.show(m_findings);
}

} // namespace vitrine
