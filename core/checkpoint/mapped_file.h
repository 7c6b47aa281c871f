#pragma once

#include "core/base/result.h"
#include "core/checkpoint/byte_reader.h"
#include "core/checkpoint/mapping_guard.h"

#include <QFile>

#include <memory>
#include <optional>

namespace vitrine {

/// A file's bytes, mapped into memory while this object lives. Any thread. Somebody else may change the file
/// meanwhile: bytes() stays safe to read (what is no longer there reads as zeros), but whatever was read
/// counts only if whyNotWhole() is none afterwards.
class MappedFile
{
public:
    /// Ordinary files only: a folder, a pipe or a device is an error.
    static Result<std::shared_ptr<const MappedFile>> open(const QString& path);

    Bytes bytes() const { return m_bytes; }

    /// None: the file is as it was when it was opened, and all that was read is really in it.
    std::optional<Error> whyNotWhole() const;

private:
    /// What changes when a file is written to.
    struct State
    {
        qint64 size = 0;
        qint64 changed_ns = 0;

        bool operator==(const State&) const = default;
    };

    explicit MappedFile(const QString& path) : m_file(path) {}
    std::optional<State> stateNow() const;

    QFile m_file; ///< Open, to be asked for its state.
    Bytes m_bytes;
    std::optional<State> m_state;
    std::optional<MappingGuard> m_guard; ///< Gone before the memory is.
};

} // namespace vitrine
