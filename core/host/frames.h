#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QCborMap>

#include <optional>

namespace vitrine {

/// One message between Vitrine and its hosting process, as it travels: a CBOR map behind its length (four
/// bytes, little-endian).
QByteArray frameOf(const QCborMap& message);

/// Cuts what arrives into messages. What comes from a process that runs foreign files is not trusted.
class FrameReader
{
public:
    static constexpr quint32 largest = 512U << 20; ///< Bytes of one message.

    void add(const QByteArray& bytes) { m_bytes += bytes; }
    /// The next message; none: it is not whole yet. Malformed: this is none, nor will anything that follows
    /// be.
    Result<std::optional<QCborMap>> next();

private:
    QByteArray m_bytes;
};

} // namespace vitrine
