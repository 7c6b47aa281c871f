#include "core/image/crop.h"

#include <algorithm>
#include <limits>

namespace vitrine {

namespace {

int roundHalfToEven(qint64 twice)
{
    const qint64 floor = twice / 2;
    return static_cast<int>(twice % 2 == 1 && floor % 2 == 1 ? floor + 1 : floor);
}

} // namespace

QSize resizedSize(QSize source, const Preprocessing& preprocessing)
{
    if (source.isEmpty())
        return {};
    const qint64 shortSide = std::min(source.width(), source.height());
    const qint64 longSide = std::max(source.width(), source.height());
    const qint64 scaled = preprocessing.resize * longSide / shortSide;
    const int resizedLong = static_cast<int>(std::min<qint64>(scaled, std::numeric_limits<int>::max()));
    return source.width() <= source.height() ? QSize(preprocessing.resize, resizedLong)
                                             : QSize(resizedLong, preprocessing.resize);
}

QRect cropInResized(QSize resized, const Preprocessing& preprocessing)
{
    const int size = preprocessing.size;
    return {roundHalfToEven(qint64{resized.width()} - size), roundHalfToEven(qint64{resized.height()} - size),
            size, size};
}

QRectF visibleCrop(QSize source, const Preprocessing& preprocessing)
{
    if (source.isEmpty())
        return {};
    const QSize resized = resizedSize(source, preprocessing);
    const QRectF crop = cropInResized(resized, preprocessing);
    const double x = static_cast<double>(source.width()) / resized.width();
    const double y = static_cast<double>(source.height()) / resized.height();
    return {crop.x() * x, crop.y() * y, crop.width() * x, crop.height() * y};
}

} // namespace vitrine
