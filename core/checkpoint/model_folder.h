#pragma once

#include "core/base/result.h"

#include <QString>
#include <QStringList>

namespace vitrine {

/// The file that is read when `path` is named: of a folder as Hugging Face and timm have them (config.json,
/// model.safetensors...) its weights, of one shard of several the index that lists it, else the path itself.
QString modelFileAt(const QString& path);

/// Whether modelFileAt() finds weights in this folder. Looks at names only.
bool holdsModelFile(const QString& folder);

/// Whether the path is named like the index of a model in several files ("model.safetensors.index.json").
bool isShardIndex(const QString& path);

/// The index that one shard of several needs and has not beside it ("model.safetensors.index.json"); empty:
/// it is no shard, or has its index.
QString missingIndexOf(const QString& path);

/// The files that an index lists, absolute, each once, in the order of their names. They lie in its folder:
/// an index that leads elsewhere is malformed, a file that is missing is named. Errors do not name the index.
Result<QStringList> shardsOf(const QString& index);

} // namespace vitrine
