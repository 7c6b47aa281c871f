#include "resources/trainer/artefacts.h"

#include <QBuffer>

#include <algorithm>
#include <vector>

namespace vitrine::trainer {

namespace {

/// Deviations of 1, to draw from: a normal number for each of 200,000 values would take longer than all else.
const std::vector<float>& normals()
{
    static const std::vector<float> values = [] {
        Random random(0);
        std::vector<float> drawn(1 << 12);
        for (float& value : drawn)
            value = float(random.normal());
        return drawn;
    }();
    return values;
}

} // namespace

QImage blurred(const QImage& picture, double radius)
{
    if (radius <= 0)
        return picture;
    const QSize small = picture.size() / (1 + radius);
    return picture.scaled(small, Qt::IgnoreAspectRatio, Qt::SmoothTransformation)
        .scaled(picture.size(), Qt::IgnoreAspectRatio, Qt::SmoothTransformation)
        .convertToFormat(QImage::Format_RGB888);
}

QImage withNoise(QImage picture, double deviation, Random& random)
{
    if (deviation <= 0)
        return picture;
    const std::vector<float>& drawn = normals();
    for (int y = 0; y < picture.height(); ++y) {
        uchar* line = picture.scanLine(y);
        for (int i = 0; i < 3 * picture.width(); ++i)
            line[i] =
                uchar(std::clamp(line[i] + float(deviation) * drawn[random.bits() >> 52], 0.0F, 255.0F));
    }
    return picture;
}

QImage throughJpeg(const QImage& picture, int quality)
{
    QByteArray bytes;
    QBuffer buffer(&bytes);
    picture.save(&buffer, "JPEG", quality);
    return QImage::fromData(bytes, "JPEG").convertToFormat(QImage::Format_RGB888);
}

} // namespace vitrine::trainer
