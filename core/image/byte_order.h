#pragma once

#include <QByteArray>

namespace vitrine {

enum class ByteOrder { Little, Big };

/// The `count` bytes (at most 8) at `offset` as a number; 0 where they are not all there.
inline quint64 numberAt(const QByteArray& bytes, quint64 offset, int count, ByteOrder order)
{
    const auto size = static_cast<quint64>(bytes.size());
    if (offset > size || size - offset < static_cast<quint64>(count))
        return 0;
    quint64 number = 0;
    for (int i = 0; i < count; ++i) {
        const int at = order == ByteOrder::Big ? i : count - 1 - i;
        number = number << 8 | static_cast<uchar>(bytes[static_cast<qsizetype>(offset) + at]);
    }
    return number;
}

} // namespace vitrine
