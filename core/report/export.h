#pragma once

#include "core/compare/comparison.h"

#include <QJsonArray>
#include <QJsonObject>

namespace vitrine {

/// {stamp, warnings: [{text, remedy}], variants: [{id, name, kind, path, bytes, sha256, engine,
/// engine_version, quantized_engine?, error?, notices?, the fields of latencyToJson(), and what
/// addMeasurements() adds}], benchmark?: benchmarkToJson(), against_itself?: selfComparisonToJson(),
/// thread_sweep?: sweepToJson(), predictions: [{image, model, kind, scores, top: [{index, label,
/// probability}]}]}. Enabled variants only. Durations in milliseconds; null where nothing was measured.
QJsonObject toJson(const Comparison& comparison, int top = 5);

/// [{image, model, kind, scores (scoreKindName()), top: [{index, label, probability}], logits?}], enabled
/// variants only.
QJsonArray predictionsToJson(const Comparison& comparison, int top, bool withLogits);

/// RFC 4180: one row an image and enabled variant, header first; raw samples are only in JSON. Latency
/// stands in the rows of the image that was measured with, cold start and peak memory in all. "engine" holds
/// those of the whole run, "variant_engine" that of the row.
QString toCsv(const Comparison& comparison);

} // namespace vitrine
