#include "core/host/frames.h"

#include "core/base/tr.h"

#include <QCborParserError>
#include <QCborValue>
#include <QtEndian>

namespace vitrine {

namespace {

constexpr qsizetype lengthBytes = sizeof(quint32);

} // namespace

QByteArray frameOf(const QCborMap& message)
{
    const QByteArray content = message.toCborValue().toCbor();
    QByteArray frame(lengthBytes, Qt::Uninitialized);
    qToLittleEndian(static_cast<quint32>(content.size()), frame.data());
    return frame + content;
}

Result<std::optional<QCborMap>> FrameReader::next()
{
    if (m_bytes.size() < lengthBytes)
        return std::optional<QCborMap>();
    const auto length = qFromLittleEndian<quint32>(m_bytes.constData());
    if (length > largest)
        return malformed(tr("a message of %1 bytes").arg(length));
    if (m_bytes.size() < lengthBytes + qsizetype{length})
        return std::optional<QCborMap>();
    QCborParserError error;
    const QCborValue message = QCborValue::fromCbor(m_bytes.mid(lengthBytes, length), &error);
    if (error.error != QCborError::NoError || error.offset != length || !message.isMap())
        return malformed(tr("a message that is no map"));
    m_bytes.remove(0, lengthBytes + qsizetype{length});
    return std::optional(message.toMap());
}

} // namespace vitrine
