#pragma once

#include "core/base/result.h"

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

/// The operating system's reason why a file cannot be read.
Error unreadable(const QString& path, const QString& systemReason);

} // namespace vitrine
