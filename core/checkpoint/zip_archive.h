#pragma once

#include "core/checkpoint/checkpoint.h"
#include "core/checkpoint/mapped_file.h"

#include <QHash>
#include <QString>

#include <memory>
#include <vector>

namespace vitrine {

struct ZipEntry
{
    QString name;        ///< Without the archive's top folder: "data.pkl", "data/0".
    qint64 size = 0;     ///< Uncompressed, bytes.
    bool stored = false; ///< Not compressed.
    bool encrypted = false;
    quint32 crc = 0;
    quint64 directoryPosition = 0; ///< Where the zip library finds it again.
    quint64 number = 0;
};

/// An entry's content, and what keeps it in memory.
struct ZipContent
{
    Bytes bytes;
    std::shared_ptr<const void> owner;
};

/// Random access to a zip archive as PyTorch writes them: one top folder of any name, most entries stored.
/// One thread at a time.
/// Copies share one position in the file, and so one thread.
class ZipArchive
{
public:
    static Result<ZipArchive> open(std::shared_ptr<const MappedFile> file);
    /// The same of the file at `path`, which an error names.
    static Result<ZipArchive> open(const QString& path);

    qint64 fileBytes() const; ///< Of the archive itself, as it was opened.
    const std::vector<ZipEntry>& entries() const { return m_entries; }
    const ZipEntry* find(const QString& name) const;

    /// A stored entry is a view into the file; a compressed one is inflated (and always verified), unless
    /// it is larger than `limit` bytes. Errors do not name the file.
    Result<ZipContent> content(const ZipEntry& entry, qint64 limit, ChecksumCheck check);

private:
    struct Handle;
    ZipArchive() = default;
    Status readDirectory();
    Result<ZipContent> view(const ZipEntry& entry);
    Result<ZipContent> inflate(const ZipEntry& entry);

    std::shared_ptr<Handle> m_handle;
    std::vector<ZipEntry> m_entries;
    QHash<QString, std::size_t> m_byName;
};

} // namespace vitrine
