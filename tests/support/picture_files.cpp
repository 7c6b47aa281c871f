#include "tests/support/picture_files.h"

#include "core/base/literals.h"

namespace vitrine::test {

QString PictureFiles::path(int number) const
{
    return m_folder.filePath(u"%1.png"_s.arg(number));
}

void PictureFiles::write(int number, const QSize& pixels) const
{
    QImage image(pixels, QImage::Format_RGB888);
    image.fill(QColor(number % 256, number / 256, 128));
    if (!image.save(path(number)))
        qFatal("cannot write %s", qPrintable(path(number)));
}

ImageSource PictureFiles::source(int number) const
{
    write(number);
    const auto image = readImage(path(number));
    if (!image)
        qFatal("cannot read %s", qPrintable(path(number)));
    return describeImage(*image);
}

} // namespace vitrine::test
