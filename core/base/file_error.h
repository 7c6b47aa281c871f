#pragma once

#include "core/base/result.h"

#include <QFileDevice>

#include <optional>

namespace vitrine {

/// "model.pt: <reason>", with the whole path in the detail.
Error fileError(ErrorKind kind, const QString& path, const QString& reason);

/// The same error, its message led by the file's name. For reasons found where the file is not known.
Error inFile(const QString& path, Error error);
Failure inFile(const QString& path, Failure failure);
template <typename T>
Result<T> inFile(const QString& path, Result<T> result)
{
    return result ? std::move(result) : Result<T>(inFile(path, result.failure()));
}

/// Why the path is not an ordinary file that exists; none when it is.
std::optional<Error> whyNotReadable(const QString& path);

/// The system makes up the file's content while it is read, as in /proc: it has no size, and reading it may
/// wait for ever. An empty file on a file system that counts no blocks is taken for one, too.
bool isMadeUpBySystem(const QString& path);

/// Its name is no text in UTF-8, so that no file is found by what Qt makes of it.
bool isNameLost(const QString& path);

/// Why `file` could not be opened, mapped or read, from its error(), and what to do about that.
Error unreadable(const QFileDevice& file);

} // namespace vitrine
