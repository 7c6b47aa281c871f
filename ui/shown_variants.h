#pragma once

#include "core/compare/comparison.h"

#include <QColor>

#include <vector>

namespace vitrine {

/// The variants that charts and tables show: the enabled ones, in the order of adding, which is the same
/// everywhere. Good as long as `comparison` is.
std::vector<const VariantResult*> enabledVariants(const Comparison& comparison);

/// The colour of a variant in every chart, list and export: VariantResult::colorIndex into a palette that
/// stays distinguishable with the common colour-vision deficiencies and on light and dark backgrounds.
/// Repeats after 8.
QColor variantColor(int colorIndex);

/// The same with control characters in variants' names shown, and not obeyed: for what paints them.
Comparison withShownNames(Comparison comparison);

} // namespace vitrine
