#include "core/report/comparison.h"

#include "core/tr.h"

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

void warnOfVariant(std::vector<MeasurementWarning>& warnings, const VariantResult& result)
{
    const QString name = result.variant.name;
    if (result.drift && result.drift->isBeyondNoise)
        warnings.push_back(
            {tr("%1 changed by %2 % in the course of the benchmark.")
                 .arg(name, QLocale().toString(100 * result.drift->change, 'f', 1)),
             tr("Ratios hold, since drift hits all variants alike; for its own median measure again when the "
                "machine is at rest.")});
    if (result.badge == TrustBadge::Unreliable)
        warnings.push_back({tr("The samples of %1 scatter by more than a quarter of their median.").arg(name),
                            tr("End other programs, or measure with fewer threads.")});
}

} // namespace

double SelfComparison::noiseFloor() const
{
    if (!second.ratio)
        return 0;
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

const Prediction* Comparison::prediction(const QString& imageId, const QString& variantId) const
{
    return firstWhere(predictions, [&](const Prediction& prediction) {
        return prediction.imageId == imageId && prediction.variantId == variantId;
    });
}

void describeSamples(VariantResult& result)
{
    result.latency = summarize(result.samples);
    result.badge = badgeOf(result.latency);
    result.drift = driftOf(durationsInMs(result.samples));
}

std::vector<MeasurementWarning> latencyWarnings(const Comparison& comparison)
{
    const auto isMeasured = [](const VariantResult& result) {
        return result.enabled && result.latency.n > 0;
    };
    if (std::ranges::none_of(comparison.variants, isMeasured))
        return {};
    std::vector<MeasurementWarning> warnings = measurementWarnings(comparison.stamp);
    for (const VariantResult& result : comparison.variants)
        if (isMeasured(result))
            warnOfVariant(warnings, result);
    const auto& benchmark = comparison.benchmark;
    if (benchmark && benchmark->stopped == StopReason::Budget)
        warnings.push_back({tr("The benchmark ended before it was precise: %1.")
                                .arg(stopReasonText(StopReason::Budget, benchmark->plan)),
                            tr("Give it more time, or accept wider intervals.")});
    return warnings;
}

} // namespace vitrine
