#include "core/engine/engine_registry.h"

#include "core/base/literals.h"
#include "core/base/tr.h"
#include "core/engine/engine_plugin.h"

#include "vitrine_config.h"

#include <QCoreApplication>
#include <QDir>
#include <QPluginLoader>

namespace vitrine {

namespace {

const QString pluginFiles = u"libvitrine_engine_*.so"_s;

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

QStringList pluginsIn(const QString& folder)
{
    QStringList paths;
    const QDir plugins(folder);
    for (const QString& name : plugins.entryList({pluginFiles}, QDir::Files, QDir::Name))
        paths << plugins.filePath(name);
    return paths;
}

Error noPlugin(const QStringList& folders)
{
    return {ErrorKind::NotFound,
            tr("No inference engine (%1) was found in %2. Install one there, or name its folder in "
               "VITRINE_PLUGIN_DIR.")
                .arg(pluginFiles, folders.join(u", "_s)),
            {}};
}

Error notAnEngine(const QPluginLoader& loader)
{
    const QString offersNone = u"It offers no "_s + QStringLiteral(VITRINE_ENGINE_PLUGIN_IID);
    return {ErrorKind::Engine,
            tr("%1 is not an inference engine that this Vitrine can use. Install the one that belongs to it, "
               "or remove the file.")
                .arg(loader.fileName()),
            loader.metaData().isEmpty() ? loader.errorString() : offersNone};
}

std::optional<EngineInfo> infoOf(const QPluginLoader& loader)
{
    const QJsonObject about = loader.metaData();
    if (about.value(u"IID"_s).toString() != QStringLiteral(VITRINE_ENGINE_PLUGIN_IID))
        return std::nullopt;
    return engineInfoFromJson(about.value(u"MetaData"_s).toObject());
}

Result<std::unique_ptr<Engine>> open(const QString& path, const EngineInfo& info)
{
    QPluginLoader loader(path);
    loader.setLoadHints(QLibrary::PreventUnloadHint);
    if (auto* plugin = qobject_cast<EnginePlugin*>(loader.instance()))
        return plugin->create(info);
    return Error{ErrorKind::Engine,
                 tr("The inference engine %1 cannot be loaded. Is %2 installed as Vitrine needs it?")
                     .arg(path, info.name),
                 loader.errorString()};
}

} // namespace

EngineRegistry EngineRegistry::installed()
{
    const QStringList folders = pluginFolders();
    QStringList plugins;
    for (const QString& folder : folders)
        if (plugins.isEmpty())
            plugins = pluginsIn(folder);

    std::vector<AvailableEngine> engines;
    std::optional<Error> problem;
    for (const QString& path : plugins) {
        const QPluginLoader loader(path);
        if (const auto info = infoOf(loader))
            engines.push_back({*info, [path, info = *info] { return open(path, info); }});
        else if (!problem)
            problem = notAnEngine(loader);
    }
    return EngineRegistry(std::move(engines), plugins.isEmpty() ? noPlugin(folders) : problem);
}

} // namespace vitrine
