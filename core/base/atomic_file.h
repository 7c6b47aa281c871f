#pragma once

#include "core/base/result.h"

#include <QByteArray>

namespace vitrine {

/// Writes `data` so that `path` holds either the old or the whole new content. The errors tell a missing
/// folder, missing permissions and a full disk apart, and what to do about each.
Status writeFileAtomically(const QString& path, const QByteArray& data);

} // namespace vitrine
