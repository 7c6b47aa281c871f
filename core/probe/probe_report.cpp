#include "core/probe/probe_report.h"

#include "core/base/json_values.h"
#include "core/base/literals.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <array>
#include <cmath>

namespace vitrine {

namespace {

using std::chrono::nanoseconds;

// In the order of ErrorKind.
constexpr std::array errorKinds{"not-found", "unreadable", "malformed", "unsupported", "incompatible",
                                "too-large", "network",    "engine",    "not-allowed", "usage"};
static_assert(errorKinds.size() == static_cast<std::size_t>(ErrorKind::Usage) + 1);

nanoseconds durationIn(const QJsonObject& object, const QString& key)
{
    return nanoseconds(std::llround(object.value(key).toDouble() * 1e6));
}

ErrorKind errorKindFromName(const QString& name)
{
    for (std::size_t i = 0; i < errorKinds.size(); ++i)
        if (name == QLatin1String(errorKinds[i]))
            return static_cast<ErrorKind>(i);
    return ErrorKind::Engine;
}

} // namespace

QJsonObject ProbeReport::toJson() const
{
    return {
        {u"stamp"_s, stamp.toJson()},
        {u"path"_s, path},
        {u"kind"_s, kindName(kind)},
        {u"quantized_engine"_s, orNull(quantizedEngine)},
        {u"input"_s, input.isEmpty() ? u"synthetic"_s : input},
        {u"output_shape"_s, QJsonArray{1, run.outputs}},
        {u"load_ms"_s, milliseconds(run.coldStart.load)},
        {u"first_forward_ms"_s, milliseconds(run.coldStart.firstForward)},
        {u"cold_start_ms"_s, milliseconds(run.coldStart.total())},
        {u"peak_memory_bytes"_s, run.peakMemoryBytes()},
        {u"peak_resident_bytes"_s, run.peakResidentBytes},
        {u"baseline_resident_bytes"_s, run.baselineResidentBytes},
        {u"notices"_s, QJsonArray::fromStringList(run.notices)},
        {u"error"_s, QJsonValue()},
    };
}

QJsonObject probeFailureToJson(const QString& path, const Error& error)
{
    return {{u"path"_s, path},
            {u"error"_s, error.message},
            {u"error_kind"_s, QLatin1String(errorKinds.at(static_cast<std::size_t>(error.kind)))},
            {u"error_detail"_s, error.detail}};
}

std::optional<Result<ProbeReport>> probeAnswerFromJson(const QByteArray& json)
{
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    if (const QString error = object.value(u"error"_s).toString(); !error.isEmpty())
        return Error{errorKindFromName(object.value(u"error_kind"_s).toString()), error,
                     object.value(u"error_detail"_s).toString()};
    const auto kind = kindFromName(object.value(u"kind"_s).toString());
    const int outputs = object.value(u"output_shape"_s).toArray().last().toInt();
    if (!kind || outputs < 1 || !object.value(u"load_ms"_s).isDouble() ||
        !object.value(u"first_forward_ms"_s).isDouble())
        return std::nullopt;

    ProbeReport report;
    report.stamp = MachineStamp::fromJson(object.value(u"stamp"_s).toObject());
    report.path = object.value(u"path"_s).toString();
    report.kind = *kind;
    report.quantizedEngine = object.value(u"quantized_engine"_s).toString();
    report.input = object.value(u"input"_s).toString();
    if (report.input == u"synthetic"_s)
        report.input.clear();
    report.run.outputs = outputs;
    for (const auto& notice : object.value(u"notices"_s).toArray())
        report.run.notices << notice.toString();
    report.run.coldStart = {durationIn(object, u"load_ms"_s), durationIn(object, u"first_forward_ms"_s)};
    report.run.peakResidentBytes = object.value(u"peak_resident_bytes"_s).toInteger();
    report.run.baselineResidentBytes = object.value(u"baseline_resident_bytes"_s).toInteger();
    return report;
}

} // namespace vitrine
