#pragma once

#include "core/fetch/file_hash.h"

#include <QByteArrayView>
#include <QCryptographicHash>
#include <QFile>
#include <QString>

#include <memory>

namespace vitrine {

/// The hash of a file, a piece at a time, so that an event loop can go on between the pieces.
class SteppedHash
{
public:
    enum class Step { More, AtEnd, Failed };

    /// Hashes the next piece of an open file, which goes on where the last one ended.
    Step addPieceOf(QFile& file)
    {
        if (!file.seek(m_bytes))
            return Step::Failed;
        const QByteArray piece = file.read(pieceBytes);
        if (piece.isEmpty())
            return file.error() == QFileDevice::NoError ? Step::AtEnd : Step::Failed;
        add(piece);
        return Step::More;
    }

    void add(QByteArrayView bytes)
    {
        m_hash->addData(bytes);
        m_bytes += bytes.size();
    }

    /// Begins anew. Git's hash begins with the size of the whole file.
    void reset(FileHash::Kind kind = FileHash::Kind::Sha256, qint64 size = 0)
    {
        const bool isGit = kind == FileHash::Kind::Git;
        m_hash = std::make_unique<QCryptographicHash>(isGit ? QCryptographicHash::Sha1
                                                            : QCryptographicHash::Sha256);
        if (isGit)
            m_hash->addData("blob " + QByteArray::number(size) + '\0');
        m_bytes = 0;
    }

    qint64 bytes() const { return m_bytes; } ///< Hashed so far.
    QString hex() const { return QString::fromLatin1(m_hash->result().toHex()); }

    static constexpr qint64 pieceBytes = 4'000'000;

private:
    std::unique_ptr<QCryptographicHash> m_hash =
        std::make_unique<QCryptographicHash>(QCryptographicHash::Sha256);
    qint64 m_bytes = 0;
};

} // namespace vitrine
