#include "core/base/literals.h"
#include "core/base/tr.h"
#include "core/checkpoint/checkpoint_readers.h"
#include "core/checkpoint/file_format.h"
#include "core/checkpoint/torch_pickle.h"

#include <QHash>

namespace vitrine {

namespace {

constexpr qint64 largestUnpacked = qint64(1) << 30; ///< All compressed storages of a file together.

/// The storages of a zip checkpoint: entries data/<key>, each looked up once.
struct ZipStorages
{
    ZipArchive& archive;
    ChecksumCheck check;
    QHash<QString, Bytes> known = {};
    std::vector<std::shared_ptr<const void>> owners = {}; ///< What keeps the known bytes in memory.
    qint64 unpacked = 0;
    std::size_t total = 0;

    Result<Bytes> find(const StorageReference& reference)
    {
        if (const auto found = known.constFind(reference.key); found != known.constEnd())
            return storageBytes(reference, *found);
        const ZipEntry* entry = archive.find(u"data/"_s + reference.key);
        if (!entry)
            return malformed(tr("the storage %1 is missing from the archive").arg(reference.key));
        const Result<ZipContent> content = archive.content(*entry, largestUnpacked - unpacked, check);
        if (!content)
            return content.failure();
        if (!entry->stored)
            unpacked += entry->size;
        total += content->bytes.size();
        owners.push_back(content->owner);
        known.insert(reference.key, content->bytes);
        return storageBytes(reference, content->bytes);
    }
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

Result<Checkpoint> readZipCheckpoint(const std::shared_ptr<const MappedFile>& file, ChecksumCheck check,
                                     const QString& weights)
{
    Result<ZipArchive> archive = ZipArchive::open(file);
    if (!archive)
        return archive.failure();
    const ZipEntry* entry = archive->find(u"data.pkl"_s);
    if (!entry)
        return Error{ErrorKind::Unsupported, tr("this zip archive is not a PyTorch checkpoint")};
    if (Status order = checkByteOrder(*archive); !order)
        return order.failure();
    if (entry->size > largestTorchPickle)
        return Error{ErrorKind::TooLarge, tr("its data.pkl claims %1 bytes").arg(entry->size)};
    const Result<ZipContent> content = archive->content(*entry, largestTorchPickle, ChecksumCheck::Verify);
    if (!content)
        return content.failure();
    const Result<Pickle> pickle = readPickle(content->bytes);
    if (!pickle)
        return pickle.failure();

    ZipStorages storages{*archive, check};
    const StorageFinder find = [&](const StorageReference& reference) { return storages.find(reference); };
    Result<Checkpoint> checkpoint = namedTensors(*pickle, find, weights);
    if (!checkpoint)
        return checkpoint;
    if (Status total = checkTotal(checkpoint->tensors, storages.total); !total)
        return total.failure();
    checkpoint->format = FileFormat::ZipCheckpoint;
    checkpoint->storage = std::make_shared<decltype(storages.owners)>(std::move(storages.owners));
    return checkpoint;
}

} // namespace vitrine
