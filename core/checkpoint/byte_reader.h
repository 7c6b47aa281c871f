#pragma once

#include <QByteArray>

#include <bit>
#include <cstddef>
#include <cstring>
#include <optional>
#include <span>
#include <type_traits>

namespace vitrine {

using Bytes = std::span<const std::byte>;

/// Not a copy: good while `bytes` are.
inline QByteArray asByteArray(Bytes bytes)
{
    return QByteArray::fromRawData(reinterpret_cast<const char*>(bytes.data()), qsizetype(bytes.size()));
}

/// Reads little-endian values one after another; never past the end.
class ByteReader
{
public:
    explicit ByteReader(Bytes bytes) : m_bytes(bytes) {}

    std::size_t position() const { return m_position; }
    std::size_t remaining() const { return m_bytes.size() - m_position; }
    Bytes rest() const { return m_bytes.subspan(m_position); }

    /// None when fewer than `size` bytes remain; nothing is consumed then.
    std::optional<Bytes> take(std::size_t size)
    {
        if (size > remaining())
            return std::nullopt;
        const Bytes taken = m_bytes.subspan(m_position, size);
        m_position += size;
        return taken;
    }

    template <typename T>
    std::optional<T> number()
    {
        static_assert(std::is_trivially_copyable_v<T> && std::endian::native == std::endian::little);
        const std::optional<Bytes> bytes = take(sizeof(T));
        if (!bytes)
            return std::nullopt;
        T value{};
        std::memcpy(&value, bytes->data(), sizeof(T));
        return value;
    }

private:
    Bytes m_bytes;
    std::size_t m_position = 0;
};

} // namespace vitrine
