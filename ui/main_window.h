#pragma once

#include "core/demo/demo_set.h"
#include "core/session/comparison_session.h"
#include "ui/app_settings.h"
#include "ui/file_opener.h"

#include <QMainWindow>
#include <QPointer>
#include <QStackedWidget>

#include <memory>

namespace vitrine {

class BuildDialog;
class ComparisonFeed;
class DemoRun;
class DropOverlay;
class Exporter;
class FetchDialog;
class MessageArea;
class OfferBar;
class RunControls;
class StatusLine;
class ThreadChooser;
class WelcomePage;
class WindowActions;
class Workspace;

/// The window over one session, which must outlive it. Files come in by openFiles(), dialogs, drag and drop
/// and paste; what comes in is classified at once; Run measures latency.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    explicit MainWindow(ComparisonSession& session,
                        std::unique_ptr<AppSettings> settings = AppSettings::ofUser(),
                        QWidget* parent = nullptr);

    /// Images, models, checkpoints and folders, told apart by content.
    void openFiles(const QStringList& paths) { m_opener->open(paths); }
    /// Starts measuring, as the Run button does.
    void run() { measure(&ComparisonSession::benchmark); }
    /// Watches one forward of every enabled variant, and shows what its operators took.
    void profile();
    void sweepThreads();
    void measureAgainstItself() { measure(&ComparisonSession::benchmarkAgainstItself); }
    void showPlanDialog();
    void stop() { m_session.cancel(); }
    /// Shows the demo, or a problem where it is not installed. For a window without variants.
    void showDemo(const DemoRequest& request = {});
    /// Opens the dialog; `source` may be empty.
    BuildDialog* showBuildDialog(const QString& source);
    /// Opens the dialog that downloads a checkpoint.
    FetchDialog* showFetchDialog();

    WindowActions& actions() const { return *m_actions; }
    Workspace& workspace() const { return *m_workspace; }
    MessageArea& messages() const { return *m_messages; }
    OfferBar& offer() const { return *m_offer; }
    StatusLine& status() const { return *m_status; }
    RunControls& runControls() const { return *m_controls; }
    Exporter& exporter() const { return *m_exporter; }
    bool isWelcomeShown() const { return m_pages->currentIndex() == 0; }

protected:
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void closeEvent(QCloseEvent* event) override;

private:
    /// On as many threads as the controls say.
    void measure(void (ComparisonSession::*benchmark)(const BenchmarkPlan&));
    void chooseThreads(); ///< Unless the user did.
    /// Those of the controls; where they leave the number of threads open, it is the session's.
    RunSettings effectiveSettings() const;
    void makeCentre();
    void connectActions();
    void connectOpening();
    void connectWorkspace();
    void connectSession();
    void restoreSettings();

    void showComparison(const Comparison& comparison);
    void updateActions();
    void applyRunSettings();
    void loadBuiltSet(const QString& source, const QString& folder);

    ComparisonSession& m_session;
    std::unique_ptr<AppSettings> m_settings;
    ComparisonFeed* m_feed;
    ThreadChooser* m_threads;
    WindowActions* m_actions;
    FileOpener* m_opener;
    Exporter* m_exporter;
    RunControls* m_controls;
    MessageArea* m_messages;
    OfferBar* m_offer;
    QStackedWidget* m_pages = nullptr;
    Workspace* m_workspace;
    StatusLine* m_status;
    DropOverlay* m_overlay = nullptr;
    QPointer<DemoRun> m_demo; ///< The showing that goes on.
    QPointer<BuildDialog> m_buildDialog;
    WelcomePage* m_welcome;
    QPointer<FetchDialog> m_fetchDialog;
    QStringList m_engines; ///< That the controls show.
};

} // namespace vitrine
