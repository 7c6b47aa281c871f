#include "core/base/data_file.h"

#include "core/base/literals.h"
#include "core/base/tr.h"

#include "vitrine_config.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QStandardPaths>

namespace vitrine {

namespace {

QStringList dataFolders()
{
    if (const QString stated = qEnvironmentVariable("VITRINE_DATA_DIR"); !stated.isEmpty())
        return {QDir(stated).absolutePath()};
    const QDir application(QCoreApplication::applicationDirPath());
    QStringList folders;
    for (const QString& folder : {u"../share/vitrine"_s, QStringLiteral(VITRINE_INSTALLED_DATA_DIR)})
        folders << QDir::cleanPath(application.absoluteFilePath(folder));
    folders.removeDuplicates();
    return folders;
}

} // namespace

Result<QString> findDataFile(const QString& name)
{
    const QStringList folders = dataFolders();
    for (const QString& folder : folders)
        if (const QString path = QDir(folder).filePath(name); QFileInfo(path).isFile())
            return path;
    return Error{ErrorKind::NotFound,
                 tr("%1 was not found in %2. Install Vitrine with its data, or name the folder that holds it "
                    "in VITRINE_DATA_DIR.")
                     .arg(name, folders.join(u", "_s))};
}

QString cachePath(const QString& name)
{
    return QDir(QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation))
        .filePath(u"vitrine/"_s + name);
}

} // namespace vitrine
