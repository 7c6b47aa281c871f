#include "ui/main_window.h"

#include "core/base/literals.h"
#include "core/demo/demo_run.h"
#include "core/measure/thread_choice.h"
#include "core/session/thread_chooser.h"
#include "ui/dialogs/about.h"
#include "ui/dialogs/build_dialog.h"
#include "ui/dialogs/fetch_dialog.h"
#include "ui/dialogs/plan_dialog.h"
#include "ui/exporter.h"
#include "ui/models/comparison_feed.h"
#include "ui/plan_settings.h"
#include "ui/variant_dialogs.h"
#include "ui/widgets/drop_overlay.h"
#include "ui/widgets/message_area.h"
#include "ui/widgets/offer_bar.h"
#include "ui/widgets/operator_panel.h"
#include "ui/widgets/plain_tool_tips.h"
#include "ui/widgets/results_panel.h"
#include "ui/widgets/run_controls.h"
#include "ui/widgets/status_line.h"
#include "ui/widgets/variant_list.h"
#include "ui/widgets/welcome_page.h"
#include "ui/window_actions.h"
#include "ui/workspace.h"

#include <QDragEnterEvent>
#include <QMenu>
#include <QToolBar>
#include <QVBoxLayout>

#include <utility>

namespace vitrine {

MainWindow::MainWindow(ComparisonSession& session, std::unique_ptr<AppSettings> settings, QWidget* parent)
    : QMainWindow(parent), m_session(session), m_settings(std::move(settings)),
      m_feed(new ComparisonFeed(session, this)), m_threads(new ThreadChooser(session, this)),
      m_actions(new WindowActions(this)), m_opener(new FileOpener(session, *m_settings, this)),
      m_exporter(new Exporter(*m_feed, *m_settings, this)), m_controls(new RunControls),
      m_messages(new MessageArea), m_offer(new OfferBar), m_workspace(new Workspace(session)),
      m_status(new StatusLine)
{
    setWindowTitle(tr("Vitrine"));
    new PlainToolTips(this);
    setAcceptDrops(true);
    makeCentre();
    connectActions();
    connectOpening();
    connectWorkspace();
    connectSession();
    restoreSettings();
    showComparison(m_feed->current());
    updateActions();
}

void MainWindow::makeCentre()
{
    m_actions->fillMenus(this);
    QToolBar* bar = addToolBar(tr("Main tool bar"));
    bar->setObjectName(u"mainToolBar"_s);
    m_actions->fillToolBar(bar, m_controls);
    setStatusBar(m_status);
    m_pages = new QStackedWidget;
    m_welcome = new WelcomePage({{m_actions->tryDemo, m_actions->getModel},
                                 {m_actions->openImages, m_actions->openModels, m_actions->build}});
    m_pages->addWidget(m_welcome);
    m_pages->addWidget(m_workspace);
    auto* centre = new QWidget;
    auto* layout = new QVBoxLayout(centre);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_offer);
    layout->addWidget(m_messages);
    layout->addWidget(m_pages, 1);
    setCentralWidget(centre);
    setMinimumSize(720, 480);
    m_overlay = new DropOverlay(this);
}

void MainWindow::connectActions()
{
    connect(m_actions->run, &QAction::triggered, this, &MainWindow::run);
    connect(m_actions->profile, &QAction::triggered, this, &MainWindow::profile);
    connect(m_actions->measureAgainstItself, &QAction::triggered, this, &MainWindow::measureAgainstItself);
    connect(m_actions->sweep, &QAction::triggered, this, &MainWindow::sweepThreads);
    connect(m_actions->stop, &QAction::triggered, this, &MainWindow::stop);
    connect(m_actions->clear, &QAction::triggered, &m_session, &ComparisonSession::clear);
    connect(m_actions->quit, &QAction::triggered, this, &QWidget::close);
    connect(m_actions->tryDemo, &QAction::triggered, this, [this] { showDemo(); });
    connect(m_actions->about, &QAction::triggered, this,
            [this] { showAbout(this, m_feed->current().stamp); });
    for (auto action = m_actions->exportChart.cbegin(); action != m_actions->exportChart.cend(); ++action)
        connect(action.value(), &QAction::triggered, m_exporter,
                [this, kind = action.key()] { m_exporter->askForChart(kind); });
    connect(m_actions->exportAllCharts, &QAction::triggered, m_exporter, &Exporter::askForAllCharts);
    connect(m_actions->exportData, &QAction::triggered, m_exporter, &Exporter::askForData);
    connect(m_exporter, &Exporter::failed, m_messages, &MessageArea::add);
    connect(m_exporter, &Exporter::written, this,
            [this](const QString& path) { m_status->showMessage(tr("Wrote %1").arg(path), 5000); });
}

void MainWindow::connectOpening()
{
    connect(m_actions->openImages, &QAction::triggered, m_opener, &FileOpener::askForImages);
    connect(m_actions->openModels, &QAction::triggered, m_opener, &FileOpener::askForModels);
    connect(m_actions->openSet, &QAction::triggered, m_opener, &FileOpener::askForVariantSet);
    connect(m_actions->paste, &QAction::triggered, m_opener, &FileOpener::paste);
    connect(m_opener, &FileOpener::nothingToPaste, this, [this] {
        m_status->showMessage(tr("There are no files to paste: copy some in a file manager first."), 5000);
    });
    connect(m_actions->recentMenu, &QMenu::aboutToShow, m_opener,
            [this] { m_opener->fillRecentMenu(m_actions->recentMenu); });
    connect(m_actions->build, &QAction::triggered, this, [this] { showBuildDialog({}); });
    connect(m_actions->getModel, &QAction::triggered, this, &MainWindow::showFetchDialog);
    connect(m_offer, &OfferBar::accepted, this, &MainWindow::showBuildDialog);
}

void MainWindow::connectWorkspace()
{
    VariantList* variants = m_workspace->variants();
    auto* dialogs = new VariantDialogs(m_session, this);
    connect(variants, &VariantList::inputWanted, dialogs, &VariantDialogs::askForInput);
    connect(variants, &VariantList::detailsWanted, dialogs, &VariantDialogs::showDetails);
    connect(variants, &VariantList::filesWanted, dialogs, &VariantDialogs::askToAllowFiles);
    connect(variants, &VariantList::buildWanted, this, &MainWindow::showBuildDialog);
    connect(m_workspace->results()->operators(), &OperatorPanel::profileWanted, this, &MainWindow::profile);
    connect(m_controls, &RunControls::runSettingsChanged, this, &MainWindow::applyRunSettings);
    connect(m_controls, &RunControls::planWanted, this, &MainWindow::showPlanDialog);
    connect(m_controls, &RunControls::presetChanged, this,
            [this] { m_settings->set(setting::preset, m_controls->preset()); });
}

void MainWindow::connectSession()
{
    connect(m_feed, &ComparisonFeed::changed, this, &MainWindow::showComparison);
    connect(&m_session, &ComparisonSession::buildOffered, m_offer, &OfferBar::offer);
    connect(&m_session, &ComparisonSession::progressed, m_status, &StatusLine::setProgress);
    connect(&m_session, &ComparisonSession::threadsCalibrated, this, [this] {
        m_session.setRunSettings(effectiveSettings()); // a number may have been chosen meanwhile
    });
    connect(&m_session, &ComparisonSession::busyChanged, m_status, &StatusLine::setBusy);
    connect(&m_session, &ComparisonSession::fileRefused, this,
            [this](const QString&, const Error& error) { m_messages->add(error); });
    connect(&m_session, &ComparisonSession::failed, m_messages, &MessageArea::add);
    connect(&m_session, &ComparisonSession::buildEnded, this,
            [this](quint64 build, const Result<QString>& folder) {
                const bool isToldThere = (m_buildDialog && m_buildDialog->isBuilding(build)) ||
                                         (m_fetchDialog && m_fetchDialog->isBuilding(build));
                if (!folder && !folder.isCancelled() && !isToldThere)
                    m_messages->add(folder.error());
            });
}

void MainWindow::restoreSettings()
{
    resize(1280, 800);
    restoreGeometry(m_settings->value(setting::windowGeometry));
    m_workspace->restore(*m_settings);
    if (const QVariantMap plan = m_settings->value(setting::ownPlan); !plan.isEmpty())
        m_controls->setOwnPlan(planFromMap(plan));
    m_controls->setPreset(m_settings->value(setting::preset));
    m_controls->setEngines(m_session.quantizedEngines());
    m_controls->setRunSettings(
        {m_settings->value(setting::threads), m_settings->value(setting::quantizedEngine)});
    m_session.setRunSettings(effectiveSettings());
    m_session.setPictureCacheLimit(qint64{m_settings->value(setting::pictureCacheMegabytes)} * 1'000'000);
    m_session.setClassifiesNews(true);
}

void MainWindow::showComparison(const Comparison& comparison)
{
    m_workspace->setComparison(comparison);
    m_status->setComparison(comparison);
    if (m_engines != m_session.quantizedEngines()) {
        m_engines = m_session.quantizedEngines();
        m_controls->setEngines(m_engines);
    }
    const bool isEmpty = comparison.images.empty() && comparison.variants.empty();
    m_pages->setCurrentIndex(isEmpty ? 0 : 1);
    updateActions();
}

void MainWindow::updateActions()
{
    const Comparison& now = m_feed->current();
    const bool canRun =
        !m_session.isMeasuring() && !m_demo && now.baseline() != nullptr && !now.images.empty();
    m_actions->update(!now.variants.empty(), canRun, m_session.isBusy());
    m_actions->setDemoPossible(!m_demo && now.variants.empty());
    m_workspace->results()->operators()->setProfilingPossible(canRun);
}

void MainWindow::measure(void (ComparisonSession::*benchmark)(const BenchmarkPlan&))
{
    chooseThreads();
    (m_session.*benchmark)(m_controls->plan());
}

void MainWindow::chooseThreads()
{
    if (m_controls->runSettings().threads == 0)
        m_threads->choose();
}

RunSettings MainWindow::effectiveSettings() const
{
    RunSettings settings = m_controls->runSettings();
    if (settings.threads == 0)
        settings.threads = m_session.runSettings().threads;
    return settings;
}

void MainWindow::showDemo(const DemoRequest& request)
{
    if (m_demo)
        return;
    auto set = findDemoSet(request);
    if (!set)
        return m_messages->add(set.error());
    m_demo = new DemoRun(
        m_session, *std::move(set), demoCacheFolder(), [this] { chooseThreads(); }, this);
    m_welcome->setStep(tr("Preparing the demo…"));
    connect(&m_session, &ComparisonSession::progressed, m_demo, [this](const Progress& progress) {
        m_welcome->setStep(tr("Preparing the demo: %1…").arg(progress.step));
    });
    connect(m_demo, &DemoRun::ended, this, [this] {
        m_demo->deleteLater();
        m_demo.clear();
        m_welcome->setStep({});
        updateActions();
    });
    m_demo->start();
    updateActions();
}

void MainWindow::sweepThreads()
{
    m_session.sweepThreads(m_controls->plan(), possibleThreadCounts());
    m_workspace->results()->showThreads();
}

void MainWindow::profile()
{
    chooseThreads();
    m_session.profile();
    ResultsPanel* results = m_workspace->results();
    results->tabs()->setCurrentWidget(results->operators());
}

void MainWindow::applyRunSettings()
{
    const RunSettings settings = m_controls->runSettings();
    m_settings->set(setting::threads, settings.threads);
    m_settings->set(setting::quantizedEngine, settings.quantizedEngine);
    m_session.setRunSettings(effectiveSettings());
}

BuildDialog* MainWindow::showBuildDialog(const QString& source)
{
    if (!m_buildDialog) {
        m_buildDialog = new BuildDialog(m_session, source, this);
        m_buildDialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(m_buildDialog, &BuildDialog::built, this, &MainWindow::loadBuiltSet);
    }
    m_buildDialog->show();
    m_buildDialog->raise();
    return m_buildDialog;
}

FetchDialog* MainWindow::showFetchDialog()
{
    if (!m_fetchDialog) {
        m_fetchDialog = new FetchDialog(m_session, *m_settings, this);
        m_fetchDialog->setAttribute(Qt::WA_DeleteOnClose);
        connect(m_fetchDialog, &FetchDialog::built, this, &MainWindow::loadBuiltSet);
    }
    m_fetchDialog->show();
    m_fetchDialog->raise();
    return m_fetchDialog;
}

void MainWindow::loadBuiltSet(const QString& source, const QString& folder)
{
    m_offer->withdraw(source);
    const auto now = m_session.snapshot();
    for (const VariantResult& variant : now->variants)
        if (variant.variant.path == source)
            m_session.removeVariant(variant.id);
    m_settings->addRecentFile(folder);
    m_session.addVariantSet(folder);
}

void MainWindow::showPlanDialog()
{
    auto* dialog = new PlanDialog(m_controls->plan(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog] {
        m_settings->set(setting::ownPlan, toMap(dialog->plan()));
        m_controls->setOwnPlan(dialog->plan());
        m_controls->setPreset(RunControls::ownPreset);
    });
    dialog->open();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    const QStringList paths = FileOpener::localFiles(event->mimeData());
    if (paths.isEmpty())
        return;
    event->setDropAction(Qt::CopyAction);
    event->accept();
    m_overlay->showFor(static_cast<int>(paths.size()));
}

void MainWindow::dragLeaveEvent(QDragLeaveEvent* event)
{
    m_overlay->hide();
    event->accept();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    m_overlay->hide();
    event->setDropAction(Qt::CopyAction);
    event->accept();
    openFiles(FileOpener::localFiles(event->mimeData()));
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    m_settings->set(setting::windowGeometry, saveGeometry());
    m_workspace->save(*m_settings);
    m_session.setClassifiesNews(false);
    if (m_fetchDialog)
        m_fetchDialog->reject();
    m_session.cancel();
    QMainWindow::closeEvent(event);
}

} // namespace vitrine
