#include "core/session/probe_report.h"

#include "core/report/json_values.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <array>
#include <cmath>

namespace vitrine {

namespace {

using std::chrono::nanoseconds;

// In the order of ErrorKind.
constexpr std::array errorKinds{"not-found", "unreadable", "malformed", "unsupported", "incompatible",
                                "too-large", "network",    "engine",    "usage"};

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
        {QStringLiteral("stamp"), stamp.toJson()},
        {QStringLiteral("path"), path},
        {QStringLiteral("kind"), kindName(kind)},
        {QStringLiteral("quantized_engine"), orNull(quantizedEngine)},
        {QStringLiteral("input"), input.isEmpty() ? QStringLiteral("synthetic") : input},
        {QStringLiteral("output_shape"), QJsonArray{1, run.outputs}},
        {QStringLiteral("load_ms"), milliseconds(run.coldStart.load)},
        {QStringLiteral("first_forward_ms"), milliseconds(run.coldStart.firstForward)},
        {QStringLiteral("cold_start_ms"), milliseconds(run.coldStart.total())},
        {QStringLiteral("peak_memory_bytes"), run.peakMemoryBytes()},
        {QStringLiteral("peak_resident_bytes"), run.peakResidentBytes},
        {QStringLiteral("baseline_resident_bytes"), run.baselineResidentBytes},
        {QStringLiteral("error"), QJsonValue()},
    };
}

QJsonObject probeFailureToJson(const QString& path, const Error& error)
{
    return {
        {QStringLiteral("path"), path},
        {QStringLiteral("error"), error.message},
        {QStringLiteral("error_kind"), QLatin1String(errorKinds.at(static_cast<std::size_t>(error.kind)))},
        {QStringLiteral("error_detail"), error.detail}};
}

std::optional<Result<ProbeReport>> probeAnswerFromJson(const QByteArray& json)
{
    const QJsonObject object = QJsonDocument::fromJson(json).object();
    if (const QString error = object.value(QStringLiteral("error")).toString(); !error.isEmpty())
        return Error{errorKindFromName(object.value(QStringLiteral("error_kind")).toString()), error,
                     object.value(QStringLiteral("error_detail")).toString()};
    const auto kind = kindFromName(object.value(QStringLiteral("kind")).toString());
    const int outputs = object.value(QStringLiteral("output_shape")).toArray().last().toInt();
    if (!kind || outputs < 1 || !object.value(QStringLiteral("load_ms")).isDouble() ||
        !object.value(QStringLiteral("first_forward_ms")).isDouble())
        return std::nullopt;

    ProbeReport report;
    report.stamp = MachineStamp::fromJson(object.value(QStringLiteral("stamp")).toObject());
    report.path = object.value(QStringLiteral("path")).toString();
    report.kind = *kind;
    report.quantizedEngine = object.value(QStringLiteral("quantized_engine")).toString();
    report.input = object.value(QStringLiteral("input")).toString();
    if (report.input == QStringLiteral("synthetic"))
        report.input.clear();
    report.run.outputs = outputs;
    report.run.coldStart = {durationIn(object, QStringLiteral("load_ms")),
                            durationIn(object, QStringLiteral("first_forward_ms"))};
    report.run.peakResidentBytes = object.value(QStringLiteral("peak_resident_bytes")).toInteger();
    report.run.baselineResidentBytes = object.value(QStringLiteral("baseline_resident_bytes")).toInteger();
    return report;
}

} // namespace vitrine
