#include "core/base/literals.h"
#include "core/base/tr.h"
#include "core/checkpoint/checkpoint_readers.h"
#include "core/checkpoint/torch_pickle.h"

#include <QHash>

namespace vitrine {

namespace {

/// A legacy file is pickles one after another, then the storages.
Result<Pickle> nextPickle(ByteReader& reader)
{
    Result<Pickle> pickle =
        readPickle(reader.rest().first(std::min(reader.remaining(), std::size_t(largestTorchPickle))));
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
        if (name && *name == u"little_endian"_s && little && !*little)
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
                sizes.insert(reference->key, reference->element.size);
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

Result<Checkpoint> readLegacyCheckpoint(const std::shared_ptr<const MappedFile>& file, const QString& weights)
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
        return savedOnBigEndian();
    const Result<QHash<QString, Bytes>> storages = readStorages(reader, pickles[3], pickles[4]);
    if (!storages)
        return storages.failure();
    const StorageFinder find = [&](const StorageReference& reference) -> Result<Bytes> {
        const auto found = storages->constFind(reference.key);
        if (found == storages->constEnd())
            return malformed(tr("the storage %1 is missing from the file").arg(reference.key));
        return storageBytes(reference, *found);
    };
    Result<Checkpoint> checkpoint = namedTensors(pickles[3], find, weights);
    if (!checkpoint)
        return checkpoint;
    if (Status total = checkTotal(checkpoint->tensors, file->bytes().size()); !total)
        return total.failure();
    checkpoint->format = FileFormat::LegacyCheckpoint;
    checkpoint->storage = file;
    return checkpoint;
}

} // namespace vitrine
