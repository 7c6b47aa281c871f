#pragma once

#include "core/image/image_file.h"

namespace vitrine {

/// What Qt's decoder would read, but wrongly: "TIFF of signed numbers". Empty: nothing of that kind.
QString misreadKind(const ImageFile& file);

/// After a decoder failed: what it may well not know about an undamaged file, named as above. Empty: it knows
/// everything that can be told from the header, so that the file is damaged.
QString unknownKind(const ImageFile& file);

/// A TIFF file whose first picture only stands in for another, as in a camera's raw files.
bool holdsOnlyAPreview(const ImageFile& file);

/// A TIFF file of colours with one more sample that is not said to be alpha: Qt takes it for that.
bool hasFourthSampleThatIsNoAlpha(const ImageFile& file);

} // namespace vitrine
