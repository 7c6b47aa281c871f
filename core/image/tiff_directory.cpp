#include "core/image/tiff_directory.h"

#include <algorithm>

namespace vitrine {

namespace {

/// Bytes of one number of this field type; 0: they are no whole numbers.
int numberBytes(quint64 fieldType)
{
    switch (fieldType) {
    case 1: // BYTE
        return 1;
    case 3: // SHORT
        return 2;
    case 4:  // LONG
    case 13: // IFD
        return 4;
    case 16: // LONG8
    case 18: // IFD8
        return 8;
    default:
        return 0;
    }
}

} // namespace

TiffDirectory::TiffDirectory(QByteArray bytes, ByteOrder order, bool big)
    : m_bytes(std::move(bytes)), m_order(order), m_big(big)
{
}

std::optional<TiffDirectory> TiffDirectory::first(const QByteArray& bytes)
{
    if (!bytes.startsWith("II") && !bytes.startsWith("MM"))
        return std::nullopt;
    constexpr quint64 classicVersion = 42;
    constexpr quint64 bigVersion = 43;
    const ByteOrder order = bytes.startsWith("MM") ? ByteOrder::Big : ByteOrder::Little;
    const quint64 version = numberAt(bytes, 2, 2, order);
    if (version != classicVersion && version != bigVersion)
        return std::nullopt;
    const TiffDirectory none(bytes, order, version == bigVersion);
    return none.at(none.m_big ? none.read(8, 8) : none.read(4, 4));
}

std::optional<TiffDirectory> TiffDirectory::at(quint64 offset) const
{
    constexpr quint64 maximumEntries = 65535;
    const quint64 countBytes = m_big ? 8 : 2;
    const quint64 entryBytes = m_big ? 20 : 12;
    const auto size = static_cast<quint64>(m_bytes.size());
    if (offset == 0 || offset >= size || size - offset < countBytes)
        return std::nullopt;
    TiffDirectory directory(m_bytes, m_order, m_big);
    directory.m_entries = offset + countBytes;
    directory.m_count = std::min({read(offset, static_cast<int>(countBytes)), maximumEntries,
                                  (size - directory.m_entries) / entryBytes});
    return directory;
}

quint64 TiffDirectory::find(quint16 tag) const
{
    const quint64 entryBytes = m_big ? 20 : 12;
    for (quint64 i = 0; i < m_count; ++i)
        if (const quint64 entry = m_entries + i * entryBytes; read(entry, 2) == tag)
            return entry;
    return 0;
}

QList<quint64> TiffDirectory::numbers(Tag tag) const
{
    const quint64 entry = find(tag);
    const int bytes = entry == 0 ? 0 : numberBytes(read(entry + 2, 2));
    if (bytes == 0)
        return {};
    const int wordBytes = m_big ? 8 : 4;
    const quint64 count = std::min<quint64>(read(entry + 4, wordBytes), maximumNumbers);
    quint64 place = entry + 4 + wordBytes;
    if (count * bytes > static_cast<quint64>(wordBytes))
        place = read(place, wordBytes);
    const auto size = static_cast<quint64>(m_bytes.size());
    if (place > size || size - place < count * bytes)
        return {};
    QList<quint64> numbers;
    for (quint64 i = 0; i < count; ++i)
        numbers.append(read(place + i * bytes, bytes));
    return numbers;
}

quint64 TiffDirectory::number(Tag tag, quint64 absent) const
{
    const QList<quint64> all = numbers(tag);
    return all.isEmpty() ? absent : all.first();
}

} // namespace vitrine
