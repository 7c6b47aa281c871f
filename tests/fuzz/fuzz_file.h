#pragma once

#include "core/base/result.h"

#include <QFile>
#include <QString>
#include <QTemporaryDir>

#include <cstddef>
#include <cstdint>
#include <cstdlib>

/// What libFuzzer calls with each input; a target is a file that defines it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace vitrine::fuzz {

/// The input as a file of this name, alone in a folder (TMPDIR, which run puts into memory): the next call
/// overwrites it. Aborts where it cannot be written. Returns the path.
inline QString inputFile(const std::uint8_t* data, std::size_t size, const char* name = "input")
{
    static const QTemporaryDir folder;
    static QFile file(folder.filePath(QLatin1String(name)));
    if (!file.isOpen() && !file.open(QIODevice::WriteOnly | QIODevice::Unbuffered))
        std::abort();
    const auto bytes = static_cast<qint64>(size);
    const bool written =
        file.seek(0) && file.resize(bytes) && file.write(reinterpret_cast<const char*>(data), bytes) == bytes;
    if (!written)
        std::abort();
    return file.fileName();
}

/// An error without words is a finding, too.
template <typename T>
const Result<T>& explained(const Result<T>& result)
{
    if (!result.ok() && (result.isCancelled() || result.error().message.isEmpty()))
        std::abort();
    return result;
}

} // namespace vitrine::fuzz
