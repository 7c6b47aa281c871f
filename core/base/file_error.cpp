#include "core/base/file_error.h"

#include "core/base/literals.h"
#include "core/base/tr.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <sys/vfs.h>

namespace vitrine {

namespace {

QString displayName(const QString& path)
{
    const QString name = QFileInfo(path).fileName();
    return name.isEmpty() ? QDir::toNativeSeparators(path) : name;
}

QString adviceOn(QFileDevice::FileError cause)
{
    if (cause == QFileDevice::PermissionsError)
        return tr("check its permissions");
    if (cause == QFileDevice::ResourceError)
        return tr("close other programs and files, and try again");
    return tr("see that its disk or network works, or copy the file elsewhere");
}

} // namespace

Error fileError(ErrorKind kind, const QString& path, const QString& reason)
{
    return Error{kind, displayName(path) + u": "_s + reason, QDir::toNativeSeparators(path)};
}

Error inFile(const QString& path, Error error)
{
    const QString detail = QDir::toNativeSeparators(path);
    error.message = displayName(path) + u": "_s + error.message;
    error.detail = error.detail.isEmpty() ? detail : detail + QLatin1Char('\n') + error.detail;
    return error;
}

Failure inFile(const QString& path, Failure failure)
{
    if (Error* error = std::get_if<Error>(&failure))
        return inFile(path, std::move(*error));
    return failure;
}

std::optional<Error> whyNotReadable(const QString& path)
{
    const QFileInfo info(path);
    if (!info.exists() && info.isSymLink())
        return fileError(ErrorKind::NotFound, path,
                         tr("the link leads to %1, which does not exist").arg(info.symLinkTarget()));
    if (!info.exists() && isNameLost(path))
        return fileError(ErrorKind::NotFound, path,
                         tr("its name is not in UTF-8, so it cannot be opened; rename it"));
    if (!info.exists())
        return fileError(ErrorKind::NotFound, path, tr("there is no such file; was it moved or renamed?"));
    if (info.isDir())
        return fileError(ErrorKind::Unsupported, path, tr("this is a folder, not a file"));
    if (!info.isFile())
        return fileError(ErrorKind::Unsupported, path, tr("this is a device or a pipe, not a file"));
    if (isMadeUpBySystem(path))
        return fileError(
            ErrorKind::Unsupported, path,
            tr("it is empty, or the system makes up its content while it is read; copy that into a file"));
    return std::nullopt;
}

bool isMadeUpBySystem(const QString& path)
{
    struct statfs system = {};
    const QFileInfo info(path);
    return info.isFile() && info.size() == 0 && statfs(QFile::encodeName(path).constData(), &system) == 0 &&
           system.f_blocks == 0;
}

bool isNameLost(const QString& path)
{
    return path.contains(QChar::ReplacementCharacter);
}

Error unreadable(const QFileDevice& file)
{
    return fileError(ErrorKind::Unreadable, file.fileName(),
                     tr("it cannot be read: %1; %2").arg(file.errorString(), adviceOn(file.error())));
}

} // namespace vitrine
