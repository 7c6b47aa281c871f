#pragma once

#include <QByteArray>

#include <algorithm>

namespace vitrine {

/// Reads bytes in memory; past the end it yields zeros. `bytes` must outlive it.
class ByteCursor
{
public:
    ByteCursor(const QByteArray& bytes, qsizetype position)
        : m_bytes(bytes), m_position(std::min(position, bytes.size()))
    {
    }

    bool atEnd() const { return m_position >= m_bytes.size(); }
    qsizetype position() const { return m_position; }
    uchar next() { return atEnd() ? 0 : static_cast<uchar>(m_bytes[m_position++]); }
    void skip(qint64 count) { m_position += std::min<qint64>(count, m_bytes.size() - m_position); }
    void skipTo(char byte)
    {
        const qsizetype found = m_bytes.indexOf(byte, m_position);
        m_position = found < 0 ? m_bytes.size() : found;
    }
    /// The next `count` bytes (at most 8) as a big-endian number.
    quint64 nextNumber(int count)
    {
        quint64 number = 0;
        for (int i = 0; i < count; ++i)
            number = number << 8 | next();
        return number;
    }

private:
    const QByteArray& m_bytes;
    qsizetype m_position;
};

} // namespace vitrine
