#include "ui/workspace.h"

#include "core/session/comparison_session.h"
#include "ui/app_settings.h"
#include "ui/widgets/image_strip.h"
#include "ui/widgets/picture_panel.h"
#include "ui/widgets/results_panel.h"
#include "ui/widgets/variant_list.h"

#include <QHBoxLayout>
#include <QSplitter>

namespace vitrine {

Workspace::Workspace(ComparisonSession& session, QWidget* parent)
    : QWidget(parent), m_columns(new QSplitter(Qt::Horizontal)), m_middle(new QSplitter(Qt::Vertical)),
      m_images(new ImageStrip(session)),
      m_picture(new PicturePanel([&session](const ImageSource& source) { return session.picture(source); })),
      m_variants(new VariantList(session)), m_results(new ResultsPanel)
{
    m_middle->addWidget(m_picture);
    m_middle->addWidget(m_variants);
    m_middle->setStretchFactor(0, 1);
    m_middle->setStretchFactor(1, 1);
    m_middle->setChildrenCollapsible(false);
    m_columns->addWidget(m_images);
    m_columns->addWidget(m_middle);
    m_columns->addWidget(m_results);
    m_columns->setStretchFactor(0, 0);
    m_columns->setStretchFactor(1, 0);
    m_columns->setStretchFactor(2, 1);
    m_columns->setChildrenCollapsible(false);
    m_columns->setSizes({124, 270, 900});
    m_middle->setMinimumWidth(200);
    m_results->setMinimumWidth(260);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_columns);
}

void Workspace::setComparison(const Comparison& comparison)
{
    m_images->setComparison(comparison);
    m_picture->setComparison(comparison);
    m_variants->setComparison(comparison);
    m_results->setComparison(comparison);
}

void Workspace::restore(const AppSettings& settings)
{
    m_columns->restoreState(settings.value(setting::workspaceSplit));
    m_middle->restoreState(settings.value(setting::middleSplit));
    m_results->tabs()->setCurrentIndex(settings.value(setting::resultsTab));
}

void Workspace::save(AppSettings& settings) const
{
    settings.set(setting::workspaceSplit, m_columns->saveState());
    settings.set(setting::middleSplit, m_middle->saveState());
    settings.set(setting::resultsTab, m_results->tabs()->currentIndex());
}

} // namespace vitrine
