#include "ui/widgets/step_progress.h"

#include "core/base/shown_text.h"

#include <QProgressBar>
#include <QVBoxLayout>

namespace vitrine {

StepProgress::StepProgress(QWidget* parent) : QWidget(parent), m_step(new QLabel), m_bar(new QProgressBar)
{
    m_step->setTextFormat(Qt::PlainText);
    m_bar->setAccessibleName(tr("Progress"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_step);
    layout->addWidget(m_bar);
}

void StepProgress::setProgress(const Progress& progress)
{
    constexpr int barSteps = 1000;
    m_step->setText(shownText(progress.step, LineBreaks::Shown));
    m_bar->setRange(0, progress.total > 0 ? barSteps : 0);
    if (progress.total > 0)
        m_bar->setValue(static_cast<int>(progress.done * barSteps / progress.total));
}

} // namespace vitrine
