#include "core/compare/comparison.h"

#include "core/base/literals.h"
#include "core/base/tr.h"
#include "core/measure/stability.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

namespace vitrine {

namespace {

template <typename Items, typename Predicate>
auto firstWhere(const Items& items, Predicate predicate)
{
    const auto found = std::ranges::find_if(items, predicate);
    return found == items.end() ? nullptr : &*found;
}

/// "original (+12.0 %), lite (-3.1 %)"; empty: none.
QString driftedText(const std::vector<const VariantResult*>& measured)
{
    QStringList texts;
    for (const VariantResult* result : measured)
        if (result->latency->drift && result->latency->drift->isBeyondNoise)
            texts << u"%1 (%2%3 %)"_s.arg(result->variant.name,
                                          result->latency->drift->change > 0 ? u"+"_s : QString(),
                                          QLocale().toString(100 * result->latency->drift->change, 'f', 1));
    return texts.join(u", "_s);
}

QString scatteredText(const std::vector<const VariantResult*>& measured)
{
    QStringList names;
    for (const VariantResult* result : measured)
        if (result->latency->badge == TrustBadge::Unreliable)
            names << result->variant.name;
    return names.join(u", "_s);
}

void warnOfNoise(std::vector<MeasurementWarning>& warnings, const std::vector<const VariantResult*>& measured)
{
    if (const QString names = scatteredText(measured); !names.isEmpty())
        warnings.push_back({tr("Samples scatter by more than a quarter of their median: %1.").arg(names),
                            tr("End other programs, or measure with fewer threads.")});
    if (const QString names = driftedText(measured); !names.isEmpty())
        warnings.push_back(
            {tr("Changed in the course of the benchmark: %1.").arg(names),
             tr("Ratios hold, since drift hits all variants alike; for their own medians measure "
                "again when the machine is at rest.")});
}

void warnOfWarmUp(std::vector<MeasurementWarning>& warnings,
                  const std::vector<const VariantResult*>& measured)
{
    QStringList names;
    for (const VariantResult* result : measured)
        if (!result->latency->hasSettled.value_or(false))
            names << result->variant.name;
    if (!names.isEmpty())
        warnings.push_back({tr("Warm-up ended at its limit, before times were seen to be stable: %1.")
                                .arg(names.join(u", "_s)),
                            tr("Samples over time show whether they became so; if not, measure again.")});
}

void warnOfInput(std::vector<MeasurementWarning>& warnings, const Variant& variant, const Variant& baseline)
{
    if (variant.preprocessing != baseline.preprocessing)
        warnings.push_back({tr("%1 is given another input than %2: %3.")
                                .arg(variant.name, baseline.name, variant.preprocessing.toText()),
                            tr("The ratio is that of models with their inputs; give both the same for one of "
                               "models alone.")});
}

void warnOfEnd(std::vector<MeasurementWarning>& warnings, const BenchmarkFacts& benchmark)
{
    const auto& stopped = benchmark.stopped;
    if (stopped == StopReason::Cancelled)
        warnings.push_back({tr("The benchmark was cancelled; what was measured until then is shown."),
                            tr("Run it again for all of it.")});
    else if (benchmark.isCutShort)
        warnings.push_back({tr("Cancelled before the phases, cold start and memory of all variants were "
                               "measured; the latencies are whole."),
                            tr("Run it again for the rest, or leave that out.")});
    if (stopped == StopReason::Budget || (stopped == StopReason::Rounds && benchmark.plan.precision > 0))
        warnings.push_back({tr("The benchmark ended before it was precise: %1.")
                                .arg(stopReasonText(*stopped, benchmark.plan)),
                            tr("Give it more time, or accept wider intervals.")});
}

} // namespace

std::optional<double> SelfComparison::noiseFloor() const
{
    if (!second.ratio)
        return std::nullopt;
    return std::max(std::abs(second.ratio->ci95.low - 1), std::abs(second.ratio->ci95.high - 1));
}

const VariantResult* Comparison::baseline() const
{
    const VariantResult* chosen = variant(baselineId);
    if (chosen && chosen->enabled)
        return chosen;
    return firstWhere(variants, [](const VariantResult& variant) { return variant.enabled; });
}

const VariantResult* Comparison::variant(const QString& id) const
{
    return firstWhere(variants, [&](const VariantResult& variant) { return variant.id == id; });
}

const VariantResult* ThreadPoint::variant(const QString& id) const
{
    return firstWhere(variants, [&](const VariantResult& variant) { return variant.id == id; });
}

bool Comparison::hasSeveralEngines() const
{
    const VariantResult* first = firstWhere(variants, [](const VariantResult& each) { return each.enabled; });
    return first && std::ranges::any_of(variants, [&](const VariantResult& each) {
               return each.enabled && each.variant.engine != first->variant.engine;
           });
}

const ImageResult* Comparison::image(const QString& id) const
{
    return firstWhere(images, [&](const ImageResult& image) { return image.id == id; });
}

const Classification* Comparison::prediction(const QString& imageId, const QString& variantId) const
{
    const ImageResult* asked = image(imageId);
    const VariantResult* asking = variant(variantId);
    return asked && asking ? asking->prediction(*asked) : nullptr;
}

qsizetype Comparison::predictionCount() const
{
    qsizetype count = 0;
    for (const VariantResult& result : variants)
        count +=
            std::ranges::count_if(images, [&](const ImageResult& image) { return result.prediction(image); });
    return count;
}

const Classification* VariantResult::prediction(const ImageResult& image) const
{
    const auto found = predictions.constFind(image.sha256);
    return found == predictions.constEnd() ? nullptr : found->get();
}

LatencyResult LatencyResult::of(std::vector<LatencySample> warmUps, std::vector<LatencySample> samples)
{
    LatencyResult result{summarize(samples), std::move(warmUps), std::move(samples), {}, {}, {}};
    result.badge = badgeOf(result);
    result.drift = driftOf(durationsInMs(result.samples));
    if (!result.samples.empty() && result.warmUps.size() >= stabilityWindow * stabilityWindows)
        result.hasSettled = isStable(durationsInMs(result.warmUps));
    return result;
}

std::vector<MeasurementWarning> benchmarkWarnings(const std::vector<VariantResult>& variants,
                                                  const VariantResult* baseline,
                                                  const std::optional<BenchmarkFacts>& benchmark)
{
    std::vector<MeasurementWarning> warnings;
    std::vector<const VariantResult*> measured;
    for (const VariantResult& result : variants)
        if (result.enabled && result.latency->n > 0)
            measured.push_back(&result);
    if (benchmark)
        warnOfEnd(warnings, *benchmark);
    if (benchmark && benchmark->plan.extraWarmUps > 0)
        warnOfWarmUp(warnings, measured);
    warnOfNoise(warnings, measured);
    for (const VariantResult* result : measured)
        if (baseline)
            warnOfInput(warnings, result->variant, baseline->variant);
    return warnings;
}

std::vector<MeasurementWarning> selfWarnings(const SelfComparison& self)
{
    auto warnings = benchmarkWarnings({self.first, self.second}, nullptr, self.benchmark);
    const auto ofMachine = measurementWarnings(self.stamp);
    warnings.insert(warnings.end(), ofMachine.begin(), ofMachine.end());
    return warnings;
}

std::vector<MeasurementWarning> latencyWarnings(const Comparison& comparison)
{
    const auto isMeasured = [](const VariantResult& result) {
        return result.enabled && result.latency->n > 0;
    };
    if (std::ranges::none_of(comparison.variants, isMeasured))
        return {};
    const VariantResult* baseline = comparison.baseline();
    auto warnings = benchmarkWarnings(
        comparison.variants, baseline && isMeasured(*baseline) ? baseline : nullptr, comparison.benchmark);
    const auto ofMachine = measurementWarnings(comparison.stamp);
    warnings.insert(warnings.end(), ofMachine.begin(), ofMachine.end());
    return warnings;
}

} // namespace vitrine
