#include "ui/file_opener.h"

#include "core/base/literals.h"
#include "core/session/comparison_session.h"
#include "ui/app_settings.h"
#include "ui/format.h"

#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QMimeData>
#include <QUrl>

namespace vitrine {

namespace {

QStringList ask(QWidget* parent, AppSettings& settings, const Setting<QString>& folder, const QString& title,
                const QString& filter)
{
    QStringList paths = QFileDialog::getOpenFileNames(parent, title, settings.value(folder), filter);
    if (!paths.isEmpty())
        settings.set(folder, QFileInfo(paths.front()).absolutePath());
    return paths;
}

} // namespace

FileOpener::FileOpener(ComparisonSession& session, AppSettings& settings, QWidget* window)
    : QObject(window), m_session(session), m_settings(settings), m_window(window)
{
}

void FileOpener::open(const QStringList& paths)
{
    if (paths.isEmpty())
        return;
    for (const QString& path : paths.mid(paths.size() - AppSettings::recentFilesKept)) // no more are kept
        if (QFileInfo::exists(path))
            m_settings.addRecentFile(QFileInfo(path).absoluteFilePath());
    m_session.addFiles(paths);
}

void FileOpener::askForImages()
{
    const QString filter = tr("Images (%1);;All files (*)").arg(imageNameFilters().join(QLatin1Char(' ')));
    open(ask(m_window, m_settings, setting::imageFolder, tr("Open images"), filter));
}

void FileOpener::askForModels()
{
    const QString filter = tr("Models and checkpoints (*.pt *.ptl *.pth *.th *.bin *.safetensors "
                              "vitrine.json);;All files (*)");
    open(ask(m_window, m_settings, setting::modelFolder, tr("Open models"), filter));
}

void FileOpener::askForVariantSet()
{
    const QString folder = QFileDialog::getExistingDirectory(m_window, tr("Open variant set"),
                                                             m_settings.value(setting::modelFolder));
    if (folder.isEmpty())
        return;
    m_settings.set(setting::modelFolder, folder);
    m_settings.addRecentFile(folder);
    m_session.addVariantSet(folder);
}

void FileOpener::paste()
{
    const QMimeData* data = QApplication::clipboard()->mimeData();
    QStringList paths = localFiles(data);
    const QString text = data != nullptr ? data->text().trimmed() : QString();
    if (paths.isEmpty() && !text.isEmpty() && QFileInfo::exists(text))
        paths << text;
    if (paths.isEmpty())
        Q_EMIT nothingToPaste();
    open(paths);
}

void FileOpener::fillRecentMenu(QMenu* menu)
{
    menu->clear();
    for (const QString& path : m_settings.value(setting::recentFiles)) {
        const QString name = displayFileName(path).replace(QLatin1Char('&'), u"&&"_s);
        QAction* action = menu->addAction(name, this, [this, path] { open({path}); });
        action->setToolTip(path);
    }
    if (menu->isEmpty())
        menu->addAction(tr("Nothing was opened yet"))->setEnabled(false);
}

QStringList FileOpener::localFiles(const QMimeData* data)
{
    QStringList paths;
    if (data != nullptr)
        for (const QUrl& url : data->urls())
            if (url.isLocalFile())
                paths << url.toLocalFile();
    return paths;
}

} // namespace vitrine
