#include "core/checkpoint/zip_archive.h"

#include "core/base/file_error.h"
#include "core/base/tr.h"

#include <unzip.h>
#include <zlib.h>

#include <algorithm>
#include <array>

namespace vitrine {

/// minizip's view of the mapped bytes.
struct ZipStream
{
    Bytes bytes;
    std::size_t position = 0;
    bool endedEarly = false; ///< Since the last seek.
};

namespace {

constexpr quint64 maximumEntries = 200'000;
constexpr int methodStored = 0;
constexpr int methodDeflated = 8;

ZipStream& streamOf(voidpf stream)
{
    return *static_cast<ZipStream*>(stream);
}

uLong readStream(voidpf, voidpf stream, void* target, uLong size)
{
    ZipStream& s = streamOf(stream);
    const std::size_t count = std::min<std::size_t>(size, s.bytes.size() - s.position);
    std::copy_n(s.bytes.data() + s.position, count, static_cast<std::byte*>(target));
    s.position += count;
    s.endedEarly = s.endedEarly || count < size;
    return count;
}

ZPOS64_T tellStream(voidpf, voidpf stream)
{
    return streamOf(stream).position;
}

long seekStream(voidpf, voidpf stream, ZPOS64_T offset, int origin)
{
    ZipStream& s = streamOf(stream);
    ZPOS64_T base = 0;
    if (origin == ZLIB_FILEFUNC_SEEK_CUR)
        base = s.position;
    else if (origin == ZLIB_FILEFUNC_SEEK_END)
        base = s.bytes.size();
    const ZPOS64_T target = base + offset;
    if (target < base || target > s.bytes.size())
        return -1;
    s.position = target;
    s.endedEarly = false;
    return 0;
}

/// minizip takes a short read for a good one unless it hears otherwise here.
int streamError(voidpf, voidpf stream)
{
    return streamOf(stream).endedEarly ? 1 : 0;
}

Error damagedEntry(const ZipEntry& entry)
{
    return malformed(tr("the archive is damaged at %1; copy or download the file again").arg(entry.name));
}

Error tooManyEntries()
{
    return {ErrorKind::TooLarge,
            tr("the zip archive has more than %1 entries, which no model has; get the file again")
                .arg(maximumEntries)};
}

} // namespace

struct ZipArchive::Handle
{
    std::shared_ptr<const MappedFile> file;
    ZipStream stream;
    unzFile zip = nullptr;

    Handle() = default;
    Handle(const Handle&) = delete;
    Handle& operator=(const Handle&) = delete;
    ~Handle() { unzClose(zip); }

    bool goTo(const ZipEntry& entry)
    {
        const unz64_file_pos position{entry.directoryPosition, entry.number};
        return unzGoToFilePos64(zip, &position) == UNZ_OK;
    }
};

Result<ZipArchive> ZipArchive::open(std::shared_ptr<const MappedFile> file)
{
    ZipArchive archive;
    archive.m_handle = std::make_shared<Handle>();
    Handle& handle = *archive.m_handle;
    handle.stream.bytes = file->bytes();
    handle.file = std::move(file);
    zlib_filefunc64_def functions{[](voidpf opaque, const void*, int) { return opaque; },
                                  readStream,
                                  nullptr, // nothing is ever written
                                  tellStream,
                                  seekStream,
                                  [](voidpf, voidpf) { return 0; },
                                  streamError,
                                  &handle.stream};
    handle.zip = unzOpen2_64("", &functions);
    if (!handle.zip)
        return malformed(tr("the zip archive has no end: the file is cut off; copy or download it again"));
    if (Status read = archive.readDirectory(); !read)
        return read.failure();
    return archive;
}

Result<ZipArchive> ZipArchive::open(const QString& path)
{
    const auto file = MappedFile::open(path);
    return file ? inFile(path, open(*file)) : file.failure();
}

qint64 ZipArchive::fileBytes() const
{
    return qint64(m_handle->file->bytes().size());
}

Status ZipArchive::readDirectory()
{
    unz_global_info64 global{};
    if (unzGetGlobalInfo64(m_handle->zip, &global) != UNZ_OK)
        return malformed(tr("the zip archive's directory is damaged"));
    if (global.number_entry > maximumEntries)
        return tooManyEntries();

    QString top;
    int state = global.number_entry == 0 ? UNZ_END_OF_LIST_OF_FILE : unzGoToFirstFile(m_handle->zip);
    for (; state == UNZ_OK; state = unzGoToNextFile(m_handle->zip)) {
        if (m_entries.size() == maximumEntries) // the directory may state fewer than it has
            return tooManyEntries();
        unz_file_info64 info{};
        std::array<char, 1024> name{};
        unz64_file_pos position{};
        if (unzGetCurrentFileInfo64(m_handle->zip, &info, name.data(), name.size() - 1, nullptr, 0, nullptr,
                                    0) != UNZ_OK ||
            unzGetFilePos64(m_handle->zip, &position) != UNZ_OK || info.size_filename >= name.size() ||
            info.uncompressed_size > ZPOS64_T(std::numeric_limits<qint64>::max()))
            return malformed(tr("the zip archive's directory is damaged"));
        QString path = QString::fromUtf8(name.data());
        if (m_entries.empty())
            top = path.left(path.indexOf(QLatin1Char('/')) + 1);
        if (!top.isEmpty() && path.startsWith(top))
            path.remove(0, top.size());
        const bool stored = info.compression_method == methodStored;
        if (!stored && info.compression_method != methodDeflated)
            return malformed(tr("the zip archive uses compression method %1").arg(info.compression_method));
        if (!m_byName.contains(path))
            m_byName.insert(path, m_entries.size());
        m_entries.push_back({path, qint64(info.uncompressed_size), stored, (info.flag & 1U) != 0,
                             quint32(info.crc), position.pos_in_zip_directory, position.num_of_file});
    }
    if (state != UNZ_END_OF_LIST_OF_FILE)
        return malformed(tr("the zip archive's directory is damaged"));
    return Done{};
}

const ZipEntry* ZipArchive::find(const QString& name) const
{
    const auto found = m_byName.constFind(name);
    return found == m_byName.constEnd() ? nullptr : &m_entries[*found];
}

Result<ZipContent> ZipArchive::content(const ZipEntry& entry, qint64 limit, ChecksumCheck check)
{
    if (entry.encrypted)
        return Error{ErrorKind::Unsupported, tr("the zip archive is protected by a password")};
    if (!entry.stored) {
        if (entry.size > limit)
            return Error{ErrorKind::TooLarge,
                         tr("%1 would take %2 bytes when unpacked").arg(entry.name).arg(entry.size)};
        return inflate(entry);
    }
    Result<ZipContent> content = view(entry);
    if (content && check == ChecksumCheck::Verify &&
        crc32_z(0, reinterpret_cast<const Bytef*>(content->bytes.data()), content->bytes.size()) != entry.crc)
        return malformed(tr("the checksum of %1 is wrong: the file is damaged (or was saved by PyTorch with "
                            "checksums turned off); copy, download or save it again")
                             .arg(entry.name));
    return content;
}

Result<ZipContent> ZipArchive::view(const ZipEntry& entry)
{
    int method = 0;
    if (!m_handle->goTo(entry) || unzOpenCurrentFile2(m_handle->zip, &method, nullptr, /*raw=*/1) != UNZ_OK)
        return damagedEntry(entry);
    const ZPOS64_T begin = unzGetCurrentFileZStreamPos64(m_handle->zip);
    unzCloseCurrentFile(m_handle->zip);
    const Bytes all = m_handle->stream.bytes;
    if (begin > all.size() || ZPOS64_T(entry.size) > all.size() - begin)
        return damagedEntry(entry);
    return ZipContent{all.subspan(begin, std::size_t(entry.size)), m_handle->file};
}

Result<ZipContent> ZipArchive::inflate(const ZipEntry& entry)
{
    if (!m_handle->goTo(entry) || unzOpenCurrentFile(m_handle->zip) != UNZ_OK)
        return damagedEntry(entry);
    constexpr std::size_t piece = 1 << 20;
    const auto size = std::size_t(entry.size);
    auto data = std::make_shared<std::vector<std::byte>>();
    int got = 0;
    do {
        const std::size_t filled = data->size();
        data->resize(filled + std::min(piece, size - filled + 1));
        got = unzReadCurrentFile(m_handle->zip, data->data() + filled, unsigned(data->size() - filled));
        data->resize(filled + std::size_t(std::max(got, 0)));
    } while (got > 0 && data->size() <= size);
    const bool complete = unzCloseCurrentFile(m_handle->zip) == UNZ_OK && got == 0 && data->size() == size;
    if (!complete)
        return damagedEntry(entry);
    return ZipContent{*data, data};
}

} // namespace vitrine
