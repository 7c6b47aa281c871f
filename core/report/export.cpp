#include "core/report/export.h"

#include "core/base/json_values.h"
#include "core/base/literals.h"
#include "core/base/tr.h"
#include "core/compare/thread_sweep.h"
#include "core/report/latency_json.h"
#include "core/report/measurement_json.h"
#include "core/report/sweep_json.h"

#include <algorithm>

namespace vitrine {

namespace {

using std::chrono::nanoseconds;

QJsonObject variantToJson(const VariantResult& result)
{
    QJsonObject object = latencyToJson(result);
    const QJsonObject identity{
        {u"id"_s, result.id},
        {u"name"_s, result.variant.name},
        {u"kind"_s, kindName(result.variant.kind)},
        {u"path"_s, result.variant.path},
        {u"bytes"_s, result.variant.bytes},
        {u"sha256"_s, QString::fromLatin1(result.variant.sha256.toHex())},
        {u"preprocessing"_s, result.variant.preprocessing.toText()},
        {u"engine"_s, orNull(result.engineName)},
        {u"engine_version"_s, orNull(result.engineVersion)},
    };
    for (auto field = identity.begin(); field != identity.end(); ++field)
        object.insert(field.key(), field.value());
    if (!result.quantizedEngine.isEmpty())
        object.insert(u"quantized_engine"_s, result.quantizedEngine);
    if (result.error)
        object.insert(u"error"_s, result.error->message);
    addMeasurements(object, result);
    return object;
}

QJsonObject predictionToJson(const ImageResult& image, const Variant& variant,
                             const Classification& classification, int top)
{
    QJsonArray scores;
    for (const ClassScore& score : classification.top) {
        if (scores.size() >= top)
            break;
        scores.append(QJsonObject{{u"index"_s, score.index},
                                  {u"label"_s, labelFor(variant.labels, score.index)},
                                  {u"probability"_s, score.probability}});
    }
    return {{u"image"_s, image.path},
            {u"model"_s, variant.path},
            {u"kind"_s, kindName(variant.kind)},
            {u"top"_s, scores}};
}

QJsonArray logitsToJson(const std::vector<float>& logits)
{
    QJsonArray array;
    for (const float logit : logits)
        array.append(logit);
    return array;
}

/// A field of RFC 4180. Text that a spreadsheet would run as a formula is given a leading apostrophe.
QString textField(QString text)
{
    if (!text.isEmpty() && u"=+-@\t\r"_s.contains(text.front()))
        text.prepend(u'\'');
    const bool mustQuote =
        text.contains(u',') || text.contains(u'"') || text.contains(u'\n') || text.contains(u'\r');
    return mustQuote ? u'"' + text.replace(u'"', u"\"\""_s) + u'"' : text;
}

QString numberField(double number)
{
    return QString::number(number, 'g', 9);
}

/// Of the image that was measured with; empty fields for the others.
QStringList latencyFields(const Comparison& comparison, const VariantResult& result, const ImageResult& image)
{
    const QString& measured = comparison.stamp.imageSha256;
    const bool isMeasured = measured.isEmpty() || measured == QString::fromLatin1(image.sha256.toHex());
    const LatencySummary& latency = result.latency;
    if (latency.n == 0 || !isMeasured)
        return QStringList(12);
    const auto percentile = [](const std::optional<nanoseconds>& value) {
        return value ? numberField(milliseconds(*value)) : QString();
    };
    const auto& ratio = result.ratio;
    return {QString::number(latency.n),
            numberField(milliseconds(latency.median)),
            numberField(milliseconds(latency.interquartileRange())),
            numberField(milliseconds(latency.minimum)),
            numberField(milliseconds(latency.mean)),
            percentile(latency.p90),
            percentile(latency.p99),
            ratio ? numberField(ratio->ratio) : QString(),
            ratio ? numberField(ratio->ci95.low) : QString(),
            ratio ? numberField(ratio->ci95.high) : QString(),
            verdictName(result.verdict),
            result.badge ? badgeName(*result.badge) : QString()};
}

QStringList predictionFields(const Variant& variant, const Prediction* prediction)
{
    if (!prediction || prediction->classification.top.empty())
        return {QString(), QString(), QString()};
    const ClassScore& best = prediction->classification.top.front();
    return {QString::number(best.index), textField(labelFor(variant.labels, best.index)),
            numberField(best.probability)};
}

QStringList coldFields(const VariantResult& result)
{
    return {result.coldStart ? numberField(milliseconds(result.coldStart->total())) : QString(),
            result.peakMemoryBytes ? QString::number(*result.peakMemoryBytes) : QString()};
}

/// With what the row was classified and measured: MachineStamp, the same in every row but for preprocessing.
QStringList circumstances(const Comparison& comparison, const Variant& variant)
{
    const MachineStamp& stamp = comparison.stamp;
    const auto& benchmark = comparison.benchmark;
    return {QString::number(stamp.threads),
            textField(stamp.timed),
            benchmark && benchmark->stopped ? stopReasonName(*benchmark->stopped) : QString(),
            stamp.timed.isEmpty() ? QString() : QString::number(stamp.seed),
            textField(variant.preprocessing.toText()),
            textField(stamp.engineName),
            textField(stamp.engineVersion),
            textField(stamp.blas),
            textField(stamp.cpuModel),
            QString::number(stamp.virtualCpus),
            textField(stamp.governor),
            stamp.load < 0 ? QString() : numberField(stamp.load),
            textField(stamp.operatingSystem),
            textField(stamp.vitrineVersion),
            stamp.time.toString(Qt::ISODateWithMs)};
}

QStringList row(const Comparison& comparison, const VariantResult& result, const ImageResult& image)
{
    const Variant& variant = result.variant;
    return QStringList{textField(image.path),
                       textField(variant.path),
                       textField(variant.name),
                       kindName(variant.kind),
                       QString::number(variant.bytes),
                       QString::fromLatin1(variant.sha256.toHex()),
                       textField(result.quantizedEngine)} +
           predictionFields(variant, comparison.prediction(image.id, result.id)) +
           latencyFields(comparison, result, image) +
           QStringList{textField(result.error ? result.error->message : QString())} + coldFields(result) +
           circumstances(comparison, variant) +
           QStringList{textField(result.engineName), textField(result.engineVersion)};
}

} // namespace

QJsonObject toJson(const Comparison& comparison, int top)
{
    QJsonArray variants;
    for (const VariantResult& result : comparison.variants)
        if (result.enabled)
            variants.append(variantToJson(result));
    QJsonObject object{{u"stamp"_s, comparison.stamp.toJson()},
                       {u"warnings"_s, warningsToJson(sweepWarnings(comparison))},
                       {u"variants"_s, variants},
                       {u"predictions"_s, predictionsToJson(comparison, top, false)}};
    const VariantResult* baseline = comparison.baseline();
    if (comparison.benchmark)
        object.insert(u"benchmark"_s,
                      benchmarkToJson(*comparison.benchmark, baseline ? baseline->variant.name : QString()));
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
            const Prediction* prediction = comparison.prediction(image.id, result.id);
            if (!result.enabled || !prediction)
                continue;
            const Classification& classification = prediction->classification;
            QJsonObject object = predictionToJson(image, result.variant, classification, top);
            if (withLogits)
                object.insert(u"logits"_s, logitsToJson(classification.logits));
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
    QString csv = u"image,model,name,kind,bytes,sha256,quantized_engine,top1_index,"
                  "top1_label,top1_probability,n,median_ms,iqr_ms,min_ms,mean_ms,p90_ms,"
                  "p99_ms,ratio,ratio_low95,ratio_high95,verdict,badge,error,"
                  "cold_start_ms,peak_memory_bytes,threads,timed,stopped,seed,preprocessing,"
                  "engine,engine_version,blas,cpu,virtual_cpus,governor,load,"
                  "operating_system,vitrine_version,time,variant_engine,variant_engine_version"_s +
                  lineEnd;
    for (const ImageResult& image : images)
        for (const VariantResult& result : comparison.variants)
            if (result.enabled)
                csv += row(comparison, result, image).join(u',') + lineEnd;
    return csv;
}

} // namespace vitrine
