#pragma once

#include "core/image/tiff_directory.h"

#include <QString>

namespace vitrine {

/// What the first directory of a TIFF file says of its picture.
struct TiffKind
{
    QString misread;                ///< What Qt would read, but wrongly; or empty.
    QString unknown;                ///< What libtiff and Qt may not know; or empty.
    bool preview = false;           ///< It stands in for another picture.
    bool plainFourthSample = false; ///< Colours and one more sample that is not said to be alpha.
};

TiffKind tiffKind(const TiffDirectory& directory);

} // namespace vitrine
