#pragma once

#include "core/compare/comparison.h"

#include <QString>

namespace vitrine::cli {

/// A comparison for reading in a terminal: what was measured with, predictions, latencies with their
/// verdicts, and why the benchmark ended. Ratios are of medians, to the baseline's. When a variant was
/// measured against itself, that takes the place of the latencies.
QString comparisonText(const Comparison& comparison);

/// The same in short, for the current image: prediction, probability, size, latency and ratio, and what it
/// comes to in one sentence. The prediction is a name alone.
QString summaryText(const Comparison& comparison);

/// Comparison::threadSweep: a row for each variant and number of threads, and what it comes to. Ratios are to
/// the baseline on as many threads.
QString sweepText(const Comparison& comparison);

} // namespace vitrine::cli
