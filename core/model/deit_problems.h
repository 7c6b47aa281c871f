#pragma once

#include "core/checkpoint/checkpoint.h"

#include <vector>

namespace vitrine {

// Why a checkpoint is no DeiT, in words.

/// "not a DeiT: <reason>".
Error notADeit(const QString& reason);
Error noPatchEmbedding(const Checkpoint& checkpoint);

/// "[1, 3, 224, 224]"
QString shapeText(const std::vector<qint64>& shape);
/// "a, b, c, d and 9 more"
QString listed(const QStringList& items, const QString& separator = QStringLiteral(", "));

/// An error with what the checkpoint seems to be instead, and the way out: the line of Python that exports
/// it, for pictures of `imageSize` pixels.
Error withWayOut(Error error, const Checkpoint& checkpoint, int imageSize);

} // namespace vitrine
