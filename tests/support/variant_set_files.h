#pragma once

#include "core/model/variant_set.h"

namespace vitrine::test {

/// Writes a variant set of made-up files (nothing but zeros) into `folder`: one variant a name, kinds in
/// turn. Sizes fall from 23 MB; labels are wolves and dogs. False when it cannot be written.
bool writeVariantSet(const QString& folder, const QStringList& names);

/// A colourful picture, so that a crop can be seen. False when it cannot be written.
bool writePicture(const QString& path, int width, int height);

} // namespace vitrine::test
