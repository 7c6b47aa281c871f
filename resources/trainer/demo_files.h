#pragma once

#include "core/base/result.h"
#include "resources/trainer/recipe.h"

namespace vitrine::trainer {

/// Trains (or goes on training) with checkpoints in `work`, prints the progress and a table of the models,
/// and writes what the demo consists of into `out`: weights, labels, manifest, sample images.
Status makeDemoFiles(const Recipe& recipe, const QString& work, const QString& out);

} // namespace vitrine::trainer
