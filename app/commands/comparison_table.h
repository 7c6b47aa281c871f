#pragma once

#include "core/report/comparison.h"

#include <QString>

namespace vitrine::cli {

/// A comparison for reading in a terminal: what was measured with, and one row a variant. Ratios are of
/// medians, to the first variant's.
QString comparisonText(const Comparison& comparison);

} // namespace vitrine::cli
