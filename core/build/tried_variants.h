#pragma once

#include "core/base/progress.h"
#include "core/engine/engine.h"
#include "core/model/variant_set.h"

namespace vitrine {

/// Runs each variant of a set once, on a synthetic input of the set's preprocessing: the number of classes.
/// An error: one cannot be loaded or run, gives no scores that can be shown (checkScores()), or, if it is a
/// float one, other scores than the first (by more than 1e-3 of the largest). A quantized one with another
/// top-1 than the first gets a notice. The engine's thread.
Result<int> tryVariants(VariantSet& set, Engine& engine, const JobControl& control);

} // namespace vitrine
