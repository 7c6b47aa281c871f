#include "core/report/latency_json.h"

#include "core/base/json_values.h"
#include "core/base/literals.h"
#include "core/measure/outliers.h"
#include "core/report/column_fields.h"

namespace vitrine {

namespace {

using std::chrono::nanoseconds;

template <typename Value>
QJsonArray ofEach(const std::vector<LatencySample>& samples, Value value)
{
    QJsonArray array;
    for (const LatencySample& sample : samples)
        array.append(value(sample));
    return array;
}

QJsonArray durations(const std::vector<LatencySample>& samples)
{
    return ofEach(samples, [](const LatencySample& sample) { return milliseconds(sample.duration); });
}

QJsonArray starts(const std::vector<LatencySample>& samples)
{
    return ofEach(samples, [](const LatencySample& sample) { return milliseconds(sample.start); });
}

QJsonArray flags(const std::vector<LatencySample>& samples)
{
    QJsonArray array;
    for (const Outlier flag : flagOutliers(durationsInMs(samples)))
        array.append(static_cast<int>(flag));
    return array;
}

QJsonValue driftToJson(const std::optional<Drift>& drift)
{
    if (!drift)
        return {};
    return QJsonObject{{u"change"_s, drift->change}, {u"beyond_noise"_s, drift->isBeyondNoise}};
}

void addVerdict(QJsonObject& object, const VariantResult& result)
{
    static const ColumnList columns = columnsOf({"verdict", "ratio", "ratio_ci95"});
    addFields(object, columns, {result});
    if (result.verdict == Verdict::Baseline)
        object.insert(u"ratio"_s, 1);
}

double seconds(nanoseconds duration)
{
    return std::chrono::duration<double>(duration).count();
}

} // namespace

QJsonObject latencyToJson(const VariantResult& result)
{
    static const ColumnList columns = columnsOf({"n", "median_ms", "iqr_ms", "mad_ms", "min_ms", "mean_ms",
                                                 "p90_ms", "p99_ms", "outliers", "far_outliers", "badge"});
    QJsonObject object;
    addFields(object, columns, {result});
    addVerdict(object, result);
    object.insert(u"drift"_s, driftToJson(result.latency->drift));
    object.insert(u"samples_ms"_s, durations(result.latency->samples));
    object.insert(u"sample_rounds"_s,
                  ofEach(result.latency->samples, [](const LatencySample& sample) { return sample.round; }));
    object.insert(u"sample_starts_ms"_s, starts(result.latency->samples));
    object.insert(u"sample_flags"_s, flags(result.latency->samples));
    object.insert(u"warmup_stable"_s,
                  result.latency->hasSettled ? QJsonValue(*result.latency->hasSettled) : QJsonValue());
    object.insert(u"warmup_ms"_s, durations(result.latency->warmUps));
    object.insert(u"warmup_starts_ms"_s, starts(result.latency->warmUps));
    return object;
}

QJsonObject benchmarkToJson(const BenchmarkFacts& facts, const QString& baseline)
{
    const BenchmarkPlan& plan = facts.plan;
    const bool isLimited = plan.budget < BenchmarkPlan::unlimited;
    return {
        {u"timed"_s, timedWorkName(plan.timed)},
        {u"baseline"_s, orNull(baseline)},
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
                       {u"benchmark"_s, benchmarkToJson(self.benchmark, self.first.variant.name)},
                       {u"first"_s, latencyToJson(self.first)},
                       {u"second"_s, latencyToJson(self.second)}};
    addVerdict(object, self.second);
    const auto floor = self.noiseFloor();
    object.insert(u"noise_floor"_s, floor ? QJsonValue(*floor) : QJsonValue());
    if (beside.benchmark)
        if (const QStringList differences = whyNotComparable(self.stamp, beside.stamp);
            !differences.isEmpty())
            object.insert(u"not_comparable"_s, QJsonArray::fromStringList(differences));
    return object;
}

QJsonArray warningsToJson(const std::vector<MeasurementWarning>& warnings)
{
    QJsonArray array;
    for (const MeasurementWarning& warning : warnings)
        array.append(QJsonObject{{u"text"_s, warning.text}, {u"remedy"_s, warning.remedy}});
    return array;
}

} // namespace vitrine
