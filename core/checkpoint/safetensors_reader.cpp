#include "core/base/file_error.h"
#include "core/base/literals.h"
#include "core/base/tr.h"
#include "core/checkpoint/checkpoint_readers.h"
#include "core/checkpoint/file_format.h"
#include "core/checkpoint/tensor_groups.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>

#include <algorithm>

namespace vitrine {

namespace {

constexpr quint64 largestHeader = 16'000'000;

std::optional<qint64> wholeNumber(const QJsonValue& value)
{
    constexpr qint64 missing = -1;
    const qint64 number = value.toInteger(missing);
    return number < 0 ? std::nullopt : std::optional(number);
}

struct StoredType
{
    TensorType type = TensorType::Other;
    int size = 0; ///< Bytes of an element; 0: unknown.
};

StoredType storedType(const QString& name)
{
    using enum TensorType;
    static const QHash<QString, StoredType> types{
        {u"F32"_s, {Float32, 4}}, {u"F16"_s, {Float16, 2}}, {u"BF16"_s, {BFloat16, 2}},
        {u"F64"_s, {Float64, 8}}, {u"I64"_s, {Other, 8}},   {u"U64"_s, {Other, 8}},
        {u"I32"_s, {Other, 4}},   {u"U32"_s, {Other, 4}},   {u"I16"_s, {Other, 2}},
        {u"U16"_s, {Other, 2}},   {u"I8"_s, {Other, 1}},    {u"U8"_s, {Other, 1}},
        {u"BOOL"_s, {Other, 1}}};
    return types.value(name);
}

Result<std::vector<qint64>> readShape(const QString& name, const QJsonValue& value)
{
    std::vector<qint64> shape;
    const QJsonArray sizes = value.toArray();
    for (const QJsonValue& size : sizes) {
        const std::optional<qint64> number = wholeNumber(size);
        if (!number)
            return malformed(tr("the header gives %1 a shape that is not a list of whole numbers").arg(name));
        shape.push_back(*number);
    }
    if (!value.isArray() || !elementCount(shape))
        return malformed(tr("the header gives %1 no usable shape").arg(name));
    return shape;
}

Result<CheckpointTensor> readTensor(const QString& name, const QJsonObject& object, Bytes data)
{
    const Result<std::vector<qint64>> shape = readShape(name, object[u"shape"_s]);
    if (!shape)
        return shape.failure();
    const QJsonArray offsets = object[u"data_offsets"_s].toArray();
    const std::optional<qint64> begin = wholeNumber(offsets.at(0));
    const std::optional<qint64> end = wholeNumber(offsets.at(1));
    if (offsets.size() != 2 || !begin || !end || *begin > *end)
        return malformed(tr("the header gives %1 no usable place in the file").arg(name));
    if (*end > qint64(data.size()))
        return malformed(
            tr("the file ends before the data of %1: it is cut off; copy or download it again").arg(name));
    const StoredType type = storedType(object[u"dtype"_s].toString());
    qint64 size = 0;
    if (type.size != 0 &&
        (qMulOverflow(*elementCount(*shape), qint64(type.size), &size) || size != *end - *begin))
        return malformed(tr("the shape of %1 and the bytes it takes do not fit each other").arg(name));
    return CheckpointTensor{name, type.type, *shape, contiguousStrides(*shape),
                            data.subspan(std::size_t(*begin), std::size_t(*end - *begin))};
}

/// The format demands that the tensors cover the data exactly, each byte once.
Status checkCoverage(const std::vector<CheckpointTensor>& sorted, Bytes data)
{
    for (const CheckpointTensor& tensor : sorted) {
        if (tensor.bytes.data() < data.data())
            return malformed(tr("the data of %1 overlaps another tensor's").arg(tensor.name));
        if (tensor.bytes.data() > data.data())
            return malformed(tr("there is a gap before the data of %1").arg(tensor.name));
        data = data.subspan(tensor.bytes.size());
    }
    if (!data.empty())
        return malformed(tr("%1 bytes at the end of the file belong to no tensor").arg(data.size()));
    return Done{};
}

Result<QJsonObject> readHeader(ByteReader& reader)
{
    const auto length = reader.number<quint64>();
    if (length && *length > largestHeader)
        return Error{ErrorKind::TooLarge, tr("the safetensors header claims %1 bytes").arg(*length)};
    const std::optional<Bytes> text = length ? reader.take(*length) : std::nullopt;
    if (!text)
        return malformed(tr("the file ends inside its header: it is cut off; copy or download it again"));
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(asByteArray(*text), &error);
    if (!document.isObject())
        return Error{ErrorKind::Malformed, tr("the safetensors header is not valid JSON"),
                     error.errorString()};
    return document.object();
}

/// The one model of several, with short names: as of a pickle.
void keepChosen(Checkpoint& checkpoint, const QString& weights)
{
    TensorGroup all;
    for (const CheckpointTensor& tensor : checkpoint.tensors)
        all.tensors.push_back({tensor.name, all.tensors.size()});
    const TensorGroup group = chosen(arranged({all}), weights, checkpoint.otherWeights);
    std::vector<CheckpointTensor> kept;
    for (const NamedPlace& named : group.tensors) {
        kept.push_back(std::move(checkpoint.tensors[named.place]));
        kept.back().name = named.name;
    }
    checkpoint.tensors = std::move(kept);
    checkpoint.weights = group.path;
}

/// All tensors under their whole names.
Result<Checkpoint> readWhole(const std::shared_ptr<const MappedFile>& file)
{
    ByteReader reader(file->bytes());
    const Result<QJsonObject> header = readHeader(reader);
    if (!header)
        return header.failure();

    Checkpoint checkpoint;
    checkpoint.format = FileFormat::Safetensors;
    checkpoint.storage = file;
    for (auto entry = header->begin(); entry != header->end(); ++entry) {
        if (entry.key() == u"__metadata__"_s) {
            const QJsonObject metadata = entry.value().toObject();
            for (auto item = metadata.begin(); item != metadata.end(); ++item)
                checkpoint.metadata.insert(item.key(), item.value().toString());
            continue;
        }
        Result<CheckpointTensor> tensor = readTensor(entry.key(), entry.value().toObject(), reader.rest());
        if (!tensor)
            return tensor.failure();
        checkpoint.tensors.push_back(*std::move(tensor));
    }
    std::ranges::sort(checkpoint.tensors, {}, [](const CheckpointTensor& tensor) {
        return std::pair(tensor.bytes.data(), tensor.bytes.size());
    });
    if (Status covered = checkCoverage(checkpoint.tensors, reader.rest()); !covered)
        return covered.failure();
    return checkpoint;
}

} // namespace

Result<Checkpoint> readSafetensors(const std::shared_ptr<const MappedFile>& file, const QString& weights)
{
    Result<Checkpoint> checkpoint = readWhole(file);
    if (checkpoint)
        keepChosen(*checkpoint, weights);
    return checkpoint;
}

Result<Checkpoint> readShards(const QStringList& shards, const QString& weights)
{
    Checkpoint all;
    QSet<QString> names;
    for (const QString& shard : shards) {
        const auto file = MappedFile::open(shard);
        if (!file)
            return file.failure();
        if (!looksLikeSafetensors((*file)->bytes()))
            return Error{ErrorKind::Unsupported,
                         tr("%1, one of its files, is no safetensors file, and only such are read in pieces; "
                            "in Python: model.save_pretrained(folder, safe_serialization=True)")
                             .arg(QFileInfo(shard).fileName())};
        Result<Checkpoint> part = inFile(shard, readWhole(*file));
        if (!part)
            return part;
        for (CheckpointTensor& tensor : part->tensors) {
            if (names.contains(tensor.name))
                return malformed(tr("two of its files hold %1").arg(tensor.name));
            names.insert(tensor.name);
            all.tensors.push_back(std::move(tensor));
        }
        all.metadata.insert(part->metadata);
        if (auto change = (*file)->whyNotWhole())
            return *change;
        all.files.push_back(*file);
    }
    all.format = FileFormat::Safetensors;
    all.storage = std::make_shared<std::vector<std::shared_ptr<const MappedFile>>>(all.files);
    keepChosen(all, weights);
    return all;
}

} // namespace vitrine
