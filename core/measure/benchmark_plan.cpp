#include "core/measure/benchmark_plan.h"

#include "core/base/literals.h"
#include "core/base/tr.h"
#include "core/measure/statistics.h"

#include <QLocale>

#include <algorithm>

namespace vitrine {

namespace {

using namespace std::chrono_literals;

BenchmarkPlan quickPlan()
{
    BenchmarkPlan plan;
    plan.warmUps = 3;
    plan.warmUpTime = 100ms;
    plan.extraWarmUps = 17;
    plan.minRounds = 10;
    plan.maxRounds = 200;
    plan.minTime = 300ms;
    plan.precision = 0.05;
    plan.budget = 4s;
    plan.probe = false;
    return plan;
}

BenchmarkPlan paperPlan()
{
    BenchmarkPlan plan;
    plan.warmUpTime = 1000ms;
    plan.minRounds = samplesForP99;
    plan.maxRounds = 20'000;
    plan.minTime = 10s;
    plan.precision = 0.01;
    plan.budget = 600s;
    return plan;
}

} // namespace

void BenchmarkPlan::setExactRounds(int rounds)
{
    minRounds = rounds;
    maxRounds = rounds;
    minTime = 0ms;
    precision = 0;
    budget = unlimited;
}

QString timedWorkName(TimedWork work)
{
    switch (work) {
    case TimedWork::Forward:
        return u"forward"_s;
    case TimedWork::Softmax:
        return u"forward+softmax"_s;
    case TimedWork::FromDecodedImage:
        return u"preprocess+forward+softmax"_s;
    }
    return {};
}

std::optional<TimedWork> timedWorkFromName(const QString& name)
{
    for (const TimedWork work : allTimedWork)
        if (timedWorkName(work) == name)
            return work;
    return std::nullopt;
}

QString timedWorkText(TimedWork work)
{
    switch (work) {
    case TimedWork::Forward:
        return tr("forward pass only");
    case TimedWork::Softmax:
        return tr("forward pass and softmax");
    case TimedWork::FromDecodedImage:
        return tr("preprocessing, forward pass and softmax");
    }
    return {};
}

const std::vector<BenchmarkPreset>& benchmarkPresets()
{
    static const std::vector<BenchmarkPreset> presets{
        {u"quick"_s, tr("quick: a few seconds, differences of some 5 %"), quickPlan()},
        {defaultPresetName, tr("careful: at least 30 rounds, until ratios are known to 2 %"),
         BenchmarkPlan{}},
        {u"paper"_s, tr("paper: at least 662 rounds for p99, ratios known to 1 %"), paperPlan()},
    };
    return presets;
}

const BenchmarkPreset* benchmarkPreset(const QString& name)
{
    const auto found = std::ranges::find(benchmarkPresets(), name, &BenchmarkPreset::name);
    return found == benchmarkPresets().end() ? nullptr : &*found;
}

QString stopReasonName(StopReason reason)
{
    switch (reason) {
    case StopReason::Precise:
        return u"precise"_s;
    case StopReason::Rounds:
        return u"rounds"_s;
    case StopReason::Budget:
        return u"budget"_s;
    case StopReason::Cancelled:
        return u"cancelled"_s;
    case StopReason::Failed:
        return u"failed"_s;
    }
    return {};
}

QString stopReasonText(StopReason reason, const BenchmarkPlan& plan)
{
    const QString precision = QLocale().toString(100 * plan.precision, 'g', 3);
    switch (reason) {
    case StopReason::Precise:
        return tr("precise enough: within %1 %").arg(precision);
    case StopReason::Rounds:
        return plan.precision > 0 ? tr("all rounds were run, but not all is known to %1 %").arg(precision)
                                  : tr("all rounds were run");
    case StopReason::Budget:
        return tr("the time of %1 s for a variant was used up").arg(plan.budget.count());
    case StopReason::Cancelled:
        return tr("cancelled; what was measured is shown");
    case StopReason::Failed:
        return tr("no variant was left that runs");
    }
    return {};
}

} // namespace vitrine
