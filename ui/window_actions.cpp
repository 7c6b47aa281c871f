#include "ui/window_actions.h"

#include "core/base/literals.h"

#include <QMainWindow>
#include <QMenu>
#include <QMenuBar>
#include <QPainter>
#include <QToolBar>
#include <QToolButton>

namespace vitrine {

namespace {

/// Drawn, not loaded: the same with every icon theme, and visible on light and dark.
QIcon drawn(const QPolygonF& shape, const QColor& color)
{
    constexpr int iconSide = 64; // scaled down as needed
    QPixmap pixmap(iconSide, iconSide);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(color, 6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(color);
    painter.drawPolygon(shape);
    painter.end();
    return QIcon(pixmap);
}

} // namespace

WindowActions::WindowActions(QMainWindow* window)
    : QObject(window), recentMenu(new QMenu(tr("Open &recent"), window)),
      m_exportMenu(new QMenu(tr("&Export"), window))
{
    makeFileActions();
    makeRunActions();
    makeExportActions();
    run->setIcon(drawn(QPolygonF({{16, 10}, {54, 32}, {16, 54}}), QColor(0x2e9e5b)));
    stop->setIcon(drawn(QPolygonF(QRectF(14, 14, 36, 36)), QColor(0xd0493e)));
    recentMenu->setToolTipsVisible(true);
}

QAction* WindowActions::make(const QString& text, const QString& toolTip, const QKeySequence& shortcut)
{
    auto* action = new QAction(text, this);
    action->setShortcut(shortcut);
    const QString keys = shortcut.toString(QKeySequence::NativeText);
    action->setToolTip(keys.isEmpty() ? toolTip : u"%1 (%2)"_s.arg(toolTip, keys));
    action->setStatusTip(QString());
    return action;
}

void WindowActions::makeFileActions()
{
    openImages = make(tr("Open &images…"), tr("Add images to classify"), QKeySequence::Open);
    openModels = make(tr("Open &models…"), tr("Add model files or checkpoints"),
                      QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O));
    openSet = make(tr("Open &variant set…"), tr("Add all variants in a folder that has a vitrine.json"),
                   QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_V));
    paste = make(tr("&Paste files"), tr("Open the files that were copied elsewhere"), QKeySequence::Paste);
    build = make(tr("&Build variants…"), tr("Make all variants of a checkpoint"),
                 QKeySequence(Qt::CTRL | Qt::Key_B));
    getModel = make(tr("&Get a model…"), tr("Download an official checkpoint and build its variants"),
                    QKeySequence(Qt::CTRL | Qt::Key_D));
    clear = make(tr("&Remove everything"), tr("Take out all images and variants; no file is touched"),
                 QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Delete));
    quit = make(tr("&Quit"), tr("Close Vitrine"), QKeySequence::Quit);
    quit->setMenuRole(QAction::QuitRole);
    tryDemo = make(tr("&Try the demo"), QString());
    setDemoPossible(true);
    about = make(tr("&About Vitrine"), tr("Version and licence"));
    about->setMenuRole(QAction::AboutRole);
}

void WindowActions::makeRunActions()
{
    run = make(tr("&Run"), tr("Classify all images, and time every ticked variant on the current one"),
               QKeySequence(Qt::Key_F5));
    run->setShortcuts({QKeySequence(Qt::Key_F5), QKeySequence(Qt::CTRL | Qt::Key_R)});
    profile = make(tr("&Profile operators"),
                   tr("Watch one forward of every ticked variant: where does the time go?"),
                   QKeySequence(Qt::Key_F6));
    sweep = make(tr("Sweep &threads"),
                 tr("Time every ticked variant on each number of threads that this machine can run at once"),
                 QKeySequence(Qt::Key_F7));
    measureAgainstItself =
        make(tr("Measure &against itself"),
             tr("Time the baseline twice as if it were two variants: what differs is noise (A/A)"),
             QKeySequence(Qt::Key_F8));
    stop =
        make(tr("&Stop"), tr("Stop what is being done; results so far stay"), QKeySequence(Qt::Key_Escape));
}

void WindowActions::makeExportActions()
{
    const QString charts[] = {tr("&Predictions chart…"), tr("Model &size chart…"),
                              tr("&Latency chart…"),     tr("Sa&mples over time chart…"),
                              tr("P&hases chart…"),      tr("&Operators chart…"),
                              tr("&Threads chart…")};
    for (const ChartKind kind : allChartKinds)
        exportChart[kind] = make(charts[static_cast<std::size_t>(kind)], tr("As PNG, SVG or PDF"));
    exportAllCharts = make(tr("&All charts into a folder…"), tr("Each as PNG and SVG"));
    exportData = make(tr("&Data…"), tr("All results as CSV or JSON"), QKeySequence(Qt::CTRL | Qt::Key_E));
    for (QAction* action : std::as_const(exportChart))
        m_exportMenu->addAction(action);
    m_exportMenu->addAction(exportAllCharts);
    m_exportMenu->addSeparator();
    m_exportMenu->addAction(exportData);
}

void WindowActions::fillToolBar(QToolBar* bar, QWidget* runControls)
{
    bar->setMovable(false);
    bar->setFloatable(false);
    bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    bar->setContextMenuPolicy(Qt::PreventContextMenu);
    bar->addActions({openImages, openModels});
    bar->addSeparator();
    bar->addActions({run, stop});
    bar->addWidget(runControls);
    auto* space = new QWidget;
    space->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    bar->addWidget(space);
    auto* exportButton = new QToolButton;
    exportButton->setText(tr("Export"));
    exportButton->setToolTip(tr("Write charts or data to files"));
    exportButton->setMenu(m_exportMenu);
    exportButton->setPopupMode(QToolButton::InstantPopup);
    bar->addWidget(exportButton);
}

void WindowActions::fillMenus(QMainWindow* window)
{
    QMenu* file = window->menuBar()->addMenu(tr("&File"));
    file->addActions({openImages, openModels, openSet});
    file->addMenu(recentMenu);
    file->addAction(paste);
    file->addSeparator();
    file->addActions({build, getModel});
    file->addMenu(m_exportMenu);
    file->addSeparator();
    file->addActions({clear, quit});
    window->menuBar()->addMenu(tr("&Measure"))->addActions({run, measureAgainstItself, profile, sweep, stop});
    QMenu* help = window->menuBar()->addMenu(tr("&Help"));
    help->addActions({tryDemo, about});
    help->setToolTipsVisible(true);
    window->addActions({openImages, openModels, openSet, paste, build, getModel, clear, run, profile, sweep,
                        measureAgainstItself, stop, exportData, quit});
}

void WindowActions::setDemoPossible(bool possible)
{
    tryDemo->setEnabled(possible);
    tryDemo->setToolTip(possible
                            ? tr("Compare five variants of a small model on pictures that come with Vitrine")
                            : tr("For a window without variants: remove everything first"));
}

void WindowActions::update(bool hasVariants, bool canRun, bool canStop)
{
    for (QAction* action : {run, measureAgainstItself, profile, sweep})
        action->setEnabled(canRun);
    stop->setEnabled(canStop);
    m_exportMenu->setEnabled(hasVariants);
    for (QAction* action : m_exportMenu->actions())
        action->setEnabled(hasVariants);
}

} // namespace vitrine
