#pragma once

#include "core/report/comparison.h"

#include <QString>

namespace vitrine::cli {

/// A comparison for reading in a terminal: what was measured with, and one row a variant. Ratios are of
/// medians, to the first variant's.
QString comparisonText(const Comparison& comparison);

/// The same in short, for the current image: prediction, probability, size, latency and ratio, and what it
/// comes to in one sentence. The prediction is a name alone.
QString summaryText(const Comparison& comparison);

} // namespace vitrine::cli
