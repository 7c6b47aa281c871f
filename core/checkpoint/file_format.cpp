#include "core/checkpoint/file_format.h"

#include <QtGlobal>

#include <algorithm>
#include <string_view>

namespace vitrine {

namespace {

QByteArray textStart(Bytes bytes)
{
    return asByteArray(bytes.first(std::min<std::size_t>(bytes.size(), 4096))).trimmed();
}

} // namespace

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

bool looksLikePickle(Bytes bytes)
{
    return bytes.size() > 1 && bytes[0] == std::byte(0x80) && bytes[1] >= std::byte(2) &&
           bytes[1] <= std::byte(5);
}

bool looksLikeExecuTorch(Bytes bytes)
{
    const auto isDigit = [&](std::size_t at) {
        return bytes[at] >= std::byte('0') && bytes[at] <= std::byte('9');
    };
    return bytes.size() >= 8 && hasTextAt(bytes, 4, "ET") && isDigit(6) && isDigit(7);
}

bool looksLikeMnn(Bytes bytes)
{
    const quint32 root = ByteReader(bytes).number<quint32>().value_or(0);
    if ((root != 0x18 && root != 0x1C && root != 0x20) || bytes.size() < root + sizeof(qint32))
        return false;
    const qint64 fields = root - qint64(*ByteReader(bytes.subspan(root)).number<qint32>());
    if (fields < 4 || fields + 4 > root)
        return false;
    const quint16 size = *ByteReader(bytes.subspan(std::size_t(fields))).number<quint16>();
    return size >= 4 && size % 2 == 0 && fields + size <= root;
}

bool looksLikeOpenVino(Bytes bytes)
{
    const QByteArray start = textStart(bytes);
    return start.startsWith('<') && start.contains("<net ") && start.contains("<layers>");
}

bool looksLikeKerasJson(Bytes bytes)
{
    const QByteArray start = textStart(bytes);
    return start.startsWith('{') &&
           (start.contains("\"modelTopology\"") || start.contains("\"keras_version\"") ||
            start.contains("\"generatedBy\": \"TensorFlow"));
}

bool looksLikeDvcPointer(Bytes bytes)
{
    const QByteArray start = textStart(bytes);
    return bytes.size() < 1024 && start.contains("md5: ") && start.contains("path: ");
}

} // namespace vitrine
