#include "core/measure/outliers.h"

#include "core/measure/statistics.h"

#include <algorithm>

namespace vitrine {

Outlier outlierOf(double sample, double lowerQuartile, double upperQuartile)
{
    const double range = upperQuartile - lowerQuartile;
    const double outside = std::max(lowerQuartile - sample, sample - upperQuartile);
    if (outside > 3 * range)
        return Outlier::Far;
    return outside > 1.5 * range ? Outlier::Mild : Outlier::None;
}

std::vector<Outlier> flagOutliers(std::span<const double> samples)
{
    std::vector<Outlier> flags;
    if (samples.empty())
        return flags;
    const double lower = quantile(samples, 0.25);
    const double upper = quantile(samples, 0.75);
    flags.reserve(samples.size());
    for (const double sample : samples)
        flags.push_back(outlierOf(sample, lower, upper));
    return flags;
}

} // namespace vitrine
