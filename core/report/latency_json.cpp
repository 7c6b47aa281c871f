#include "core/report/latency_json.h"

#include "core/measure/outliers.h"
#include "core/report/json_values.h"

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
    return QJsonObject{{QStringLiteral("change"), drift->change},
                       {QStringLiteral("beyond_noise"), drift->isBeyondNoise}};
}

QJsonObject summaryToJson(const LatencySummary& latency)
{
    const auto measured = [&](nanoseconds duration) {
        return latency.n == 0 ? QJsonValue() : QJsonValue(milliseconds(duration));
    };
    return {{QStringLiteral("n"), latency.n},
            {QStringLiteral("median_ms"), measured(latency.median)},
            {QStringLiteral("iqr_ms"), measured(latency.interquartileRange())},
            {QStringLiteral("mad_ms"), measured(latency.medianDeviation)},
            {QStringLiteral("min_ms"), measured(latency.minimum)},
            {QStringLiteral("mean_ms"), measured(latency.mean)},
            {QStringLiteral("p90_ms"), orNull(latency.p90)},
            {QStringLiteral("p99_ms"), orNull(latency.p99)},
            {QStringLiteral("outliers"), latency.outliers},
            {QStringLiteral("far_outliers"), latency.farOutliers}};
}

void addVerdict(QJsonObject& object, const VariantResult& result)
{
    QJsonValue ratio = result.verdict == Verdict::Baseline ? QJsonValue(1) : QJsonValue();
    QJsonValue interval;
    if (result.ratio) {
        ratio = result.ratio->ratio;
        interval = QJsonArray{result.ratio->ci95.low, result.ratio->ci95.high};
    }
    object.insert(QStringLiteral("verdict"), orNull(verdictName(result.verdict)));
    object.insert(QStringLiteral("ratio"), ratio);
    object.insert(QStringLiteral("ratio_ci95"), interval);
}

double seconds(nanoseconds duration)
{
    return std::chrono::duration<double>(duration).count();
}

} // namespace

QJsonObject latencyToJson(const VariantResult& result)
{
    QJsonObject object = summaryToJson(result.latency);
    addVerdict(object, result);
    object.insert(QStringLiteral("badge"),
                  result.badge ? QJsonValue(badgeName(*result.badge)) : QJsonValue());
    object.insert(QStringLiteral("drift"), driftToJson(result.drift));
    object.insert(QStringLiteral("samples_ms"), durations(result.samples));
    object.insert(QStringLiteral("sample_rounds"),
                  ofEach(result.samples, [](const LatencySample& sample) { return sample.round; }));
    object.insert(QStringLiteral("sample_starts_ms"), starts(result.samples));
    object.insert(QStringLiteral("sample_flags"), flags(result.samples));
    object.insert(QStringLiteral("warmup_stable"),
                  result.hasSettled ? QJsonValue(*result.hasSettled) : QJsonValue());
    object.insert(QStringLiteral("warmup_ms"), durations(result.warmUps));
    object.insert(QStringLiteral("warmup_starts_ms"), starts(result.warmUps));
    return object;
}

QJsonObject benchmarkToJson(const BenchmarkFacts& facts, const QString& baseline)
{
    const BenchmarkPlan& plan = facts.plan;
    const bool isLimited = plan.budget < BenchmarkPlan::unlimited;
    return {
        {QStringLiteral("timed"), timedWorkName(plan.timed)},
        {QStringLiteral("baseline"), orNull(baseline)},
        {QStringLiteral("rounds"),
         QJsonObject{{QStringLiteral("min"), plan.minRounds}, {QStringLiteral("max"), plan.maxRounds}}},
        {QStringLiteral("min_time_s"), seconds(plan.minTime)},
        {QStringLiteral("precision"), plan.precision > 0 ? QJsonValue(plan.precision) : QJsonValue()},
        {QStringLiteral("budget_s"), isLimited ? QJsonValue(seconds(plan.budget)) : QJsonValue()},
        {QStringLiteral("warm_up"), QJsonObject{{QStringLiteral("passes"), plan.warmUps},
                                                {QStringLiteral("time_s"), seconds(plan.warmUpTime)},
                                                {QStringLiteral("extra"), plan.extraWarmUps}}},
        {QStringLiteral("seed"), static_cast<qint64>(plan.seed)},
        {QStringLiteral("stopped"),
         facts.stopped ? QJsonValue(stopReasonName(*facts.stopped)) : QJsonValue()},
        {QStringLiteral("cut_short"), facts.isCutShort},
    };
}

QJsonObject selfComparisonToJson(const SelfComparison& self, const Comparison& beside)
{
    QJsonObject object{
        {QStringLiteral("name"), self.first.variant.name},
        {QStringLiteral("stamp"), self.stamp.toJson()},
        {QStringLiteral("warnings"), warningsToJson(selfWarnings(self))},
        {QStringLiteral("benchmark"), benchmarkToJson(self.benchmark, self.first.variant.name)},
        {QStringLiteral("first"), latencyToJson(self.first)},
        {QStringLiteral("second"), latencyToJson(self.second)}};
    addVerdict(object, self.second);
    const auto floor = self.noiseFloor();
    object.insert(QStringLiteral("noise_floor"), floor ? QJsonValue(*floor) : QJsonValue());
    if (beside.benchmark)
        if (const QStringList differences = whyNotComparable(self.stamp, beside.stamp);
            !differences.isEmpty())
            object.insert(QStringLiteral("not_comparable"), QJsonArray::fromStringList(differences));
    return object;
}

QJsonArray warningsToJson(const std::vector<MeasurementWarning>& warnings)
{
    QJsonArray array;
    for (const MeasurementWarning& warning : warnings)
        array.append(
            QJsonObject{{QStringLiteral("text"), warning.text}, {QStringLiteral("remedy"), warning.remedy}});
    return array;
}

} // namespace vitrine
