#pragma once

#include "core/compare/comparison.h"

#include <QJsonArray>
#include <QJsonObject>

namespace vitrine {

/// [{threads, stamp, benchmark: benchmarkToJson(), fastest: [name], variants: [{id, name, the fields of
/// latencyToJson()}]}]
QJsonArray sweepToJson(const Comparison& comparison);
/// {threads, unmeasured, cancelled}
QJsonObject toJson(const SweepFacts& sweep);

} // namespace vitrine
