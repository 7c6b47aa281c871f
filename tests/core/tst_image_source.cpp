#include "core/base/literals.h"
#include "core/image/image_source.h"
#include "tests/support/test_data.h"

#include <QFileInfo>
#include <QTest>

using namespace vitrine;

namespace {

SourceImage plain(QSize size, QColor color)
{
    SourceImage image{u"/a.png"_s, QByteArray(32, 'a'), QImage(size, QImage::Format_RGB888), u"png"_s, 0, {}};
    image.rgb.fill(color);
    return image;
}

} // namespace

class TestImageSource : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsWhatIsKnownOfAFile();
    void keepsTheWarning();
    void thumbnailsAreUpright_data();
    void thumbnailsAreUpright();
    void thumbnailsAreBounded_data();
    void thumbnailsAreBounded();
    void thumbnailsShowThePicture();
};

void TestImageSource::tellsWhatIsKnownOfAFile()
{
    const QString path = test::fixture(u"images/whole.jpeg"_s);
    const auto image = readImage(path);
    QVERIFY(image);
    const ImageSource source = describeImage(*image);
    QCOMPARE(source.path, QFileInfo(path).absoluteFilePath());
    QCOMPARE(source.sha256, image->sha256);
    QCOMPARE(source.bytes, QFileInfo(path).size());
    QCOMPARE(source.size, image->rgb.size());
    QCOMPARE(source.format, u"jpeg"_s);
    QCOMPARE(source.warning, QString());
}

void TestImageSource::keepsTheWarning()
{
    SourceImage image = plain({2, 2}, Qt::red);
    image.warning = u"The file ends early."_s;
    QCOMPARE(describeImage(image).warning, image.warning);
}

void TestImageSource::thumbnailsAreUpright_data()
{
    QTest::addColumn<QString>("file");
    for (int orientation = 1; orientation <= 8; ++orientation)
        QTest::addRow("EXIF orientation %d", orientation) << u"exif_%1.jpg"_s.arg(orientation);
}

void TestImageSource::thumbnailsAreUpright()
{
    QFETCH(const QString, file);
    const auto image = readImage(test::fixture(u"images/"_s + file));
    QVERIFY(image);
    const QImage thumbnail = describeImage(*image).thumbnail;
    QCOMPARE(thumbnail.format(), QImage::Format_RGB888);
    QCOMPARE(thumbnail.width() > thumbnail.height(), image->rgb.width() > image->rgb.height());
    const QImage expected =
        image->rgb.scaled(thumbnail.size(), Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    const QPoint corner(thumbnail.width() / 8, thumbnail.height() / 8);
    QVERIFY(qAbs(qGray(thumbnail.pixel(corner)) - qGray(expected.pixel(corner))) < 32);
}

void TestImageSource::thumbnailsAreBounded_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<QSize>("expected");
    QTest::newRow("wide") << QSize(1760, 880) << QSize(176, 88);
    QTest::newRow("high") << QSize(500, 1000) << QSize(88, 176);
    QTest::newRow("as large as it may be") << QSize(176, 176) << QSize(176, 176);
    QTest::newRow("a little larger") << QSize(177, 177) << QSize(176, 176);
    QTest::newRow("small") << QSize(5, 7) << QSize(5, 7);
    QTest::newRow("a line") << QSize(4000, 1) << QSize(176, 1);
    QTest::newRow("a column") << QSize(1, 4000) << QSize(1, 176);
}

void TestImageSource::thumbnailsAreBounded()
{
    QFETCH(const QSize, size);
    QFETCH(const QSize, expected);
    const ImageSource source = describeImage(plain(size, Qt::red));
    QCOMPARE(source.size, size);
    QCOMPARE(source.thumbnail.size(), expected);
    QCOMPARE(source.thumbnail.format(), QImage::Format_RGB888);
}

void TestImageSource::thumbnailsShowThePicture()
{
    SourceImage image = plain({1000, 600}, Qt::blue);
    for (int y = 0; y < image.rgb.height(); ++y)
        for (int x = 0; x < image.rgb.width() / 2; ++x)
            image.rgb.setPixel(x, y, qRgb(255, 0, 0));
    const QImage thumbnail = describeImage(image).thumbnail;
    QCOMPARE(thumbnail.pixelColor(20, 50), QColor(Qt::red));
    QCOMPARE(thumbnail.pixelColor(150, 50), QColor(Qt::blue));
}

QTEST_GUILESS_MAIN(TestImageSource)
#include "tst_image_source.moc"
