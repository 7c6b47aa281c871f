#include "core/host/host_messages.h"

#include "core/base/literals.h"

#include <QCborArray>

#include <cstring>

namespace vitrine {

namespace {

constexpr int lastErrorKind = static_cast<int>(ErrorKind::Usage);

std::optional<int> intIn(const QCborMap& message, const QString& key, qint64 least, qint64 most)
{
    const QCborValue value = message[key];
    if (!value.isInteger() || value.toInteger() < least || value.toInteger() > most)
        return std::nullopt;
    return static_cast<int>(value.toInteger());
}

std::optional<OperatorTime> operatorIn(const QCborMap& entry)
{
    const QString name = entry[u"name"_s].toString();
    const auto calls = intIn(entry, u"calls"_s, 0, std::numeric_limits<int>::max());
    if (name.isEmpty() || !calls || !entry[u"self"_s].isInteger())
        return std::nullopt;
    return OperatorTime{name, *calls, std::chrono::nanoseconds(entry[u"self"_s].toInteger())};
}

} // namespace

QCborMap errorMessage(const Error& error)
{
    return {
        {u"error"_s, error.message}, {u"kind"_s, static_cast<int>(error.kind)}, {u"detail"_s, error.detail}};
}

std::optional<Error> errorIn(const QCborMap& reply)
{
    if (!reply.contains(u"error"_s))
        return std::nullopt;
    const auto kind = intIn(reply, u"kind"_s, 0, lastErrorKind);
    return Error{kind ? static_cast<ErrorKind>(*kind) : ErrorKind::Engine, reply[u"error"_s].toString(),
                 reply[u"detail"_s].toString()};
}

QCborMap variantMessage(const Variant& variant)
{
    QCborMap message{{u"kind"_s, kindName(variant.kind)},
                     {u"name"_s, variant.name},
                     {u"path"_s, variant.path},
                     {u"quantized"_s, variant.isQuantized},
                     {u"weights"_s, variant.deit.weights}};
    if (variant.deit.heads)
        message.insert(u"heads"_s, *variant.deit.heads);
    if (variant.deit.layerNormEpsilon)
        message.insert(u"layerNormEpsilon"_s, *variant.deit.layerNormEpsilon);
    return message;
}

std::optional<Variant> variantIn(const QCborMap& message)
{
    const auto kind = kindFromName(message[u"kind"_s].toString());
    if (!kind || !message[u"path"_s].isString())
        return std::nullopt;
    Variant variant;
    variant.kind = *kind;
    variant.name = message[u"name"_s].toString();
    variant.path = message[u"path"_s].toString();
    variant.isQuantized = message[u"quantized"_s].toBool();
    variant.deit.weights = message[u"weights"_s].toString();
    variant.deit.heads = intIn(message, u"heads"_s, 1, std::numeric_limits<int>::max());
    if (const QCborValue epsilon = message[u"layerNormEpsilon"_s]; epsilon.isDouble())
        variant.deit.layerNormEpsilon = epsilon.toDouble();
    return variant;
}

QCborMap tensorMessage(const InputTensor& tensor)
{
    return {{u"channels"_s, tensor.channels},
            {u"height"_s, tensor.height},
            {u"width"_s, tensor.width},
            {u"values"_s, bytesOf(tensor.values)}};
}

std::optional<InputTensor> tensorIn(const QCborMap& message)
{
    constexpr int largest = 1 << 15;
    const auto channels = intIn(message, u"channels"_s, 1, largest);
    const auto height = intIn(message, u"height"_s, 1, largest);
    const auto width = intIn(message, u"width"_s, 1, largest);
    auto values = floatsIn(message[u"values"_s].toByteArray());
    if (!channels || !height || !width || !values ||
        values->size() != std::size_t{1} * *channels * *height * *width)
        return std::nullopt;
    return InputTensor{*channels, *height, *width, *std::move(values)};
}

QCborMap profileMessage(const OperatorProfile& profile)
{
    QCborArray operators;
    for (const OperatorTime& each : profile.operators)
        operators.append(QCborMap{
            {u"name"_s, each.name}, {u"calls"_s, each.calls}, {u"self"_s, qint64{each.selfTime.count()}}});
    return {{u"operators"_s, operators},
            {u"outside"_s, qint64{profile.outside.count()}},
            {u"wall"_s, qint64{profile.wallTime.count()}}};
}

std::optional<OperatorProfile> profileIn(const QCborMap& message)
{
    if (!message[u"operators"_s].isArray() || !message[u"wall"_s].isInteger())
        return std::nullopt;
    OperatorProfile profile;
    const QCborArray operators = message[u"operators"_s].toArray();
    for (const QCborValue& entry : operators) {
        auto each = operatorIn(entry.toMap());
        if (!each)
            return std::nullopt;
        profile.operators.push_back(*std::move(each));
    }
    profile.outside = std::chrono::nanoseconds(message[u"outside"_s].toInteger());
    profile.wallTime = std::chrono::nanoseconds(message[u"wall"_s].toInteger());
    return profile;
}

QByteArray bytesOf(const std::vector<float>& values)
{
    return {reinterpret_cast<const char*>(values.data()),
            static_cast<qsizetype>(values.size() * sizeof(float))};
}

std::optional<std::vector<float>> floatsIn(const QByteArray& bytes)
{
    if (bytes.size() % qsizetype{sizeof(float)} != 0)
        return std::nullopt;
    std::vector<float> values(static_cast<std::size_t>(bytes.size()) / sizeof(float));
    if (!values.empty())
        std::memcpy(values.data(), bytes.constData(), static_cast<std::size_t>(bytes.size()));
    return values;
}

} // namespace vitrine
