#include "core/compare/comparison.h"

#include "core/base/literals.h"
#include "core/base/tr.h"
#include "core/measure/statistics.h"

#include <QLocale>

#include <algorithm>
#include <cmath>
#include <iterator>

namespace vitrine {

namespace {

/// Null: none is it.
template <typename Item, typename Value, typename Member>
const Item* firstWith(const std::vector<Item>& items, const Value& value, Member member)
{
    const auto found = std::ranges::find(items, value, member);
    return found == items.end() ? nullptr : &*found;
}

using Warnings = std::vector<MeasurementWarning>;
using Measured = std::vector<const VariantResult*>;

bool isMeasured(const VariantResult& result)
{
    return result.enabled && result.latency->n > 0;
}

/// "original, lite": of those for whose latency this holds; empty: none.
template <typename Predicate>
QString namesWhere(const Measured& measured, Predicate predicate)
{
    QStringList names;
    for (const VariantResult* result : measured)
        if (predicate(*result->latency))
            names << result->variant.name;
    return names.join(u", "_s);
}

/// "original (+12.0 %), lite (-3.1 %)"; empty: none.
QString driftedText(const Measured& measured)
{
    QStringList texts;
    for (const VariantResult* result : measured)
        if (const auto& drift = result->latency->drift; drift && drift->isBeyondNoise)
            texts << u"%1 (%2%3 %)"_s.arg(result->variant.name, drift->change > 0 ? u"+"_s : QString(),
                                          QLocale().toString(100 * drift->change, 'f', 1));
    return texts.join(u", "_s);
}

void warnOfNoise(Warnings& warnings, const Measured& measured)
{
    const auto isUnreliable = [](const LatencyResult& latency) {
        return latency.badge == TrustBadge::Unreliable;
    };
    if (const QString names = namesWhere(measured, isUnreliable); !names.isEmpty())
        warnings.push_back({tr("Samples scatter by more than a quarter of their median: %1.").arg(names),
                            tr("End other programs, or measure with fewer threads.")});
    if (const QString names = driftedText(measured); !names.isEmpty())
        warnings.push_back(
            {tr("Changed in the course of the benchmark: %1.").arg(names),
             tr("Ratios hold, since drift hits all variants alike; for their own medians measure "
                "again when the machine is at rest.")});
}

void warnOfWarmUp(Warnings& warnings, const Measured& measured)
{
    const auto isUnsettled = [](const LatencyResult& latency) { return !latency.hasSettled.value_or(false); };
    if (const QString names = namesWhere(measured, isUnsettled); !names.isEmpty())
        warnings.push_back(
            {tr("Warm-up ended at its limit, before times were seen to be stable: %1.").arg(names),
             tr("Samples over time show whether they became so; if not, measure again.")});
}

void warnOfInput(Warnings& warnings, const Variant& variant, const Variant& baseline)
{
    if (variant.preprocessing != baseline.preprocessing)
        warnings.push_back({tr("%1 is given another input than %2: %3.")
                                .arg(variant.name, baseline.name, variant.preprocessing.toText()),
                            tr("The ratio is that of models with their inputs; give both the same for one of "
                               "models alone.")});
}

void warnOfEnd(Warnings& warnings, const BenchmarkFacts& benchmark)
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
    return firstWith(variants, true, &VariantResult::enabled);
}

const VariantResult* Comparison::variant(const QString& id) const
{
    return firstWith(variants, id, &VariantResult::id);
}

const VariantResult* ThreadPoint::variant(const QString& id) const
{
    return firstWith(variants, id, &VariantResult::id);
}

bool Comparison::hasSeveralEngines() const
{
    const VariantResult* first = firstWith(variants, true, &VariantResult::enabled);
    return first && std::ranges::any_of(variants, [&](const VariantResult& each) {
               return each.enabled && each.variant.engine != first->variant.engine;
           });
}

const ImageResult* Comparison::image(const QString& id) const
{
    return firstWith(images, id, &ImageResult::id);
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

bool hasOwnProbabilities(const Comparison& comparison)
{
    const auto isOwn = [](const auto& each) { return each->kind != ScoreKind::Logits; };
    return std::ranges::any_of(comparison.variants, [&](const VariantResult& result) {
        return std::ranges::any_of(result.predictions, isOwn);
    });
}

Agreement agreementOf(const Comparison& comparison, const VariantResult& a, const VariantResult& b)
{
    Agreement agreement;
    for (const ImageResult& image : comparison.images) {
        const Classification* ofA = a.prediction(image);
        const Classification* ofB = b.prediction(image);
        if (!ofA || !ofB || ofA->top.empty() || ofB->top.empty())
            continue;
        ++agreement.common;
        agreement.same += ofA->top.front().index == ofB->top.front().index ? 1 : 0;
    }
    return agreement;
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
    Warnings warnings;
    Measured measured;
    for (const VariantResult& result : variants)
        if (isMeasured(result))
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
    std::ranges::copy(measurementWarnings(self.stamp), std::back_inserter(warnings));
    return warnings;
}

std::vector<MeasurementWarning> latencyWarnings(const Comparison& comparison)
{
    if (std::ranges::none_of(comparison.variants, isMeasured))
        return {};
    const VariantResult* baseline = comparison.baseline();
    auto warnings = benchmarkWarnings(
        comparison.variants, baseline && isMeasured(*baseline) ? baseline : nullptr, comparison.benchmark);
    std::ranges::copy(measurementWarnings(comparison.stamp), std::back_inserter(warnings));
    return warnings;
}

} // namespace vitrine
