#include "core/report/thread_sweep.h"

#include "core/measure/verdict.h"
#include "core/report/json_values.h"
#include "core/report/latency_json.h"
#include "core/tr.h"

#include <QLocale>

#include <algorithm>
#include <limits>

namespace vitrine {

namespace {

struct Decided
{
    int threads = 1;
    Verdict verdict = Verdict::Unmeasured;
};

std::vector<Decided> decidedVerdicts(const std::vector<ThreadPoint>& sweep, const QString& variantId)
{
    std::vector<Decided> decided;
    for (const ThreadPoint& point : sweep)
        if (const VariantResult* result = point.variant(variantId))
            if (result->verdict == Verdict::Faster || result->verdict == Verdict::Slower)
                decided.push_back({point.threads, result->verdict});
    return decided;
}

/// In order, each once.
QStringList measuredVariants(const std::vector<ThreadPoint>& sweep)
{
    QStringList ids;
    for (const ThreadPoint& point : sweep)
        for (const VariantResult& result : point.variants)
            if (!ids.contains(result.id))
                ids << result.id;
    return ids;
}

} // namespace

QString threadsText(int threads)
{
    return threads == 1 ? tr("1 thread") : tr("%1 threads").arg(threads);
}

std::vector<Crossover> crossovers(const std::vector<ThreadPoint>& sweep)
{
    std::vector<Crossover> found;
    for (const QString& id : measuredVariants(sweep)) {
        const std::vector<Decided> decided = decidedVerdicts(sweep, id);
        for (std::size_t i = 1; i < decided.size(); ++i)
            if (decided[i].verdict != decided[i - 1].verdict)
                found.push_back({id, decided[i - 1].threads, decided[i].threads, decided[i - 1].verdict,
                                 decided[i].verdict});
    }
    return found;
}

const ThreadPoint* fastestPoint(const std::vector<ThreadPoint>& sweep, const QString& variantId)
{
    const auto medianAt = [&](const ThreadPoint& point) {
        const VariantResult* result = point.variant(variantId);
        return result ? double(result->latency.median.count()) : std::numeric_limits<double>::infinity();
    };
    const auto least = std::ranges::min_element(sweep, {}, medianAt);
    if (least == sweep.end() || !least->variant(variantId))
        return nullptr;
    return &*std::ranges::find_if(sweep, [&](const ThreadPoint& point) {
        return medianAt(point) <= ratioThatMatters * medianAt(*least);
    });
}

QStringList sweepFindings(const Comparison& comparison)
{
    QStringList findings;
    for (const QString& id : measuredVariants(comparison.threadSweep)) {
        const ThreadPoint& point = *fastestPoint(comparison.threadSweep, id);
        const VariantResult& result = *point.variant(id);
        findings << tr("%1 is fastest on %2: %3 ms.")
                        .arg(result.variant.name, threadsText(point.threads),
                             QLocale().toString(milliseconds(result.latency.median), 'f', 2));
    }
    const VariantResult* baseline = comparison.baseline();
    for (const Crossover& crossover : crossovers(comparison.threadSweep)) {
        const QString text = crossover.after == Verdict::Faster
                                 ? tr("%1 is slower than %2 on %3, and faster on %4.")
                                 : tr("%1 is faster than %2 on %3, and slower on %4.");
        findings << text.arg(comparison.variant(crossover.variantId)->variant.name,
                             baseline ? baseline->variant.name : QString(), threadsText(crossover.lastBefore),
                             threadsText(crossover.firstAfter));
    }
    return findings;
}

std::vector<MeasurementWarning> sweepWarnings(const Comparison& comparison)
{
    if (comparison.threadSweep.empty())
        return latencyWarnings(comparison);
    std::vector<MeasurementWarning> warnings = measurementWarnings(comparison.threadSweep.front().stamp);
    const VariantResult* baseline = comparison.baseline();
    for (const ThreadPoint& point : comparison.threadSweep)
        for (const MeasurementWarning& warning : benchmarkWarnings(
                 point.variants, baseline ? point.variant(baseline->id) : nullptr, point.benchmark))
            warnings.push_back(
                {tr("On %1: %2").arg(threadsText(point.threads), warning.text), warning.remedy});
    return warnings;
}

QJsonArray sweepToJson(const Comparison& comparison)
{
    QJsonArray array;
    const VariantResult* baseline = comparison.baseline();
    for (const ThreadPoint& point : comparison.threadSweep) {
        QJsonArray variants;
        for (const VariantResult& result : point.variants) {
            QJsonObject object = latencyToJson(result);
            object.insert(QStringLiteral("id"), result.id);
            object.insert(QStringLiteral("name"), result.variant.name);
            variants.append(object);
        }
        array.append(
            QJsonObject{{QStringLiteral("threads"), point.threads},
                        {QStringLiteral("stamp"), point.stamp.toJson()},
                        {QStringLiteral("benchmark"),
                         benchmarkToJson(point.benchmark, baseline ? baseline->variant.name : QString())},
                        {QStringLiteral("variants"), variants}});
    }
    return array;
}

} // namespace vitrine
