#pragma once

#include <QColor>

namespace vitrine {

/// The colour of a variant in every chart, list and export: VariantResult::colorIndex into a palette that
/// stays distinguishable with the common colour-vision deficiencies and on light and dark backgrounds.
/// Repeats after 8.
QColor variantColor(int colorIndex);

} // namespace vitrine
