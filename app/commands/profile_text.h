#pragma once

#include "core/compare/comparison.h"

#include <QString>

namespace vitrine::cli {

/// For reading in a terminal: of each enabled variant the `top` operators that took longest, then what
/// differs from `against`.
QString profilesText(const Comparison& comparison, const VariantResult& against, int top);

} // namespace vitrine::cli
