#pragma once

#include "ui/charts/comparison_chart.h"

#include <QAction>
#include <QMap>
#include <QObject>

class QMainWindow;
class QMenu;
class QToolBar;

namespace vitrine {

/// All actions of the window, with their texts, shortcuts, icons and tool tips, and the menus and the tool
/// bar that hold them. What they do is connected by the window.
class WindowActions : public QObject
{
    Q_OBJECT

public:
    explicit WindowActions(QMainWindow* window);

    /// `runControls` goes between Stop and Export.
    void fillToolBar(QToolBar* bar, QWidget* runControls);
    void fillMenus(QMainWindow* window);
    /// Enables what makes sense now.
    void update(bool hasVariants, bool canRun, bool canStop);
    /// The demo brings its own variants: it is for a window that has none.
    void setDemoPossible(bool possible);

    QAction* openImages;
    QAction* openModels;
    QAction* openSet;
    QAction* paste;
    QAction* build;
    QAction* getModel; ///< Downloads a checkpoint.
    QAction* run;
    QAction* profile;
    QAction* sweep;                ///< Of threads.
    QAction* measureAgainstItself; ///< A/A.
    QAction* stop;
    QAction* clear;
    QAction* exportAllCharts;
    QAction* exportData;
    QAction* quit;
    QAction* tryDemo;
    QAction* about;
    QMap<ChartKind, QAction*> exportChart;
    QMenu* recentMenu; ///< Filled by the window when it is about to show.

private:
    QAction* make(const QString& text, const QString& toolTip, const QKeySequence& shortcut = {});
    void makeFileActions();
    void makeRunActions();
    void makeExportActions();

    QMenu* m_exportMenu;
};

} // namespace vitrine
