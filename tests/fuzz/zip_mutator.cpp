// Mutates a zip archive by the content of one of its entries and writes it anew, checksums and all: a changed
// byte of an entry would otherwise end at its checksum. One time in four, and whatever is no archive of
// stored entries, as plain bytes.

#include <zlib.h>

#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t maximum);

namespace {

constexpr std::uint32_t localMark = 0x04034b50;
constexpr std::uint32_t centralMark = 0x02014b50;
constexpr std::uint32_t endMark = 0x06054b50;
constexpr std::size_t localBytes = 30;

struct Entry
{
    std::string name;
    std::string content;
};

template <typename T>
T numberAt(const std::string& bytes, std::size_t at)
{
    T number{};
    std::memcpy(&number, bytes.data() + at, sizeof(T));
    return number;
}

template <typename T>
void append(std::string& bytes, T number)
{
    bytes.append(reinterpret_cast<const char*>(&number), sizeof(T));
}

/// The entries that follow one another from the beginning; none when one is compressed, cut, or told only
/// behind it.
std::vector<Entry> entriesOf(const std::string& zip)
{
    std::vector<Entry> entries;
    std::size_t at = 0;
    while (zip.size() >= at + localBytes && numberAt<std::uint32_t>(zip, at) == localMark) {
        const auto flagsAndMethod = numberAt<std::uint32_t>(zip, at + 6);
        const std::size_t size = numberAt<std::uint32_t>(zip, at + 18);
        const std::size_t nameSize = numberAt<std::uint16_t>(zip, at + 26);
        const std::size_t content = at + localBytes + nameSize + numberAt<std::uint16_t>(zip, at + 28);
        if (flagsAndMethod != 0 || content + size > zip.size())
            return {};
        entries.push_back({zip.substr(at + localBytes, nameSize), zip.substr(content, size)});
        at = content + size;
    }
    return entries;
}

/// What the local header and the directory say alike, from the version on.
std::string description(const Entry& entry)
{
    std::string bytes;
    append<std::uint16_t>(bytes, 20); // the version that it takes
    append<std::uint32_t>(bytes, 0);  // flags, method: stored
    append<std::uint32_t>(bytes, 0);  // time
    append<std::uint32_t>(bytes,
                          std::uint32_t(crc32_z(0, reinterpret_cast<const Bytef*>(entry.content.data()),
                                                entry.content.size())));
    append<std::uint32_t>(bytes, std::uint32_t(entry.content.size()));
    append<std::uint32_t>(bytes, std::uint32_t(entry.content.size()));
    append<std::uint16_t>(bytes, std::uint16_t(entry.name.size()));
    append<std::uint16_t>(bytes, 0); // extra field
    return bytes;
}

std::string zipOf(const std::vector<Entry>& entries)
{
    std::string zip;
    std::string directory;
    for (const Entry& entry : entries) {
        append(directory, centralMark);
        append<std::uint16_t>(directory, 20);
        directory += description(entry);
        directory.append(10, '\0'); // comment, disk, attributes
        append<std::uint32_t>(directory, std::uint32_t(zip.size()));
        directory += entry.name;
        append(zip, localMark);
        zip += description(entry) + entry.name + entry.content;
    }
    const std::size_t begin = zip.size();
    zip += directory;
    append(zip, endMark);
    append<std::uint32_t>(zip, 0);
    append<std::uint16_t>(zip, std::uint16_t(entries.size()));
    append<std::uint16_t>(zip, std::uint16_t(entries.size()));
    append<std::uint32_t>(zip, std::uint32_t(directory.size()));
    append<std::uint32_t>(zip, std::uint32_t(begin));
    append<std::uint16_t>(zip, 0);
    return zip;
}

void mutate(std::string& bytes, std::size_t maximum)
{
    const std::size_t size = bytes.size();
    bytes.resize(maximum);
    bytes.resize(LLVMFuzzerMutate(reinterpret_cast<std::uint8_t*>(bytes.data()), size, maximum));
}

} // namespace

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t maximum,
                                               unsigned int seed)
{
    std::vector<Entry> entries = entriesOf({reinterpret_cast<const char*>(data), size});
    if (entries.empty() || seed % 4 == 0)
        return LLVMFuzzerMutate(data, size, maximum);
    Entry& entry = entries[seed / 4 % entries.size()];
    const bool isName = seed % 64 == 1;
    std::string& part = isName ? entry.name : entry.content;
    mutate(part, isName ? 64 : part.size() + (maximum - size));
    const std::string zip = zipOf(entries);
    if (zip.size() > maximum)
        return LLVMFuzzerMutate(data, size, maximum);
    std::memcpy(data, zip.data(), zip.size());
    return zip.size();
}
