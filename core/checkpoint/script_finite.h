#pragma once

#include "core/base/result.h"

#include <QMap>
#include <QString>

#include <stop_token>

namespace vitrine {

/// The tensors of the script or lite archive at `path` that hold NaN or infinity, by their place in the
/// module
/// ("blocks.0.norm.weight", "constant 3"), and in how many elements. Nothing is run. All floating-point data
/// are read once, or until it is stopped; a compressed tensor beyond 256 MB is passed over. Any thread.
Result<QMap<QString, qint64>> tensorsNotFinite(const QString& path, const std::stop_token& stop = {});

} // namespace vitrine
