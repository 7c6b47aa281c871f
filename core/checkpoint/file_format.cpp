#include "core/checkpoint/file_format.h"

#include <QtGlobal>

#include <algorithm>
#include <array>
#include <string_view>

namespace vitrine {

bool hasTextAt(Bytes bytes, std::size_t offset, const char* text)
{
    const std::string_view expected(text);
    return offset <= bytes.size() && expected.size() <= bytes.size() - offset &&
           std::memcmp(bytes.data() + offset, expected.data(), expected.size()) == 0;
}

bool looksLikeZip(Bytes bytes)
{
    return hasTextAt(bytes, 0, "PK\x03\x04");
}

bool looksLikeSafetensors(Bytes bytes)
{
    constexpr quint64 largestHeader = 100'000'000;
    ByteReader reader(bytes);
    const auto length = reader.number<quint64>();
    return length && *length >= 2 && *length <= largestHeader &&
           (hasTextAt(bytes, 8, "{\"") || hasTextAt(bytes, 8, "{}") || hasTextAt(bytes, 8, "{ "));
}

bool looksLikeLegacyCheckpoint(Bytes bytes)
{
    // 80 <protocol> [95 <8 bytes of frame length>] 8a 0a <0x1950a86a20f9469cfc6c, little-endian>
    constexpr std::array<quint8, 12> magic{0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46,
                                           0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19};
    const auto matchesAt = [&](std::size_t offset) {
        return bytes.size() >= offset + magic.size() &&
               std::memcmp(bytes.data() + offset, magic.data(), magic.size()) == 0;
    };
    return !bytes.empty() && bytes[0] == std::byte{0x80} && (matchesAt(2) || matchesAt(11));
}

bool looksLikeTar(Bytes bytes)
{
    return hasTextAt(bytes, 257, "ustar");
}

bool looksLikeGitLfsPointer(Bytes bytes)
{
    return bytes.size() < 1024 && hasTextAt(bytes, 0, "version https://git-lfs.github.com/spec/");
}

} // namespace vitrine
