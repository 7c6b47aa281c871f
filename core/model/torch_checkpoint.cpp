#include "core/model/checkpoint_readers.h"
#include "core/model/file_format.h"
#include "core/model/torch_pickle.h"
#include "core/tr.h"

#include <QSet>

namespace vitrine {

namespace {

constexpr qint64 largestPickle = 64 << 20;
constexpr qint64 largestUnpacked = qint64(1) << 30; ///< All compressed storages of a file together.

/// Keeps what the tensors point into: the file, and storages that had to be inflated.
struct Holder
{
    std::shared_ptr<const MappedFile> file;
    std::vector<std::shared_ptr<const void>> inflated;
};

Error malformed(const QString& reason)
{
    return Error{ErrorKind::Malformed, reason, {}};
}

Error bigEndian()
{
    return Error{
        ErrorKind::Unsupported, tr("it was saved on a big-endian machine; save it again on this one"), {}};
}

Result<Bytes> fitting(const StorageReference& reference, Bytes bytes)
{
    qint64 needed = 0;
    if (qMulOverflow(reference.count, qint64(reference.elementSize), &needed) ||
        needed > qint64(bytes.size()))
        return malformed(tr("the storage %1 is shorter than it should be").arg(reference.key));
    return bytes.first(std::size_t(needed));
}

/// Tensors may share storage, but a file whose tensors claim many times its data is hostile.
Status checkTotal(const std::vector<CheckpointTensor>& tensors, std::size_t available)
{
    const double limit = 16.0 * double(available) + 1e6;
    double total = 0;
    for (const CheckpointTensor& tensor : tensors)
        total += double(tensor.count()) * elementSize(tensor.type);
    if (total > limit)
        return Error{ErrorKind::TooLarge, tr("its tensors claim far more data than the file holds"), {}};
    return Done{};
}

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
            return fitting(reference, *known);
        const ZipEntry* entry = m_archive.find(QStringLiteral("data/") + reference.key);
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
        return fitting(reference, content->bytes);
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
    const ZipEntry* entry = archive.find(QStringLiteral("byteorder"));
    if (!entry)
        return Done{};
    const Result<ZipContent> order = archive.content(*entry, 16, ChecksumCheck::Verify);
    if (!order)
        return order.failure();
    if (hasTextAt(order->bytes, 0, "big"))
        return bigEndian();
    return Done{};
}

} // namespace

Result<Checkpoint> readZipCheckpoint(const std::shared_ptr<const MappedFile>& file, ChecksumCheck check)
{
    Result<ZipArchive> archive = ZipArchive::open(file);
    if (!archive)
        return archive.failure();
    const ZipEntry* entry = archive->find(QStringLiteral("data.pkl"));
    if (!entry)
        return Error{ErrorKind::Unsupported, tr("this zip archive is not a PyTorch checkpoint"), {}};
    if (Status order = checkByteOrder(*archive); !order)
        return order.failure();
    if (entry->size > largestPickle)
        return Error{ErrorKind::TooLarge, tr("its data.pkl claims %1 bytes").arg(entry->size), {}};
    const Result<ZipContent> content = archive->content(*entry, largestPickle, ChecksumCheck::Verify);
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

namespace {

/// A legacy file is pickles one after another, then the storages.
Result<Pickle> nextPickle(ByteReader& reader)
{
    Result<Pickle> pickle =
        readPickle(reader.rest().first(std::min(reader.remaining(), std::size_t(largestPickle))));
    if (pickle)
        reader.take(pickle->size);
    return pickle;
}

bool saysBigEndian(const Pickle& systemInfo)
{
    const auto* dict = systemInfo.as<PickleDict>(systemInfo.root);
    if (!dict)
        return false;
    for (const auto& [key, value] : dict->items) {
        const auto* name = systemInfo.as<QString>(key);
        const auto* little = systemInfo.as<bool>(value);
        if (name && *name == QStringLiteral("little_endian") && little && !*little)
            return true;
    }
    return false;
}

QHash<QString, int> elementSizes(const Pickle& pickle)
{
    QHash<QString, int> sizes;
    for (const PickleValue& value : pickle.values)
        if (const auto* persistent = std::get_if<PicklePersistent>(&value))
            if (const auto reference = storageReference(pickle, persistent->id))
                sizes.insert(reference->key, reference->elementSize);
    return sizes;
}

/// For each key in order: an int64 count of elements, then the data.
Result<QHash<QString, Bytes>> readStorages(ByteReader& reader, const Pickle& object, const Pickle& keys)
{
    const QHash<QString, int> sizes = elementSizes(object);
    const auto* list = keys.as<PickleSequence>(keys.root);
    if (!list)
        return malformed(tr("its list of storages is damaged"));
    QHash<QString, Bytes> storages;
    for (const PickleId id : list->items) {
        const auto* key = keys.as<QString>(id);
        const auto size = key ? sizes.constFind(*key) : sizes.constEnd();
        if (size == sizes.constEnd())
            return malformed(tr("its list of storages is damaged"));
        const auto count = reader.number<qint64>();
        qint64 byteCount = 0;
        std::optional<Bytes> bytes;
        if (count && *count >= 0 && !qMulOverflow(*count, qint64(*size), &byteCount))
            bytes = reader.take(std::size_t(byteCount));
        if (!bytes)
            return malformed(tr("the file ends inside its data: it is cut off; copy or download it again"));
        storages.insert(*key, *bytes);
    }
    return storages;
}

} // namespace

Result<Checkpoint> readLegacyCheckpoint(const std::shared_ptr<const MappedFile>& file)
{
    ByteReader reader(file->bytes());
    std::vector<Pickle> pickles; // magic, protocol, system information, object, storage keys
    for (int i = 0; i < 5; ++i) {
        Result<Pickle> pickle = nextPickle(reader);
        if (!pickle)
            return pickle.failure();
        pickles.push_back(std::move(*pickle));
    }
    if (saysBigEndian(pickles[2]))
        return bigEndian();
    const Result<QHash<QString, Bytes>> storages = readStorages(reader, pickles[3], pickles[4]);
    if (!storages)
        return storages.failure();
    Result<std::vector<CheckpointTensor>> tensors =
        namedTensors(pickles[3], [&](const StorageReference& reference) -> Result<Bytes> {
            const auto found = storages->constFind(reference.key);
            if (found == storages->constEnd())
                return malformed(tr("the storage %1 is missing from the file").arg(reference.key));
            return fitting(reference, *found);
        });
    if (!tensors)
        return tensors.failure();
    if (Status total = checkTotal(*tensors, file->bytes().size()); !total)
        return total.failure();
    return Checkpoint{{}, FileFormat::LegacyCheckpoint, std::move(*tensors), {}, file};
}

} // namespace vitrine
