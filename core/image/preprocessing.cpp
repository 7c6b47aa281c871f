#include "core/image/preprocessing.h"

#include "core/base/literals.h"
#include "core/base/tr.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace vitrine {

namespace {

constexpr int maximumSide = 8192;

Error invalid(const QString& key, const QString& why)
{
    return {ErrorKind::Usage, tr("The preprocessing's \"%1\" %2").arg(key, why)};
}

Status checkSides(const Preprocessing& p)
{
    if (p.size < 1 || p.size > maximumSide)
        return invalid(u"size"_s, tr("is %1: give 1 to %2.").arg(p.size).arg(maximumSide));
    if (p.resize < p.size || p.resize > 2 * maximumSide)
        return invalid(u"resize"_s,
                       tr("is %1: give %2 (the size) to %3.").arg(p.resize).arg(p.size).arg(2 * maximumSide));
    if (p.channels != 1 && p.channels != 3)
        return invalid(u"channels"_s, tr("is %1: give 3 (colour) or 1 (gray).").arg(p.channels));
    return Done{};
}

Status checkCount(const QString& key, const std::vector<float>& values, int channels)
{
    if (std::ssize(values) == channels)
        return Done{};
    return invalid(key, tr("has %1 values: give one a channel, %2.").arg(values.size()).arg(channels));
}

int roundHalfToEven(qint64 twice)
{
    const qint64 floor = twice / 2;
    return static_cast<int>(twice % 2 == 1 && floor % 2 == 1 ? floor + 1 : floor);
}

} // namespace

Preprocessing Preprocessing::imageNet(int size)
{
    Preprocessing result;
    result.size = size;
    result.resize = static_cast<int>(size / 0.875);
    return result;
}

Preprocessing Preprocessing::imageNetGray(int size)
{
    Preprocessing result = imageNet(size);
    result.channels = 1;
    result.mean = {0.459F};
    result.standardDeviation = {0.225F};
    return result;
}

Status Preprocessing::validate() const
{
    if (Status sides = checkSides(*this); !sides)
        return sides;
    if (Status counted = checkCount(u"mean"_s, mean, channels); !counted)
        return counted;
    if (Status counted = checkCount(u"std"_s, standardDeviation, channels); !counted)
        return counted;
    if (!std::ranges::all_of(mean, [](float v) { return v >= 0.0F && v <= 1.0F; }))
        return invalid(u"mean"_s, tr("must lie between 0 and 1: divide values meant for 0 to 255 by 255."));
    if (!std::ranges::all_of(standardDeviation, [](float v) { return v > 0.0F && std::isfinite(v); }))
        return invalid(u"std"_s, tr("must be greater than 0."));
    return Done{};
}

QSize resizedSize(QSize source, const Preprocessing& preprocessing)
{
    if (source.isEmpty())
        return {};
    if (preprocessing.fit == Fit::Stretch)
        return {preprocessing.resize, preprocessing.resize};
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
