#include "core/engine/engine_plugin.h"

#include "core/base/literals.h"
#include "core/base/tr.h"

#include "vitrine_config.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QPluginLoader>

namespace vitrine {

namespace {

constexpr const char* pluginFile = "libvitrine_torch.so";

QStringList pluginFolders()
{
    const QDir application(QCoreApplication::applicationDirPath());
    QStringList folders;
    if (const QString stated = qEnvironmentVariable("VITRINE_PLUGIN_DIR"); !stated.isEmpty())
        folders << QDir(stated).absolutePath();
    folders << QDir::cleanPath(application.absoluteFilePath(u"../lib"_s))
            << QDir::cleanPath(application.absoluteFilePath(QStringLiteral(VITRINE_INSTALLED_PLUGIN_DIR)));
    folders.removeDuplicates();
    return folders;
}

Result<std::unique_ptr<EngineBackend>> open(const QString& path)
{
    QPluginLoader loader(path);
    loader.setLoadHints(QLibrary::PreventUnloadHint);
    auto* plugin = qobject_cast<EnginePlugin*>(loader.instance());
    if (plugin)
        return plugin->create();
    const QString detail = loader.isLoaded() ? u"It offers no "_s + QStringLiteral(VITRINE_ENGINE_PLUGIN_IID)
                                             : loader.errorString();
    return Error{
        ErrorKind::Engine,
        tr("The inference engine %1 cannot be loaded. Is LibTorch installed as Vitrine needs it?").arg(path),
        detail};
}

} // namespace

Result<std::unique_ptr<EngineBackend>> loadTorchBackend()
{
    const QStringList folders = pluginFolders();
    for (const QString& folder : folders)
        if (const QString path = QDir(folder).filePath(QLatin1String(pluginFile)); QFileInfo::exists(path))
            return open(path);
    return Error{ErrorKind::NotFound,
                 tr("The inference engine %1 was not found in %2. Install it there, or name its folder in "
                    "VITRINE_PLUGIN_DIR.")
                     .arg(QLatin1String(pluginFile), folders.join(u", "_s)),
                 {}};
}

} // namespace vitrine
