#include "core/image/netpbm.h"

#include "core/image/byte_order.h"

#include <algorithm>
#include <array>
#include <optional>

namespace vitrine {

namespace {

struct NetpbmHeader
{
    std::array<qint64, 3> numbers{}; ///< Width, height, greatest sample.
    qsizetype end = 0;               ///< Where the samples begin.
};

bool isNetpbmSpace(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

qsizetype skipSpaceAndComments(const QByteArray& bytes, qsizetype at)
{
    while (at < bytes.size() && (isNetpbmSpace(bytes[at]) || bytes[at] == '#')) {
        if (bytes[at] == '#')
            while (at < bytes.size() && bytes[at] != '\n' && bytes[at] != '\r')
                ++at;
        else
            ++at;
    }
    return at;
}

std::optional<NetpbmHeader> readNetpbmHeader(const QByteArray& bytes)
{
    constexpr qint64 maximumNumber = 1'000'000'000;
    NetpbmHeader header;
    qsizetype at = 2;
    for (qint64& number : header.numbers) {
        at = skipSpaceAndComments(bytes, at);
        const qsizetype start = at;
        for (; at < bytes.size() && bytes[at] >= '0' && bytes[at] <= '9'; ++at)
            number = std::min(number * 10 + (bytes[at] - '0'), maximumNumber);
        if (at == start)
            return std::nullopt;
    }
    if (at >= bytes.size() || !isNetpbmSpace(bytes[at]))
        return std::nullopt;
    header.end = at + 1;
    return header;
}

} // namespace

QByteArray withEightBitSamples(const QByteArray& netpbm)
{
    constexpr qint64 maximumSample = 65535;
    if (!netpbm.startsWith("P5") && !netpbm.startsWith("P6"))
        return netpbm;
    const auto header = readNetpbmHeader(netpbm);
    if (!header)
        return netpbm;
    const auto [width, height, greatest] = header->numbers;
    const int sampleBytes = greatest > 255 ? 2 : 1;
    const qint64 available = (netpbm.size() - header->end) / sampleBytes;
    const qint64 rowSamples = width * (netpbm.startsWith("P6") ? 3 : 1);
    if (greatest == 0 || greatest == 255 || greatest > maximumSample || rowSamples == 0 ||
        available / rowSamples < height)
        return netpbm;
    QByteArray result =
        netpbm.first(2) + ' ' + QByteArray::number(width) + ' ' + QByteArray::number(height) + " 255\n";
    const qsizetype begin = result.size();
    result.resize(begin + rowSamples * height);
    for (qint64 i = 0; i < rowSamples * height; ++i) {
        const auto sample =
            static_cast<qint64>(numberAt(netpbm, header->end + i * sampleBytes, sampleBytes, ByteOrder::Big));
        result[begin + i] = static_cast<char>((std::min(sample, greatest) * 510 + greatest) / (2 * greatest));
    }
    return result;
}

} // namespace vitrine
