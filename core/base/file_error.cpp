#include "core/base/file_error.h"

#include "core/base/literals.h"
#include "core/base/tr.h"

#include <QDir>
#include <QFileInfo>

namespace vitrine {

namespace {

QString displayName(const QString& path)
{
    const QString name = QFileInfo(path).fileName();
    return name.isEmpty() ? QDir::toNativeSeparators(path) : name;
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
    if (!info.exists())
        return fileError(ErrorKind::NotFound, path, tr("there is no such file; was it moved or renamed?"));
    if (info.isDir())
        return fileError(ErrorKind::Unsupported, path, tr("this is a folder, not a file"));
    if (!info.isFile())
        return fileError(ErrorKind::Unsupported, path, tr("this is a device or a pipe, not a file"));
    return std::nullopt;
}

Error unreadable(const QString& path, const QString& systemReason)
{
    return fileError(ErrorKind::Unreadable, path,
                     tr("it cannot be read: %1; check its permissions").arg(systemReason));
}

} // namespace vitrine
