#include "core/report/measurement_json.h"

#include "core/base/json_values.h"
#include "core/base/literals.h"
#include "core/compare/operator_groups.h"
#include "core/report/columns.h"

#include <ranges>

namespace vitrine {

namespace {

QJsonObject phasesToJson(const PhaseTimes& phases)
{
    return {{u"decode"_s, orNull(phases.decode)},
            {u"resize"_s, orNull(phases.resize)},
            {u"normalize"_s, orNull(phases.normalize)},
            {u"load"_s, orNull(phases.load)},
            {u"first_forward"_s, orNull(phases.firstForward)},
            {u"steady_forward"_s, orNull(phases.steadyForward)},
            {u"softmax"_s, orNull(phases.softmax)}};
}

QJsonValue operatorsOf(const VariantResult& result)
{
    return result.operators() ? QJsonValue(toJson(*result.operators())) : QJsonValue();
}

} // namespace

void addMeasurements(QJsonObject& variant, const VariantResult& result)
{
    addFields(variant, "cold_start_ms peak_memory_bytes", {result});
    addKnownFields(variant, "probe_error", {result});
    variant.insert(u"phases_ms"_s, phasesToJson(result.phases));
    variant.insert(u"operators"_s, operatorsOf(result));
}

QJsonObject toJson(const OperatorProfile& profile)
{
    const auto operatorToJson = [](const OperatorTime& each) {
        return QJsonObject{{u"name"_s, each.name},
                           {u"group"_s, operatorGroup(each.name)},
                           {u"calls"_s, each.calls},
                           {u"self_ms"_s, milliseconds(each.selfTime)}};
    };
    return {{u"self_cpu_time_total_ms"_s, milliseconds(profile.selfTotal())},
            {u"outside_ms"_s, milliseconds(profile.outside)},
            {u"wall_ms"_s, milliseconds(profile.wallTime)},
            {u"operators"_s, arrayOf(profile.operators, operatorToJson)}};
}

QJsonArray toJson(const std::vector<OperatorDifference>& differences)
{
    return arrayOf(differences, [](const OperatorDifference& row) {
        return QJsonObject{{u"group"_s, row.group},
                           {u"change"_s, changeName(row.change)},
                           {u"before_ms"_s, milliseconds(row.before.time)},
                           {u"after_ms"_s, milliseconds(row.after.time)},
                           {u"difference_ms"_s, milliseconds(row.difference())},
                           {u"before_calls"_s, row.before.calls},
                           {u"after_calls"_s, row.after.calls},
                           {u"before"_s, QJsonArray::fromStringList(row.before.operators)},
                           {u"after"_s, QJsonArray::fromStringList(row.after.operators)}};
    });
}

QJsonObject profilesToJson(const Comparison& comparison, const VariantResult& against)
{
    const auto profileToJson = [&](const VariantResult& result) {
        const bool isComparable = result.id != against.id && result.operators() && against.operators();
        return QJsonObject{
            {u"name"_s, result.variant.name},
            {u"kind"_s, kindName(result.variant.kind)},
            {u"path"_s, result.variant.path},
            {u"engine"_s, orNull(result.engineName)},
            {u"operators"_s, operatorsOf(result)},
            {u"difference_to_against"_s,
             isComparable ? QJsonValue(toJson(operatorDifferences(*against.operators(), *result.operators())))
                          : QJsonValue()}};
    };
    const ImageResult* image = comparison.image(comparison.currentImageId);
    MachineStamp stamp = comparison.stamp;
    if (image)
        stamp.imageSha256 = QString::fromLatin1(image->sha256.toHex());
    return {{u"stamp"_s, stamp.toJson()},
            {u"image"_s, image ? image->path : QString()},
            {u"against"_s, against.variant.name},
            {u"variants"_s,
             arrayOf(comparison.variants | std::views::filter(&VariantResult::enabled), profileToJson)}};
}

} // namespace vitrine
