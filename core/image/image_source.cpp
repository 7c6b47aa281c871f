#include "core/image/image_source.h"

namespace vitrine {

namespace {

constexpr int coarseFactor = 3; ///< Large pictures are thinned out before they are smoothed.

QImage thumbnailOf(const QImage& rgb)
{
    constexpr int side = ImageSource::thumbnailSide;
    if (rgb.isNull() || (rgb.width() <= side && rgb.height() <= side))
        return rgb;
    const QSize size = rgb.size().scaled(side, side, Qt::KeepAspectRatio).expandedTo({1, 1});
    QImage small = rgb;
    if (small.width() > coarseFactor * size.width())
        small = small.scaled(coarseFactor * size, Qt::IgnoreAspectRatio, Qt::FastTransformation);
    small = small.scaled(size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    return small.convertToFormat(QImage::Format_RGB888);
}

} // namespace

ImageSource describeImage(const SourceImage& image)
{
    return {image.path,   image.sha256,  image.bytes,           image.rgb.size(),
            image.format, image.warning, thumbnailOf(image.rgb)};
}

} // namespace vitrine
