#include "core/base/literals.h"
#include "core/base/tr.h"
#include "core/checkpoint/checkpoint_readers.h"
#include "core/checkpoint/file_format.h"
#include "core/checkpoint/torch_pickle.h"

#include <QHash>

namespace vitrine {

namespace {

constexpr qint64 largestUnpacked = qint64(1) << 30; ///< All compressed storages of a file together.

/// Keeps what the tensors point into: the file, and storages that had to be inflated.
struct Holder
{
    std::shared_ptr<const MappedFile> file;
    std::vector<std::shared_ptr<const void>> inflated;
};

/// The storages of a zip checkpoint: entries data/<key>, each looked up once.
class ZipStorages
{
public:
    ZipStorages(ZipArchive& archive, Holder& holder, ChecksumCheck check)
        : m_archive(archive), m_holder(holder), m_check(check)
    {
    }

    Result<Bytes> find(const StorageReference& reference)
    {
        if (const auto known = m_known.constFind(reference.key); known != m_known.constEnd())
            return storageBytes(reference, *known);
        const ZipEntry* entry = m_archive.find(u"data/"_s + reference.key);
        if (!entry)
            return malformed(tr("the storage %1 is missing from the archive").arg(reference.key));
        const Result<ZipContent> content = m_archive.content(*entry, largestUnpacked - m_unpacked, m_check);
        if (!content)
            return content.failure();
        if (!entry->stored) {
            m_unpacked += entry->size;
            m_holder.inflated.push_back(content->owner);
        }
        m_known.insert(reference.key, content->bytes);
        m_total += content->bytes.size();
        return storageBytes(reference, content->bytes);
    }

    std::size_t total() const { return m_total; }

private:
    ZipArchive& m_archive;
    Holder& m_holder;
    ChecksumCheck m_check;
    QHash<QString, Bytes> m_known;
    qint64 m_unpacked = 0;
    std::size_t m_total = 0;
};

Status checkByteOrder(ZipArchive& archive)
{
    const ZipEntry* entry = archive.find(u"byteorder"_s);
    if (!entry)
        return Done{};
    const Result<ZipContent> order = archive.content(*entry, 16, ChecksumCheck::Verify);
    if (!order)
        return order.failure();
    if (hasTextAt(order->bytes, 0, "big"))
        return savedOnBigEndian();
    return Done{};
}

} // namespace

Result<Checkpoint> readZipCheckpoint(const std::shared_ptr<const MappedFile>& file, ChecksumCheck check)
{
    Result<ZipArchive> archive = ZipArchive::open(file);
    if (!archive)
        return archive.failure();
    const ZipEntry* entry = archive->find(u"data.pkl"_s);
    if (!entry)
        return Error{ErrorKind::Unsupported, tr("this zip archive is not a PyTorch checkpoint"), {}};
    if (Status order = checkByteOrder(*archive); !order)
        return order.failure();
    if (entry->size > largestTorchPickle)
        return Error{ErrorKind::TooLarge, tr("its data.pkl claims %1 bytes").arg(entry->size), {}};
    const Result<ZipContent> content = archive->content(*entry, largestTorchPickle, ChecksumCheck::Verify);
    if (!content)
        return content.failure();
    const Result<Pickle> pickle = readPickle(content->bytes);
    if (!pickle)
        return pickle.failure();

    const auto holder = std::make_shared<Holder>(Holder{file, {}});
    ZipStorages storages(*archive, *holder, check);
    Result<std::vector<CheckpointTensor>> tensors =
        namedTensors(*pickle, [&](const StorageReference& reference) { return storages.find(reference); });
    if (!tensors)
        return tensors.failure();
    if (Status total = checkTotal(*tensors, storages.total()); !total)
        return total.failure();
    return Checkpoint{{}, FileFormat::ZipCheckpoint, std::move(*tensors), {}, holder};
}

} // namespace vitrine
