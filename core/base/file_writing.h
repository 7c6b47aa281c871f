#pragma once

#include "core/base/result.h"

class QFileDevice;

namespace vitrine {

/// All of these bytes. A disk that fills up takes a part of them; only the next write says why it takes no
/// more, so that errorString() tells the reason after false.
bool writeAll(QFileDevice& file, const void* data, qint64 size);

/// Why `file` could not be opened or written to, from its errorString().
Error notWritable(const QFileDevice& file);

} // namespace vitrine
