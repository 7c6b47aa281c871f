#pragma once

#include "core/measure/latency_sample.h"

#include <span>
#include <vector>

namespace vitrine {

/// Tukey's flags. They mark a sample; nothing is ever dropped for them.
enum class Outlier {
    None,
    Mild, ///< More than 1.5 x IQR outside the quartiles.
    Far,  ///< More than 3 x IQR outside the quartiles.
};

Outlier outlierOf(double sample, double lowerQuartile, double upperQuartile);
/// One flag a sample, in their order, by the quartiles (type 7) of all of them.
std::vector<Outlier> flagOutliers(std::span<const double> samples);

} // namespace vitrine
