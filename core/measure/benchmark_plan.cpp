#include "core/measure/benchmark_plan.h"

#include "core/base/literals.h"
#include "core/base/tr.h"
#include "core/measure/statistics.h"

#include <QLocale>

#include <algorithm>

namespace vitrine {

namespace {

using namespace std::chrono_literals;

constexpr BenchmarkPlan quickPlan{.warmUps = 3,
                                  .warmUpTime = 100ms,
                                  .extraWarmUps = 17,
                                  .minRounds = 10,
                                  .maxRounds = 200,
                                  .minTime = 300ms,
                                  .precision = 0.05,
                                  .budget = 4s,
                                  .probe = false};

constexpr BenchmarkPlan paperPlan{.warmUpTime = 1000ms,
                                  .minRounds = samplesForP99,
                                  .maxRounds = 20'000,
                                  .minTime = 10s,
                                  .precision = 0.01,
                                  .budget = 600s};

/// In the order of TimedWork.
constexpr const char* timedWorkNames[] = {"forward", "forward+softmax", "preprocess+forward+softmax"};
/// In the order of StopReason.
constexpr const char* stopReasonNames[] = {"precise", "rounds", "budget", "cancelled", "failed"};

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
    return QString::fromLatin1(timedWorkNames[static_cast<int>(work)]);
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
        {u"quick"_s, tr("quick: a few seconds, differences of some 5 %"), quickPlan},
        {defaultPresetName, tr("careful: at least 30 rounds, until ratios are known to 2 %"),
         BenchmarkPlan{}},
        {u"paper"_s, tr("paper: at least 662 rounds for p99, ratios known to 1 %"), paperPlan},
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
    return QString::fromLatin1(stopReasonNames[static_cast<int>(reason)]);
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
