#include "core/base/literals.h"
#include "core/base/tr.h"
#include "core/checkpoint/checkpoint_readers.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

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
    int bits = 0; ///< 0: unknown.
};

StoredType storedType(const QString& name)
{
    static const QHash<QString, StoredType> types{
        {u"F32"_s, {TensorType::Float32, 32}},   {u"F16"_s, {TensorType::Float16, 16}},
        {u"BF16"_s, {TensorType::BFloat16, 16}}, {u"F64"_s, {TensorType::Float64, 64}},
        {u"I64"_s, {TensorType::Other, 64}},     {u"U64"_s, {TensorType::Other, 64}},
        {u"I32"_s, {TensorType::Other, 32}},     {u"U32"_s, {TensorType::Other, 32}},
        {u"I16"_s, {TensorType::Other, 16}},     {u"U16"_s, {TensorType::Other, 16}},
        {u"I8"_s, {TensorType::Other, 8}},       {u"U8"_s, {TensorType::Other, 8}},
        {u"BOOL"_s, {TensorType::Other, 8}}};
    return types.value(name);
}

struct Placed
{
    CheckpointTensor tensor;
    qint64 begin = 0;
    qint64 end = 0;
};

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

Result<Placed> readTensor(const QString& name, const QJsonObject& object, Bytes data)
{
    Result<std::vector<qint64>> shape = readShape(name, object.value(u"shape"_s));
    if (!shape)
        return shape.failure();
    const QJsonArray offsets = object.value(u"data_offsets"_s).toArray();
    const std::optional<qint64> begin = wholeNumber(offsets.at(0));
    const std::optional<qint64> end = wholeNumber(offsets.at(1));
    if (offsets.size() != 2 || !begin || !end || *begin > *end)
        return malformed(tr("the header gives %1 no usable place in the file").arg(name));
    if (*end > qint64(data.size()))
        return malformed(
            tr("the file ends before the data of %1: it is cut off; copy or download it again").arg(name));

    Placed placed;
    const StoredType type = storedType(object.value(u"dtype"_s).toString());
    placed.tensor.name = name;
    placed.tensor.type = type.type;
    placed.tensor.strides = contiguousStrides(*shape);
    placed.tensor.bytes = data.subspan(std::size_t(*begin), std::size_t(*end - *begin));
    placed.begin = *begin;
    placed.end = *end;
    qint64 bits = 0;
    if (type.bits != 0 &&
        (qMulOverflow(*elementCount(*shape), qint64(type.bits), &bits) || bits / 8 != *end - *begin))
        return malformed(tr("the shape of %1 and the bytes it takes do not fit each other").arg(name));
    placed.tensor.shape = std::move(*shape);
    return placed;
}

/// The format demands that the tensors cover the data exactly, each byte once.
Status checkCoverage(const std::vector<Placed>& sorted, qint64 dataSize)
{
    qint64 covered = 0;
    for (const Placed& placed : sorted) {
        if (placed.begin < covered)
            return malformed(tr("the data of %1 overlaps another tensor's").arg(placed.tensor.name));
        if (placed.begin > covered)
            return malformed(tr("there is a gap before the data of %1").arg(placed.tensor.name));
        covered = placed.end;
    }
    if (covered != dataSize)
        return malformed(tr("%1 bytes at the end of the file belong to no tensor").arg(dataSize - covered));
    return Done{};
}

Result<QJsonObject> readHeader(ByteReader& reader)
{
    const auto length = reader.number<quint64>();
    if (length && *length > largestHeader)
        return Error{ErrorKind::TooLarge, tr("the safetensors header claims %1 bytes").arg(*length), {}};
    const std::optional<Bytes> text = length ? reader.take(*length) : std::nullopt;
    if (!text)
        return malformed(tr("the file ends inside its header: it is cut off; copy or download it again"));
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(
        QByteArray::fromRawData(reinterpret_cast<const char*>(text->data()), qsizetype(text->size())),
        &error);
    if (!document.isObject())
        return Error{ErrorKind::Malformed, tr("the safetensors header is not valid JSON"),
                     error.errorString()};
    return document.object();
}

} // namespace

Result<Checkpoint> readSafetensors(const std::shared_ptr<const MappedFile>& file)
{
    ByteReader reader(file->bytes());
    const Result<QJsonObject> header = readHeader(reader);
    if (!header)
        return header.failure();

    Checkpoint checkpoint;
    checkpoint.format = FileFormat::Safetensors;
    checkpoint.storage = file;
    std::vector<Placed> placed;
    for (auto entry = header->begin(); entry != header->end(); ++entry) {
        if (entry.key() == u"__metadata__"_s) {
            const QJsonObject metadata = entry.value().toObject();
            for (auto item = metadata.begin(); item != metadata.end(); ++item)
                checkpoint.metadata.insert(item.key(), item.value().toString());
            continue;
        }
        Result<Placed> tensor = readTensor(entry.key(), entry.value().toObject(), reader.rest());
        if (!tensor)
            return tensor.failure();
        placed.push_back(std::move(*tensor));
    }
    std::sort(placed.begin(), placed.end(), [](const Placed& a, const Placed& b) {
        return std::pair(a.begin, a.end) < std::pair(b.begin, b.end);
    });
    if (Status covered = checkCoverage(placed, qint64(reader.remaining())); !covered)
        return covered.failure();
    for (Placed& item : placed)
        checkpoint.tensors.push_back(std::move(item.tensor));
    return checkpoint;
}

} // namespace vitrine
