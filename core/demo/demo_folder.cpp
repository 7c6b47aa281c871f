#include "core/demo/demo_folder.h"

#include "core/base/file_writing.h"
#include "core/base/tr.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace vitrine {

namespace {

const QByteArray mark = "Written by `vitrine demo`, which overwrites it.\n\n";

bool isMarked(const QDir& folder)
{
    QFile report(folder.filePath(QLatin1String(demoReportFile)));
    return report.open(QIODevice::ReadOnly) && report.read(mark.size()) == mark;
}

/// The folder itself, or what it would be made in.
QFileInfo nearestExisting(const QString& folder)
{
    QFileInfo info(QDir::cleanPath(QFileInfo(folder).absoluteFilePath()));
    while (!info.exists() && !info.isRoot())
        info = QFileInfo(info.path());
    return info;
}

Error cannotWrite(const QString& folder)
{
    return {ErrorKind::Unreadable,
            tr("The folder %1 cannot be written. Name one that can: --out DIR.").arg(folder)};
}

} // namespace

std::optional<Error> whyNotDemoFolder(const QString& folder, const QStringList& files)
{
    const QDir directory(folder);
    const QFileInfo place = nearestExisting(folder);
    if (!place.isDir() || !place.isWritable())
        return cannotWrite(directory.absolutePath());
    if (isMarked(directory))
        return std::nullopt;
    for (const QString& name : QStringList{QLatin1String(demoReportFile)} + files)
        if (directory.exists(name))
            return Error{
                ErrorKind::Usage,
                tr("%1 holds a file %2 that is not the demo's and would be overwritten. Name another "
                   "folder: --out DIR.")
                    .arg(directory.absolutePath(), name)};
    return std::nullopt;
}

Status writeDemoReport(const QString& folder, const QString& text)
{
    if (!QDir().mkpath(folder))
        return cannotWrite(QDir(folder).absolutePath());
    return writeFileAtomically(QDir(folder).filePath(QLatin1String(demoReportFile)),
                               mark + text.toUtf8() + '\n');
}

} // namespace vitrine
