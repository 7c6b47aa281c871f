#pragma once

#include "core/model/variant_set.h"

namespace vitrine {

/// Reads vitrine.json without looking at the files it lists.
Result<VariantSet> readManifest(const QString& path);

} // namespace vitrine
