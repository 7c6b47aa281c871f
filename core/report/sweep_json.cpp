#include "core/report/sweep_json.h"

#include "core/base/literals.h"
#include "core/report/column_fields.h"
#include "core/report/latency_json.h"

namespace vitrine {

namespace {

QJsonArray fastestNames(const ThreadPoint& point)
{
    QJsonArray names;
    for (const QString& id : point.fastest)
        names.append(point.variant(id)->variant.name);
    return names;
}

QJsonArray toJson(const std::vector<int>& numbers)
{
    QJsonArray array;
    for (const int number : numbers)
        array.append(number);
    return array;
}

} // namespace

QJsonArray sweepToJson(const Comparison& comparison)
{
    static const ColumnList identity = columnsOf({"id", "name"});
    QJsonArray array;
    const VariantResult* baseline = comparison.baseline();
    for (const ThreadPoint& point : comparison.threadSweep) {
        QJsonArray variants;
        for (const VariantResult& result : point.variants) {
            QJsonObject object = latencyToJson(result);
            addFields(object, identity, {result});
            variants.append(object);
        }
        array.append(QJsonObject{
            {u"threads"_s, point.threads},
            {u"stamp"_s, point.stamp.toJson()},
            {u"benchmark"_s, benchmarkToJson(point.benchmark, baseline ? baseline->variant.name : QString())},
            {u"fastest"_s, fastestNames(point)},
            {u"variants"_s, variants}});
    }
    return array;
}

QJsonObject toJson(const SweepFacts& sweep)
{
    return {{u"threads"_s, toJson(sweep.threads)},
            {u"unmeasured"_s, toJson(sweep.unmeasured)},
            {u"cancelled"_s, sweep.isCancelled}};
}

} // namespace vitrine
