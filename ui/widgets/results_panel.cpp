#include "ui/widgets/results_panel.h"

#include "core/report/headline.h"
#include "ui/widgets/overview.h"
#include "ui/widgets/results_table.h"

#include <QLabel>
#include <QTabWidget>
#include <QVBoxLayout>

namespace vitrine {

ResultsPanel::ResultsPanel(QWidget* parent)
    : QWidget(parent), m_headline(new QLabel), m_tabs(new QTabWidget), m_overview(new Overview),
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
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_overview, tr("&Overview"));
    m_tabs->addTab(m_table, tr("&Table"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(6, 6, 6, 6);
    layout->addWidget(m_headline);
    layout->addWidget(m_tabs, 1);
}

void ResultsPanel::setComparison(const Comparison& comparison)
{
    const QString sentence = headline(comparison);
    m_headline->setText(sentence.isEmpty() ? tr("Tick a variant to see what it does.") : sentence);
    m_overview->setComparison(comparison);
    m_table->setComparison(comparison);
}

QString ResultsPanel::headlineText() const
{
    return m_headline->text();
}

} // namespace vitrine
