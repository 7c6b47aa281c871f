#pragma once

#include "core/compare/comparison.h"

#include <QStringList>

namespace vitrine {

QString threadsText(int threads); ///< "1 thread", "4 threads"

/// Between two numbers of threads, a variant overtakes the baseline or is overtaken by it.
struct Crossover
{
    QString variantId;
    int lastBefore = 1; ///< The largest number of threads on this side where the order is known.
    int firstAfter = 1; ///< The smallest one on the other side.
    Verdict before = Verdict::Unmeasured; ///< Faster or Slower than the baseline.
    Verdict after = Verdict::Unmeasured;
    bool operator==(const Crossover&) const = default;
};

/// Where verdicts turn round from one point to a later one; those that decide nothing are passed over.
std::vector<Crossover> crossovers(const std::vector<ThreadPoint>& sweep);

/// The points where this variant's median cannot be told from its least one, in order: by at most 2 %, or by
/// less than 1.96 standard errors of the difference (see standardErrorOfMedian(); the points were measured
/// one after the other, not in pairs). Empty: it was measured nowhere, or somewhere in fewer than
/// roundsForVerdict rounds.
std::vector<const ThreadPoint*> fastestPoints(const std::vector<ThreadPoint>& sweep,
                                              const QString& variantId);

/// "The sweep was cancelled before it measured on 3 and 4 threads."; empty while it runs, when all was
/// measured, and when there was none.
QString sweepEndText(const Comparison& comparison);

/// What a sweep comes to, one sentence a line: on how many threads each variant is fastest, and crossovers.
QStringList sweepFindings(const Comparison& comparison);

/// What must be known to read them: sweepEndText(), and latencyWarnings() with the number of threads that
/// each is about.
std::vector<MeasurementWarning> sweepWarnings(const Comparison& comparison);

} // namespace vitrine
