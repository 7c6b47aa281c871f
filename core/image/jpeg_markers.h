#pragma once

#include <QByteArray>

namespace vitrine {

/// What a JPEG file's markers tell. Thumbnails inside its segments and data after its end do not count.
struct JpegMarkers
{
    bool ended = false; ///< The end-of-image marker was there.
    int scans = 0;      ///< Each makes the decoder go over the whole picture.
};

JpegMarkers readJpegMarkers(const QByteArray& bytes);

} // namespace vitrine
