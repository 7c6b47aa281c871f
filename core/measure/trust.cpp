#include "core/measure/trust.h"

#include "core/base/tr.h"

#include <cmath>

namespace vitrine {

namespace {

/// In the order of TrustBadge; for lupdate and for files alike.
constexpr const char* badgeNames[] = {QT_TRANSLATE_NOOP("vitrine", "good"),
                                      QT_TRANSLATE_NOOP("vitrine", "noisy"),
                                      QT_TRANSLATE_NOOP("vitrine", "unreliable")};

double standardErrorOf(std::span<const double> samples)
{
    return standardErrorOfMedian(medianAbsoluteDeviation(samples), static_cast<int>(samples.size()));
}

} // namespace

std::optional<TrustBadge> badgeOf(const LatencySummary& latency)
{
    if (latency.n < samplesForBadge)
        return std::nullopt;
    const auto range = static_cast<double>(latency.interquartileRange().count());
    const auto median = static_cast<double>(latency.median.count());
    if (range <= 0.10 * median)
        return TrustBadge::Good;
    return range <= 0.25 * median ? TrustBadge::Noisy : TrustBadge::Unreliable;
}

QString badgeName(TrustBadge badge)
{
    return QString::fromLatin1(badgeNames[static_cast<int>(badge)]);
}

QString badgeText(TrustBadge badge)
{
    return tr(badgeNames[static_cast<int>(badge)]);
}

std::optional<Drift> driftOf(std::span<const double> samples)
{
    if (std::ssize(samples) < samplesForDrift)
        return std::nullopt;
    const std::size_t third = samples.size() / 3;
    const auto first = samples.first(third);
    const auto last = samples.last(third);
    const double before = median(first);
    const double after = median(last);
    const double error = std::hypot(standardErrorOf(first), standardErrorOf(last));
    const double change = after / before - 1;
    return Drift{change, std::abs(change) > 0.02 && std::abs(after - before) > 3 * error};
}

} // namespace vitrine
