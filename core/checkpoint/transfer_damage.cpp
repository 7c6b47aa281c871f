#include "core/checkpoint/transfer_damage.h"

#include "core/base/tr.h"

#include <algorithm>

namespace vitrine {

namespace {

constexpr std::size_t longestLook = 4 << 20;

/// By chance one line feed in 256 follows a carriage return.
bool hasOnlyWindowsLineEnds(Bytes bytes)
{
    constexpr int enough = 2;
    int count = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (bytes[i] != std::byte('\n'))
            continue;
        if (i == 0 || bytes[i - 1] != std::byte('\r'))
            return false;
        ++count;
    }
    return count >= enough;
}

bool isFullOfReplacements(Bytes bytes)
{
    constexpr int enough = 16;
    const QByteArray head = asByteArray(bytes.first(std::min<std::size_t>(bytes.size(), 64 << 10)));
    return head.count("\xEF\xBF\xBD") >= enough;
}

} // namespace

std::optional<QString> transferDamage(Bytes bytes)
{
    const Bytes head = bytes.first(std::min(bytes.size(), longestLook));
    if (hasOnlyWindowsLineEnds(head))
        return tr(
            "it was altered on its way: something took it for text and changed its line ends to those of "
            "Windows (CRLF); get it again in binary mode (for Git: \"*.pth binary\" in .gitattributes)");
    if (isFullOfReplacements(head))
        return tr(
            "it was altered on its way: something took it for UTF-8 text and replaced what is none; get it "
            "again as binary data");
    return std::nullopt;
}

} // namespace vitrine
