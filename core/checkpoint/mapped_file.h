#pragma once

#include "core/base/result.h"
#include "core/checkpoint/byte_reader.h"

#include <QFile>

#include <memory>

namespace vitrine {

/// A file's bytes, mapped into memory while this object lives. Immutable; any thread.
class MappedFile
{
public:
    /// Ordinary files only: a folder, a pipe or a device is an error.
    static Result<std::shared_ptr<const MappedFile>> open(const QString& path);

    Bytes bytes() const { return m_bytes; }

private:
    explicit MappedFile(const QString& path) : m_file(path) {}

    QFile m_file;
    Bytes m_bytes;
};

} // namespace vitrine
