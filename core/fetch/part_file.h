#pragma once

#include "core/base/result.h"
#include "core/fetch/file_hash.h"
#include "core/fetch/stepped_hash.h"

#include <QByteArray>
#include <QFile>
#include <QLockFile>
#include <QString>

#include <memory>

namespace vitrine {

/// A file that is being downloaded: TARGET.part, with what identifies the server's version of it in
/// TARGET.part.version, so that a later run can go on. TARGET.lock keeps other processes away as long as
/// this object lives. It is kept when the object goes, unless it is empty.
class PartFile
{
public:
    /// Makes the folder if need be, and locks. A part that is there already must first be hashed
    /// (hashMore()). Fails when the folder cannot be written, or another process has the lock.
    static Result<std::unique_ptr<PartFile>> open(const QString& target);
    ~PartFile();
    PartFile(const PartFile&) = delete;
    PartFile& operator=(const PartFile&) = delete;

    static QString pathFor(const QString& target); ///< TARGET.part

    QString target() const { return m_target; }
    qint64 size() const { return m_file.size(); }
    /// Hashes a piece of what was there when it was opened; true when all of it is.
    Result<bool> hashMore();
    qint64 hashedBytes() const { return m_hash.bytes(); }
    Result<QString> hash(FileHash::Kind kind); ///< Lower-case hex digits. Git's: reads all of it, at once.

    /// The ETag or date that the bytes came with; empty: not known.
    QByteArray version() const;
    /// Begins anew, with bytes of this version.
    Status restart(const QByteArray& version);
    Status append(const QByteArray& bytes);
    /// Whether the disk has room for so many more bytes.
    Status checkRoom(qint64 moreBytes) const;
    /// Forgets what has come; the file will not be there after destruction.
    void discard();
    /// Puts the file in its place, over what is there, in one step. Nothing but destruction may follow.
    Status commit();

private:
    explicit PartFile(const QString& target);

    QString m_target;
    QLockFile m_lock;
    QFile m_file;
    SteppedHash m_hash;
};

} // namespace vitrine
