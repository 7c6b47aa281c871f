#pragma once

#include <QByteArrayView>
#include <QCryptographicHash>
#include <QFile>
#include <QString>

namespace vitrine {

/// SHA-256 of a file, a piece at a time, so that an event loop can go on between the pieces.
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
        m_hash.addData(bytes);
        m_bytes += bytes.size();
    }

    void reset()
    {
        m_hash.reset();
        m_bytes = 0;
    }

    qint64 bytes() const { return m_bytes; } ///< Hashed so far.
    QString hex() const { return QString::fromLatin1(m_hash.result().toHex()); }

    static constexpr qint64 pieceBytes = 4'000'000;

private:
    QCryptographicHash m_hash{QCryptographicHash::Sha256};
    qint64 m_bytes = 0;
};

} // namespace vitrine
