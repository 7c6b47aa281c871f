#include "ui/open_dialogs.h"

#include "core/image/image_reader.h"
#include "core/tr.h"
#include "ui/app_settings.h"

#include <QFileDialog>
#include <QFileInfo>

namespace vitrine {

namespace {

QStringList askForFiles(QWidget* parent, AppSettings& settings, const Setting<QString>& folder,
                        const QString& title, const QString& filter)
{
    const QStringList paths = QFileDialog::getOpenFileNames(parent, title, settings.value(folder), filter);
    if (!paths.isEmpty())
        settings.set(folder, QFileInfo(paths.front()).absolutePath());
    return paths;
}

} // namespace

QStringList askForImages(QWidget* parent, AppSettings& settings)
{
    const QString filter = tr("Images (%1);;All files (*)").arg(imageNameFilters().join(QLatin1Char(' ')));
    return askForFiles(parent, settings, setting::imageFolder, tr("Open images"), filter);
}

QStringList askForModels(QWidget* parent, AppSettings& settings)
{
    const QString filter = tr("Models and checkpoints (*.pt *.ptl *.pth *.th *.bin *.safetensors "
                              "vitrine.json);;All files (*)");
    return askForFiles(parent, settings, setting::modelFolder, tr("Open models"), filter);
}

QString askForVariantSet(QWidget* parent, AppSettings& settings)
{
    const QString folder = QFileDialog::getExistingDirectory(parent, tr("Open variant set"),
                                                             settings.value(setting::modelFolder));
    if (!folder.isEmpty())
        settings.set(setting::modelFolder, folder);
    return folder;
}

} // namespace vitrine
