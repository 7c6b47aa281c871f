#pragma once

#include <QObject>
#include <QStringList>

class QMenu;
class QMimeData;
class QWidget;

namespace vitrine {

class AppSettings;
class ComparisonSession;

/// All ways by which files come into the session: dialogs, paste, drop, recent files. Remembers what was
/// opened, and the folders.
class FileOpener : public QObject
{
    Q_OBJECT

public:
    FileOpener(ComparisonSession& session, AppSettings& settings, QWidget* window);

    void open(const QStringList& paths);
    void askForImages();
    void askForModels();
    void askForVariantSet();
    void paste();
    void fillRecentMenu(QMenu* menu);

    /// The files that were dragged or copied; empty when there are none.
    static QStringList localFiles(const QMimeData* data);

Q_SIGNALS:
    void nothingToPaste();

private:
    ComparisonSession& m_session;
    AppSettings& m_settings;
    QWidget* m_window;
};

} // namespace vitrine
