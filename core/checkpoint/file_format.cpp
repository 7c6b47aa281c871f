#include "core/checkpoint/file_format.h"

#include <QtGlobal>

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
    constexpr const char* magic = "\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19";
    return hasTextAt(bytes, 0, "\x80") && (hasTextAt(bytes, 2, magic) || hasTextAt(bytes, 11, magic));
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
