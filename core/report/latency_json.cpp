#include "core/report/latency_json.h"

#include "core/base/json_values.h"
#include "core/base/literals.h"
#include "core/measure/statistics.h"
#include "core/report/columns.h"

namespace vitrine {

namespace {

QJsonArray durations(const std::vector<LatencySample>& samples)
{
    return arrayOf(durationsInMs(samples));
}

QJsonArray starts(const std::vector<LatencySample>& samples)
{
    return arrayOf(samples, [](const LatencySample& sample) { return milliseconds(sample.start); });
}

QJsonArray flags(const std::vector<LatencySample>& samples)
{
    return arrayOf(flagOutliers(durationsInMs(samples)), [](Outlier flag) { return static_cast<int>(flag); });
}

QJsonValue driftToJson(const std::optional<Drift>& drift)
{
    if (!drift)
        return {};
    return QJsonObject{{u"change"_s, drift->change}, {u"beyond_noise"_s, drift->isBeyondNoise}};
}

void addVerdict(QJsonObject& object, const VariantResult& result)
{
    addFields(object, "verdict ratio ratio_ci95", {result});
    if (result.verdict == Verdict::Baseline)
        object.insert(u"ratio"_s, 1);
}

double seconds(std::chrono::nanoseconds duration)
{
    return std::chrono::duration<double>(duration).count();
}

QJsonObject namedLatency(const VariantResult& result)
{
    QJsonObject object = latencyToJson(result);
    addFields(object, "id name", {result});
    return object;
}

} // namespace

QJsonObject latencyToJson(const VariantResult& result)
{
    const LatencyResult& latency = *result.latency;
    QJsonObject object{{u"drift"_s, driftToJson(latency.drift)},
                       {u"samples_ms"_s, durations(latency.samples)},
                       {u"sample_rounds"_s, arrayOf(latency.samples, &LatencySample::round)},
                       {u"sample_starts_ms"_s, starts(latency.samples)},
                       {u"sample_flags"_s, flags(latency.samples)},
                       {u"warmup_stable"_s, orNull(latency.hasSettled)},
                       {u"warmup_ms"_s, durations(latency.warmUps)},
                       {u"warmup_starts_ms"_s, starts(latency.warmUps)}};
    addFields(object, "n median_ms iqr_ms mad_ms min_ms mean_ms p90_ms p99_ms outliers far_outliers badge",
              {result});
    addVerdict(object, result);
    return object;
}

QJsonObject benchmarkToJson(const BenchmarkFacts& facts, const VariantResult* baseline)
{
    const BenchmarkPlan& plan = facts.plan;
    const bool isLimited = plan.budget < BenchmarkPlan::unlimited;
    return {
        {u"timed"_s, timedWorkName(plan.timed)},
        {u"baseline"_s, orNull(baseline ? baseline->variant.name : QString())},
        {u"rounds"_s, QJsonObject{{u"min"_s, plan.minRounds}, {u"max"_s, plan.maxRounds}}},
        {u"min_time_s"_s, seconds(plan.minTime)},
        {u"precision"_s, plan.precision > 0 ? QJsonValue(plan.precision) : QJsonValue()},
        {u"budget_s"_s, isLimited ? QJsonValue(seconds(plan.budget)) : QJsonValue()},
        {u"warm_up"_s, QJsonObject{{u"passes"_s, plan.warmUps},
                                   {u"time_s"_s, seconds(plan.warmUpTime)},
                                   {u"extra"_s, plan.extraWarmUps}}},
        {u"seed"_s, static_cast<qint64>(plan.seed)},
        {u"stopped"_s, facts.stopped ? QJsonValue(stopReasonName(*facts.stopped)) : QJsonValue()},
        {u"cut_short"_s, facts.isCutShort},
    };
}

QJsonObject selfComparisonToJson(const SelfComparison& self, const Comparison& beside)
{
    QJsonObject object{{u"name"_s, self.first.variant.name},
                       {u"stamp"_s, self.stamp.toJson()},
                       {u"warnings"_s, warningsToJson(selfWarnings(self))},
                       {u"benchmark"_s, benchmarkToJson(self.benchmark, &self.first)},
                       {u"noise_floor"_s, orNull(self.noiseFloor())},
                       {u"first"_s, latencyToJson(self.first)},
                       {u"second"_s, latencyToJson(self.second)}};
    addVerdict(object, self.second);
    if (beside.benchmark)
        if (const QStringList differences = whyNotComparable(self.stamp, beside.stamp);
            !differences.isEmpty())
            object.insert(u"not_comparable"_s, QJsonArray::fromStringList(differences));
    return object;
}

QJsonArray sweepToJson(const Comparison& comparison)
{
    return arrayOf(comparison.threadSweep, [&](const ThreadPoint& point) {
        const auto nameOf = [&](const QString& id) { return point.variant(id)->variant.name; };
        return QJsonObject{{u"threads"_s, point.threads},
                           {u"stamp"_s, point.stamp.toJson()},
                           {u"benchmark"_s, benchmarkToJson(point.benchmark, comparison.baseline())},
                           {u"fastest"_s, arrayOf(point.fastest, nameOf)},
                           {u"variants"_s, arrayOf(point.variants, namedLatency)}};
    });
}

QJsonObject toJson(const SweepFacts& sweep)
{
    return {{u"threads"_s, arrayOf(sweep.threads)},
            {u"unmeasured"_s, arrayOf(sweep.unmeasured)},
            {u"cancelled"_s, sweep.isCancelled}};
}

QJsonArray warningsToJson(const std::vector<MeasurementWarning>& warnings)
{
    return arrayOf(warnings, [](const MeasurementWarning& warning) {
        return QJsonObject{{u"text"_s, warning.text}, {u"remedy"_s, warning.remedy}};
    });
}

} // namespace vitrine
