#include "core/report/measurement_json.h"

#include "core/compare/operator_groups.h"
#include "core/report/json_values.h"

namespace vitrine {

namespace {

QJsonObject phasesToJson(const PhaseTimes& phases)
{
    return {{QStringLiteral("decode"), orNull(phases.decode)},
            {QStringLiteral("resize"), orNull(phases.resize)},
            {QStringLiteral("normalize"), orNull(phases.normalize)},
            {QStringLiteral("load"), orNull(phases.load)},
            {QStringLiteral("first_forward"), orNull(phases.firstForward)},
            {QStringLiteral("steady_forward"), orNull(phases.steadyForward)},
            {QStringLiteral("softmax"), orNull(phases.softmax)}};
}

QJsonValue operatorsOf(const VariantResult& result)
{
    return result.operators ? QJsonValue(toJson(*result.operators)) : QJsonValue();
}

} // namespace

void addMeasurements(QJsonObject& variant, const VariantResult& result)
{
    variant.insert(QStringLiteral("cold_start_ms"),
                   result.coldStart ? QJsonValue(milliseconds(result.coldStart->total())) : QJsonValue());
    variant.insert(QStringLiteral("peak_memory_bytes"),
                   result.peakMemoryBytes ? QJsonValue(*result.peakMemoryBytes) : QJsonValue());
    if (result.probeError)
        variant.insert(QStringLiteral("probe_error"), result.probeError->message);
    variant.insert(QStringLiteral("phases_ms"), phasesToJson(result.phases));
    variant.insert(QStringLiteral("operators"), operatorsOf(result));
}

QJsonObject toJson(const OperatorProfile& profile)
{
    QJsonArray operators;
    for (const OperatorTime& each : profile.operators)
        operators.append(QJsonObject{{QStringLiteral("name"), each.name},
                                     {QStringLiteral("group"), operatorGroup(each.name)},
                                     {QStringLiteral("calls"), each.calls},
                                     {QStringLiteral("self_ms"), milliseconds(each.selfTime)}});
    return {{QStringLiteral("self_cpu_time_total_ms"), milliseconds(profile.selfTotal())},
            {QStringLiteral("outside_ms"), milliseconds(profile.outside)},
            {QStringLiteral("wall_ms"), milliseconds(profile.wallTime)},
            {QStringLiteral("operators"), operators}};
}

QJsonArray toJson(const std::vector<OperatorDifference>& differences)
{
    QJsonArray rows;
    for (const OperatorDifference& row : differences)
        rows.append(QJsonObject{{QStringLiteral("group"), row.group},
                                {QStringLiteral("change"), changeName(row.change)},
                                {QStringLiteral("before_ms"), milliseconds(row.before.time)},
                                {QStringLiteral("after_ms"), milliseconds(row.after.time)},
                                {QStringLiteral("difference_ms"), milliseconds(row.difference())},
                                {QStringLiteral("before_calls"), row.before.calls},
                                {QStringLiteral("after_calls"), row.after.calls},
                                {QStringLiteral("before"), QJsonArray::fromStringList(row.before.operators)},
                                {QStringLiteral("after"), QJsonArray::fromStringList(row.after.operators)}});
    return rows;
}

QJsonObject profilesToJson(const Comparison& comparison, const VariantResult& against)
{
    QJsonArray variants;
    for (const VariantResult& result : comparison.variants) {
        if (!result.enabled)
            continue;
        const bool isComparable = result.id != against.id && result.operators && against.operators;
        variants.append(QJsonObject{
            {QStringLiteral("name"), result.variant.name},
            {QStringLiteral("kind"), kindName(result.variant.kind)},
            {QStringLiteral("path"), result.variant.path},
            {QStringLiteral("operators"), operatorsOf(result)},
            {QStringLiteral("difference_to_against"),
             isComparable ? QJsonValue(toJson(operatorDifferences(*against.operators, *result.operators)))
                          : QJsonValue()}});
    }
    QString image;
    MachineStamp stamp = comparison.stamp;
    for (const ImageResult& each : comparison.images)
        if (each.id == comparison.currentImageId) {
            image = each.path;
            stamp.imageSha256 = QString::fromLatin1(each.sha256.toHex());
        }
    return {{QStringLiteral("stamp"), stamp.toJson()},
            {QStringLiteral("image"), image},
            {QStringLiteral("against"), against.variant.name},
            {QStringLiteral("variants"), variants}};
}

} // namespace vitrine
