#include "core/checkpoint/tar_archive.h"

#include "core/base/literals.h"
#include "core/base/tr.h"
#include "core/checkpoint/excerpt.h"
#include "core/checkpoint/file_format.h"

#include <zlib.h>

#include <algorithm>

namespace vitrine {

namespace {

constexpr std::size_t tarBlock = 512;

QByteArray tarText(Bytes header, std::size_t offset, std::size_t size)
{
    const QByteArray text = asByteArray(header.subspan(offset, size));
    const qsizetype end = text.indexOf('\0');
    return (end < 0 ? text : text.left(end)).trimmed();
}

std::optional<qint64> tarNumber(Bytes header, std::size_t offset, std::size_t size)
{
    bool ok = false;
    const qint64 number = tarText(header, offset, size).toLongLong(&ok, 8);
    return ok && number >= 0 ? std::optional(number) : std::nullopt;
}

/// The sum of all bytes, those of the sum itself taken for spaces.
bool hasTarChecksum(Bytes header)
{
    constexpr std::size_t begin = 148;
    constexpr std::size_t size = 8;
    qint64 sum = 0;
    for (std::size_t i = 0; i < header.size(); ++i)
        sum += i >= begin && i < begin + size ? ' ' : std::to_integer<int>(header[i]);
    return tarNumber(header, begin, size) == sum;
}

} // namespace

std::vector<ArchiveMember> tarMembers(Bytes bytes)
{
    constexpr std::size_t mostMembers = 10'000;
    std::vector<ArchiveMember> members;
    ByteReader reader(bytes);
    for (std::size_t i = 0; i < mostMembers; ++i) {
        const std::optional<Bytes> header = reader.take(tarBlock);
        const auto size = header && hasTarChecksum(*header) ? tarNumber(*header, 124, 12) : std::nullopt;
        if (!size)
            break;
        const char type = char((*header)[156]);
        if (type == '0' || type == '\0')
            members.push_back({QString::fromUtf8(tarText(*header, 0, 100)), *size});
        const quint64 padded = (quint64(*size) + tarBlock - 1) / tarBlock * tarBlock;
        if (!reader.take(padded))
            break;
    }
    return members;
}

bool looksLikeOrdinaryTar(Bytes bytes)
{
    const std::vector<ArchiveMember> members =
        looksLikeTar(bytes) ? tarMembers(bytes) : std::vector<ArchiveMember>();
    return !members.empty() && std::ranges::none_of(members, [](const ArchiveMember& member) {
        return member.name.section(QLatin1Char('/'), -1) == u"sys_info"_s;
    });
}

QByteArray gunzippedHead(Bytes bytes)
{
    constexpr std::size_t longest = 64 << 10;
    constexpr int gzipWindow = 16 + MAX_WBITS;
    QByteArray head(longest, Qt::Uninitialized);
    z_stream stream{};
    if (inflateInit2(&stream, gzipWindow) != Z_OK)
        return {};
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<std::byte*>(bytes.data()));
    stream.avail_in = uInt(std::min(bytes.size(), 2 * longest));
    stream.next_out = reinterpret_cast<Bytef*>(head.data());
    stream.avail_out = uInt(longest);
    inflate(&stream, Z_SYNC_FLUSH);
    head.truncate(qsizetype(longest - stream.avail_out));
    inflateEnd(&stream);
    return head;
}

QString whichHolds(const std::vector<ArchiveMember>& members)
{
    const auto largest = std::ranges::max_element(members, {}, &ArchiveMember::bytes);
    if (largest == members.end())
        return {};
    return members.size() == 1 ? tr(" (it holds %1)").arg(quoted(largest->name))
                               : tr(" (it holds %1 and others)").arg(quoted(largest->name));
}

} // namespace vitrine
