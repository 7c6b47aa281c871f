#include "core/build/replaced_folder.h"

#include "core/base/file_writing.h"
#include "core/base/literals.h"
#include "core/base/tr.h"
#include "core/model/variant_set.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSet>

#include <cerrno>
#include <cstdio>
#include <fcntl.h>

namespace vitrine {

Status ReplacedFolder::check(const QString& folder)
{
    const auto everything = QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot;
    const bool isEmptyFolder = QFileInfo(folder).isDir() && QDir(folder).isEmpty(everything);
    if (!QFileInfo::exists(folder) || isEmptyFolder)
        return Done{};
    if (!holdsVariantSet(folder))
        return Error{ErrorKind::Usage,
                     tr("%1 exists and is not a variant set. Choose a folder that does not exist yet, or a "
                        "variant set to replace.")
                         .arg(folder)};
    const auto set = readVariantSet(folder);
    if (!set)
        return Error{
            ErrorKind::Usage,
            tr("%1 exists, but is not a whole variant set. Choose another folder, or remove it first.")
                .arg(folder),
            set.error().message};
    QSet<QString> known{QLatin1String(manifestName)};
    for (const Variant& variant : set->variants)
        known.insert(QDir(folder).relativeFilePath(variant.path));
    for (const QString& name : QDir(folder).entryList(everything))
        if (!known.contains(name))
            return Error{ErrorKind::Usage,
                         tr("%1 also holds %2, which is not part of the variant set and would be lost. Move "
                            "it away, or choose another folder.")
                             .arg(folder, name)};
    return Done{};
}

Result<ReplacedFolder> ReplacedFolder::prepare(const QString& folder)
{
    if (folder.isEmpty())
        return Error{ErrorKind::Usage, tr("No folder is given for the variants.")};
    const QString absolute = QDir::cleanPath(QFileInfo(folder).absoluteFilePath());
    const QFileInfo target(QFileInfo(absolute).isSymLink() ? QFileInfo(absolute).canonicalFilePath()
                                                           : absolute);
    if (!target.absoluteDir().exists())
        return Error{
            ErrorKind::NotFound,
            tr("The folder %1 does not exist. Make it, or choose another.").arg(target.absolutePath())};
    HiddenFolder::clearAbandoned(target.absolutePath());
    if (const Status replaceable = check(target.absoluteFilePath()); !replaceable)
        return replaceable.failure();

    ReplacedFolder result;
    result.m_folder = target.absoluteFilePath();
    result.m_hidden = HiddenFolder(target.absolutePath());
    if (!result.m_hidden.isValid())
        return notWritable(result.m_folder, result.m_hidden.errorString());
    // Not the hidden folder itself: that is closed to other users.
    if (!QDir().mkdir(result.workFolder()))
        return notWritable(result.m_folder, tr("no folder can be made beside it"));
    return result;
}

QString ReplacedFolder::workFolder() const
{
    return m_hidden.filePath(u"new"_s);
}

Status ReplacedFolder::commit()
{
    const QByteArray made = QFile::encodeName(workFolder());
    const QByteArray place = QFile::encodeName(m_folder);
    const auto moved = [&](unsigned how) {
        return renameat2(AT_FDCWD, made.constData(), AT_FDCWD, place.constData(), how) == 0;
    };
    // In one step, so that there is a whole set whenever the process is killed. Another build into the same
    // folder may end between these.
    if (moved(RENAME_EXCHANGE) || (errno == ENOENT && moved(RENAME_NOREPLACE)) ||
        (errno == EEXIST && moved(RENAME_EXCHANGE)))
        return Done{};
    return moveInTwoSteps();
}

/// Where the file system can do neither. Whoever comes after a kill in between
/// moves the old one back: see HiddenFolder.
Status ReplacedFolder::moveInTwoSteps()
{
    const QString old = m_hidden.placeForOld(QFileInfo(m_folder).fileName());
    QDir files;
    const bool existed = QFileInfo::exists(m_folder);
    if (existed && !files.rename(m_folder, old))
        return notWritable(m_folder, tr("the variant set that is there cannot be moved away"));
    if (files.rename(workFolder(), m_folder))
        return Done{};
    if (existed && !files.rename(old, m_folder)) {
        m_hidden.keep();
        return notWritable(m_folder, tr("the variant set that was there is now in %1").arg(old));
    }
    return notWritable(m_folder, tr("the new folder cannot be moved there"));
}

} // namespace vitrine
