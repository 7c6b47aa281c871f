#include "ui/plan_settings.h"

#include "core/base/literals.h"

#include <algorithm>

namespace vitrine {

namespace {

const QString minRounds = u"minRounds"_s;
const QString maxRounds = u"maxRounds"_s;
const QString minTime = u"minTimeMs"_s;
const QString precision = u"precision"_s;
const QString budget = u"budgetS"_s;
const QString timed = u"timed"_s;
const QString seed = u"seed"_s;
const QString probe = u"probe"_s;
const QString warmUps = u"warmUps"_s;
const QString warmUpTime = u"warmUpTimeMs"_s;
const QString extraWarmUps = u"extraWarmUps"_s;

/// The number of that name, unless it is less than `least`.
qint64 number(const QVariantMap& map, const QString& name, qint64 fallback, qint64 least)
{
    bool isNumber = false;
    const qint64 value = map.value(name).toLongLong(&isNumber);
    return isNumber && value >= least ? value : fallback;
}

} // namespace

QVariantMap toMap(const BenchmarkPlan& plan)
{
    return {{minRounds, plan.minRounds},
            {maxRounds, plan.maxRounds},
            {minTime, static_cast<qint64>(plan.minTime.count())},
            {precision, plan.precision},
            {budget, static_cast<qint64>(plan.budget.count())},
            {timed, timedWorkName(plan.timed)},
            {seed, static_cast<qint64>(plan.seed)},
            {probe, plan.probe},
            {warmUps, plan.warmUps},
            {warmUpTime, static_cast<qint64>(plan.warmUpTime.count())},
            {extraWarmUps, plan.extraWarmUps}};
}

BenchmarkPlan planFromMap(const QVariantMap& map)
{
    BenchmarkPlan plan;
    plan.minRounds = static_cast<int>(number(map, minRounds, plan.minRounds, 1));
    plan.maxRounds = std::max(plan.minRounds, static_cast<int>(number(map, maxRounds, plan.maxRounds, 1)));
    plan.minTime = std::chrono::milliseconds(number(map, minTime, plan.minTime.count(), 0));
    plan.precision = std::clamp(map.value(precision, plan.precision).toDouble(), 0.0, 0.5);
    plan.budget = std::chrono::seconds(number(map, budget, plan.budget.count(), 1));
    plan.timed = timedWorkFromName(map.value(timed).toString()).value_or(plan.timed);
    plan.seed = static_cast<std::uint64_t>(number(map, seed, static_cast<qint64>(plan.seed), 0));
    plan.probe = map.value(probe, plan.probe).toBool();
    plan.warmUps = static_cast<int>(number(map, warmUps, plan.warmUps, 0));
    plan.warmUpTime = std::chrono::milliseconds(number(map, warmUpTime, plan.warmUpTime.count(), 0));
    plan.extraWarmUps = static_cast<int>(number(map, extraWarmUps, plan.extraWarmUps, 0));
    return plan;
}

} // namespace vitrine
