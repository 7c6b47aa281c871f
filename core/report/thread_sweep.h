#pragma once

#include "core/report/comparison.h"

#include <QJsonArray>
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

/// The fewest threads where this variant's median is at most 2 % above its least one; null: it was never
/// measured. The points are in order.
const ThreadPoint* fastestPoint(const std::vector<ThreadPoint>& sweep, const QString& variantId);

/// What a sweep comes to, one sentence a line: on how many threads each variant is fastest, and crossovers.
QStringList sweepFindings(const Comparison& comparison);

/// What must be known to read them: latencyWarnings(), with the number of threads that each is about.
std::vector<MeasurementWarning> sweepWarnings(const Comparison& comparison);

/// [{threads, stamp, benchmark: benchmarkToJson(), variants: [{id, name, the fields of latencyToJson()}]}]
QJsonArray sweepToJson(const Comparison& comparison);

} // namespace vitrine
