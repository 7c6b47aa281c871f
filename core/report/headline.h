#pragma once

#include "core/report/comparison.h"

#include <QString>

namespace vitrine {

/// The comparison in one sentence: the fastest other enabled variant (the smallest one, when latency is not
/// known) against the baseline.
///
/// "lite is 1.4× faster than original and 3.6× smaller; same top-1 on 1 of 1 image."
///
/// Careful: a latency verdict needs 5 samples of each and quartile ranges that do not overlap; a ratio is
/// only stated when it is more than 2 % off. A single variant is described by itself; nothing gives "".
QString headline(const Comparison& comparison);

} // namespace vitrine
