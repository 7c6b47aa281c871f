#include "core/report/export.h"

#include "core/base/json_values.h"
#include "core/base/literals.h"
#include "core/compare/thread_sweep.h"
#include "core/report/columns.h"
#include "core/report/latency_json.h"
#include "core/report/measurement_json.h"

#include <algorithm>
#include <ranges>

namespace vitrine {

namespace {

QJsonObject variantToJson(const VariantResult& result)
{
    QJsonObject object = latencyToJson(result);
    addFields(object, "id name kind path bytes sha256 preprocessing", {result});
    addKnownFields(object, "quantized_engine error", {result});
    object.insert(u"engine"_s, orNull(result.engineName));
    object.insert(u"engine_version"_s, orNull(result.engineVersion));
    if (!result.notices.isEmpty())
        object.insert(u"notices"_s, QJsonArray::fromStringList(result.notices));
    addMeasurements(object, result);
    return object;
}

QJsonObject predictionToJson(const ImageResult& image, const Variant& variant,
                             const Classification& classification, int top)
{
    const auto scoreToJson = [&](const ClassScore& score) {
        return QJsonObject{{u"index"_s, score.index},
                           {u"label"_s, labelFor(variant.labels, score.index)},
                           {u"probability"_s, score.probability}};
    };
    return {{u"image"_s, image.path},
            {u"model"_s, variant.path},
            {u"kind"_s, kindName(variant.kind)},
            {u"scores"_s, scoreKindName(classification.kind)},
            {u"top"_s, arrayOf(classification.top | std::views::take(top), scoreToJson)}};
}

const ColumnList& csvColumns()
{
    static const ColumnList list = columnsOf(
        "image model name kind bytes sha256 quantized_engine top1_index top1_label top1_probability n "
        "median_ms iqr_ms min_ms mean_ms p90_ms p99_ms ratio ratio_low95 ratio_high95 verdict badge error "
        "cold_start_ms peak_memory_bytes threads timed stopped seed preprocessing engine engine_version blas "
        "cpu virtual_cpus governor load operating_system vitrine_version time variant_engine "
        "variant_engine_version scores");
    return list;
}

bool isMeasured(const VariantResult& result, const ImageResult& image, const MachineStamp& stamp)
{
    const QString& measured = stamp.imageSha256;
    return result.latency->n > 0 &&
           (measured.isEmpty() || measured == QString::fromLatin1(image.sha256.toHex()));
}

QStringList csvRow(const Comparison& comparison, const VariantResult& result, const ImageResult& image)
{
    const ResultRow row{result, &image, &comparison, &comparison.stamp};
    const bool hasLatency = isMeasured(result, image, comparison.stamp);
    QStringList fields;
    for (const Column* column : csvColumns())
        fields << (column->subject != Subject::Latency || hasLatency ? csvField(column->value(row))
                                                                     : QString());
    return fields;
}

QStringList csvHeader()
{
    QStringList keys;
    for (const Column* column : csvColumns())
        keys << QLatin1String(column->key);
    return keys;
}

} // namespace

QJsonObject toJson(const Comparison& comparison, int top)
{
    QJsonObject object{
        {u"stamp"_s, comparison.stamp.toJson()},
        {u"warnings"_s, warningsToJson(sweepWarnings(comparison))},
        {u"variants"_s,
         arrayOf(comparison.variants | std::views::filter(&VariantResult::enabled), variantToJson)},
        {u"predictions"_s, predictionsToJson(comparison, top, false)}};
    if (comparison.benchmark)
        object.insert(u"benchmark"_s, benchmarkToJson(*comparison.benchmark, comparison.baseline()));
    if (comparison.selfComparison)
        object.insert(u"against_itself"_s, selfComparisonToJson(*comparison.selfComparison, comparison));
    if (!comparison.threadSweep.empty())
        object.insert(u"thread_sweep"_s, sweepToJson(comparison));
    if (comparison.sweep)
        object.insert(u"sweep"_s, toJson(*comparison.sweep));
    return object;
}

QJsonArray predictionsToJson(const Comparison& comparison, int top, bool withLogits)
{
    QJsonArray array;
    for (const ImageResult& image : comparison.images)
        for (const VariantResult& result : comparison.variants) {
            const Classification* prediction = result.prediction(image);
            if (!result.enabled || !prediction)
                continue;
            QJsonObject object = predictionToJson(image, result.variant, *prediction, top);
            if (withLogits)
                object.insert(u"logits"_s, arrayOf(prediction->logits));
            array.append(object);
        }
    return array;
}

QString toCsv(const Comparison& comparison)
{
    std::vector<ImageResult> images = comparison.images;
    // The image that was measured may be gone, the measurement is not.
    const auto measured = QByteArray::fromHex(comparison.stamp.imageSha256.toLatin1());
    if (images.empty() ||
        (!measured.isEmpty() && !std::ranges::count(images, measured, &ImageResult::sha256)))
        images.emplace_back().sha256 = measured;
    const auto lineEnd = u"\r\n"_s;
    QString csv = csvHeader().join(u',') + lineEnd;
    for (const ImageResult& image : images)
        for (const VariantResult& result : comparison.variants)
            if (result.enabled)
                csv += csvRow(comparison, result, image).join(u',') + lineEnd;
    return csv;
}

} // namespace vitrine
