#pragma once

#include "core/base/result.h"
#include "core/model/deit_options.h"

#include <QJsonObject>
#include <QString>

namespace vitrine::cli {

class SessionRunner;

/// {path, format, kind, bytes, sha256, parameters, quantizedEngine, isQuantized, isMobileOptimized,
/// operators, ...}; null where there is nothing to say. Besides: `tensors` and `deit` of a checkpoint,
/// `manifest` of a variant set, `labels` (count, source) of both; of a model, `preprocessing`, `beside` (what
/// came from which file beside it) and `notices`; `image` of an image, `problem` where the file cannot be
/// used as a model; of an archive `inputSignature`, `inputSize` and `inputChannels` where it tells them,
/// `fileOperators` (those that reach files or the network), and `warning` where it will not be run. No file
/// is run, and no engine is needed.
Result<QJsonObject> inspectFile(const QString& path, const DeitOptions& options, SessionRunner& runner);

} // namespace vitrine::cli
