#pragma once

#include "core/base/result.h"

#include <QString>

namespace vitrine {

/// Where a file of Vitrine's installed data lies, absolute. `name` is relative to share/vitrine:
/// "demo/demo.json". Looked for in VITRINE_DATA_DIR alone if that is set, else where a build or an
/// installation has it, beside the executable's folder. The error lists the folders that were searched.
Result<QString> findDataFile(const QString& name);

/// Where Vitrine keeps what can be made anew, below the user's cache folder (XDG_CACHE_HOME): "demo".
QString cachePath(const QString& name);

} // namespace vitrine
