#include "core/base/literals.h"
#include "core/image/image_bytes.h"
#include "core/image/image_reader.h"
#include "tests/support/test_data.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

using namespace vitrine;

namespace {

using Colors = QList<QColor>;

QString image(const QString& name)
{
    return test::fixture(u"images/"_s + name);
}

QString odd(const QString& name)
{
    return test::realData(u"images/odd/"_s + name);
}

int distance(QColor a, QColor b)
{
    return std::max(
        {std::abs(a.red() - b.red()), std::abs(a.green() - b.green()), std::abs(a.blue() - b.blue())});
}

} // namespace

class TestImageReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void describesWhatItRead();
    void convertsPixels_data();
    void convertsPixels();
    void keepsEveryPixelOfOddWidths();
    void turnsPicturesUpright_data();
    void turnsPicturesUpright();
    void ignoresTheFilesEnding();
    void acceptsCompleteFiles_data();
    void acceptsCompleteFiles();
    void reportsCutFiles_data();
    void reportsCutFiles();
    void reportsEveryCutOfAJpegOrGif_data();
    void reportsEveryCutOfAJpegOrGif();
    void refusesHostileFiles_data();
    void refusesHostileFiles();
    void readsNoTextsOfAPng();
    void readsNoTextsOfACutPng();
    void readsNoMoreExifOfAPngThanThereIs();
    void survivesDamage_data();
    void survivesDamage();
    void explainsWhatIsNoImage_data();
    void explainsWhatIsNoImage();
    void explainsUnreadableFiles();
    void refusesHugeFilesUnread();
    void explainsMissingFilesAndFolders();
    void offersItsFormatsToFileDialogs();
    void readsOddRealImages_data();
    void readsOddRealImages();
    void refusesOddRealImages_data();
    void refusesOddRealImages();
    void tellsModelsFromImages();

private:
    QString write(const QString& name, const QByteArray& bytes);
    static QByteArray contents(const QString& path);

    QTemporaryDir m_folder;
};

QString TestImageReader::write(const QString& name, const QByteArray& bytes)
{
    QFile file(m_folder.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write %s", qPrintable(file.fileName()));
    return file.fileName();
}

QByteArray TestImageReader::contents(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read %s", qPrintable(path));
    return file.readAll();
}

void TestImageReader::describesWhatItRead()
{
    const QString path = image(u"whole.jpeg"_s);
    const auto read = readImage(QDir::current().relativeFilePath(path));
    QVERIFY(read.ok());
    QCOMPARE(QDir::cleanPath(read->path), QDir::cleanPath(path));
    QVERIFY(QDir::isAbsolutePath(read->path));
    QCOMPARE(read->format, u"jpeg"_s);
    QCOMPARE(read->sha256, QCryptographicHash::hash(contents(path), QCryptographicHash::Sha256));
    QCOMPARE(read->rgb.size(), QSize(32, 24));
    QCOMPARE(read->rgb.format(), QImage::Format_RGB888);
    QCOMPARE(read->warning, QString());
}

void TestImageReader::convertsPixels_data()
{
    const QColor gray(128, 128, 128);
    const QColor pink(255, 127, 127);
    QTest::addColumn<QString>("file");
    QTest::addColumn<Colors>("row");
    QTest::newRow("gray, 8 bits") << "gray8.png" << Colors{Qt::black, gray, Qt::white};
    QTest::newRow("gray, 16 bits") << "gray16.png" << Colors{Qt::black, gray, Qt::white};
    QTest::newRow("colour, 16 bits") << "rgb16.png" << Colors{Qt::black, gray, Qt::white};
    QTest::newRow("transparent, 16 bits") << "rgba16_clear.png" << Colors{Qt::white};
    QTest::newRow("1 bit, width no multiple of 8")
        << "bilevel.png" << Colors{Qt::black, Qt::white, Qt::black, Qt::white, Qt::black,
                                   Qt::white, Qt::black, Qt::white, Qt::white};
    QTest::newRow("gray and alpha over white")
        << "gray_alpha.png" << Colors{Qt::black, QColor(127, 127, 127), Qt::white};
    QTest::newRow("red and alpha over white") << "red_alpha.png" << Colors{Qt::red, pink, Qt::white};
    QTest::newRow("palette with a clear colour") << "palette_second_clear.png" << Colors{Qt::red, Qt::white};
    QTest::newRow("CMYK JPEG") << "cmyk.jpg" << Colors(8, Qt::red);
    QTest::newRow("gray JPEG") << "gray.jpg" << Colors(8, QColor(77, 77, 77));
    QTest::newRow("the first frame of an animation") << "red_then_blue.gif" << Colors(8, Qt::red);
}

void TestImageReader::convertsPixels()
{
    QFETCH(const QString, file);
    QFETCH(const Colors, row);
    const auto read = readImage(image(file));
    QVERIFY2(read.ok(), read.ok() ? "" : qPrintable(read.error().message));
    QCOMPARE(read->rgb.format(), QImage::Format_RGB888);
    QCOMPARE(read->rgb.width(), row.size());
    const int tolerance = file == u"cmyk.jpg" ? 1 : 0;
    for (int x = 0; x < row.size(); ++x)
        QVERIFY2(distance(read->rgb.pixelColor(x, 0), row[x]) <= tolerance,
                 qPrintable(read->rgb.pixelColor(x, 0).name()));
}

void TestImageReader::keepsEveryPixelOfOddWidths()
{
    const QString path = image(u"odd_width.png"_s);
    QCOMPARE(readImage(path)->rgb, QImage(path).convertToFormat(QImage::Format_RGB888));
}

void TestImageReader::turnsPicturesUpright_data()
{
    QTest::addColumn<QString>("file");
    for (int orientation = 1; orientation <= 8; ++orientation)
        QTest::addRow("EXIF orientation %d", orientation) << u"exif_%1.jpg"_s.arg(orientation);
}

void TestImageReader::turnsPicturesUpright()
{
    QFETCH(const QString, file);
    const auto read = readImage(image(file));
    QVERIFY(read.ok());
    QCOMPARE(read->rgb.size(), QSize(32, 16));
    QVERIFY(distance(read->rgb.pixelColor(4, 4), Qt::red) < 10);
    QVERIFY(distance(read->rgb.pixelColor(27, 4), Qt::green) < 10);
    QVERIFY(distance(read->rgb.pixelColor(4, 11), Qt::blue) < 10);
    QVERIFY(distance(read->rgb.pixelColor(27, 11), Qt::white) < 10);
}

void TestImageReader::ignoresTheFilesEnding()
{
    const QString path = write(u"really_a_jpeg.png"_s, contents(image(u"whole.jpeg"_s)));
    QVERIFY(looksLikeImage(path));
    QCOMPARE(readImage(path)->format, u"jpeg"_s);
}

void TestImageReader::acceptsCompleteFiles_data()
{
    QTest::addColumn<QString>("file");
    for (const QString& file : QDir(image({})).entryList({u"whole.*"_s}))
        QTest::newRow(qPrintable(file)) << file;
    QTest::newRow("a JPEG with data after its end") << "trailing_garbage.jpeg";
    QTest::newRow("a JPEG with junk between its segments") << "garbage_before_segment.jpeg";
    QTest::newRow("a JPEG with a thumbnail") << "whole.thumbnail.jpeg";
}

void TestImageReader::acceptsCompleteFiles()
{
    QFETCH(const QString, file);
    QVERIFY(looksLikeImage(image(file)));
    const auto read = readImage(image(file));
    QVERIFY2(read.ok(), read.ok() ? "" : qPrintable(read.error().message));
    QCOMPARE(read->warning, QString());
}

void TestImageReader::reportsCutFiles_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<bool>("shown");
    QTest::newRow("JPEG") << "cut.jpeg" << true;
    QTest::newRow("progressive JPEG") << "cut.progressive.jpeg" << true;
    QTest::newRow("JPEG whose thumbnail is complete") << "cut.thumbnail.jpeg" << true;
    QTest::newRow("GIF") << "cut.gif" << true;
    QTest::newRow("BMP") << "cut.bmp" << true;
    QTest::newRow("XBM") << "cut.xbm" << true;
    QTest::newRow("PNG") << "cut.png" << false;
    QTest::newRow("WebP") << "cut.webp" << false;
    QTest::newRow("TIFF") << "cut.tif" << false;
    QTest::newRow("PPM") << "cut.ppm" << false;
}

void TestImageReader::reportsCutFiles()
{
    QFETCH(const QString, file);
    QFETCH(const bool, shown);
    const auto read = readImage(image(file));
    QCOMPARE(read.ok(), shown);
    if (shown)
        QVERIFY(read->warning.startsWith(u"The file ends early"_s));
    else
        QCOMPARE(read.error().kind, ErrorKind::Malformed);
}

void TestImageReader::reportsEveryCutOfAJpegOrGif_data()
{
    QTest::addColumn<QString>("file");
    QTest::newRow("JPEG") << "whole.jpeg";
    QTest::newRow("progressive JPEG") << "whole.progressive.jpeg";
    QTest::newRow("JPEG with a thumbnail") << "whole.thumbnail.jpeg";
    QTest::newRow("GIF") << "whole.gif";
}

void TestImageReader::reportsEveryCutOfAJpegOrGif()
{
    QFETCH(const QString, file);
    const QByteArray whole = contents(image(file));
    const qsizetype unneededEnd = file.endsWith(u"gif") ? 1 : 0;
    for (qsizetype size = 0; size < whole.size() - unneededEnd; size += 23) {
        const auto read = readImage(write(u"cut"_s, whole.first(size)));
        QVERIFY2(!read.ok() || !read->warning.isEmpty(), qPrintable(QString::number(size)));
    }
}

void TestImageReader::refusesHostileFiles_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("PNG of 4 gigapixels") << "4_gigapixels.png" << ErrorKind::TooLarge;
    QTest::newRow("GIF of 4 gigapixels") << "4_gigapixels.gif" << ErrorKind::TooLarge;
    QTest::newRow("BMP of 6 terapixels") << "6_terapixels.bmp" << ErrorKind::Malformed;
    QTest::newRow("PPM of 10 gigapixels") << "10_gigapixels.ppm" << ErrorKind::Malformed;
    QTest::newRow("XPM of 10 gigapixels") << "10_gigapixels.xpm" << ErrorKind::Malformed;
    QTest::newRow("JPEG of 67 megapixels and a hundred passes")
        << "hundred_scans.jpeg" << ErrorKind::Malformed;
    QTest::newRow("PNG that states 2 GB of EXIF") << "gigabytes_of_exif.png" << ErrorKind::Malformed;
    QTest::newRow("GIF of no width") << "zero_width.gif" << ErrorKind::Malformed;
}

void TestImageReader::refusesHostileFiles()
{
    QFETCH(const QString, file);
    QFETCH(const ErrorKind, kind);
    const auto read = readImage(image(u"hostile/"_s + file));
    QVERIFY(!read.ok());
    QCOMPARE(read.error().kind, kind);
    QVERIFY2(read.error().message.contains(file), qPrintable(read.error().message));
}

void TestImageReader::readsNoTextsOfAPng()
{
    const QString path = image(u"hostile/megabytes_of_text.png"_s);
    QCOMPARE(withoutPngTexts(contents(path)), contents(image(u"gray8.png"_s)));
    QCOMPARE(readImage(path)->rgb, readImage(image(u"gray8.png"_s))->rgb);
}

void TestImageReader::readsNoTextsOfACutPng()
{
    const QByteArray whole = contents(image(u"hostile/megabytes_of_text.png"_s));
    for (qsizetype size = 0; size < whole.size(); ++size) {
        const QByteArray stripped = withoutPngTexts(whole.first(size));
        QVERIFY(stripped.size() <= size);
        QVERIFY(!stripped.contains("TXt"));
    }
}

void TestImageReader::readsNoMoreExifOfAPngThanThereIs()
{
    const QByteArray whole = contents(image(u"hostile/gigabytes_of_exif.png"_s));
    const QByteArray stripped = withoutPngTexts(whole);
    QVERIFY(whole.contains("eXIf"));
    QVERIFY(!stripped.contains("eXIf"));
    QVERIFY(stripped.contains("IHDR"));
}

void TestImageReader::survivesDamage_data()
{
    QTest::addColumn<QString>("file");
    for (const QString& file : QDir(image({})).entryList({u"whole.*"_s}))
        QTest::newRow(qPrintable(file)) << file;
}

void TestImageReader::survivesDamage()
{
    QFETCH(const QString, file);
    const QByteArray whole = contents(image(file));
    for (qsizetype at = 0; at < std::min<qsizetype>(whole.size(), 300); at += at < 30 ? 1 : 9) {
        QByteArray damaged = whole;
        damaged[at] = static_cast<char>(~damaged[at]);
        const auto read = readImage(write(u"damaged"_s, damaged));
        QVERIFY(!read.ok() || !read->rgb.isNull());
    }
}

void TestImageReader::explainsWhatIsNoImage_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<QString>("expected");
    QTest::newRow("empty") << QByteArray() << ErrorKind::Malformed << "is empty";
    QTest::newRow("text") << QByteArray("Dear diary") << ErrorKind::Unsupported << "is not an image";
    QTest::newRow("Git LFS pointer")
        << QByteArray("version https://git-lfs.github.com/spec/v1\noid sha256:0123\nsize 5\n")
        << ErrorKind::Malformed << "is a Git LFS pointer";
    QTest::newRow("SVG drawing") << QByteArray("<svg xmlns=\"http://www.w3.org/2000/svg\"/>")
                                 << ErrorKind::Unsupported << "format that Vitrine does not read";
    QTest::newRow("a kilobyte of zeros")
        << QByteArray(1024, '\0') << ErrorKind::Unsupported << "is not an image";
    QTest::newRow("zip archive") << QByteArray("PK\3\4\24\0\0\0\10\0") << ErrorKind::Unsupported
                                 << "is not an image";
}

void TestImageReader::explainsWhatIsNoImage()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const ErrorKind, kind);
    QFETCH(const QString, expected);
    const QString path = write(u"picture.jpg"_s, bytes);
    QVERIFY(!looksLikeImage(path));
    const auto read = readImage(path);
    QVERIFY(!read.ok());
    QCOMPARE(read.error().kind, kind);
    QVERIFY2(read.error().message.contains(expected), qPrintable(read.error().message));
    QVERIFY(read.error().message.contains(path));
}

void TestImageReader::explainsUnreadableFiles()
{
    const QString madeUp = u"/proc/self/mem"_s;
    if (!QFile::exists(madeUp))
        QSKIP("needs Linux's /proc/self/mem, whose content the system makes up");
    QVERIFY(readImage(madeUp).error().message.contains(u"the system makes up its content"_s));
    QVERIFY(!looksLikeImage(madeUp));
    if (::geteuid() == 0)
        QSKIP("the superuser may read everything");
    const QString secret = write(u"secret.png"_s, "secret");
    QFile::setPermissions(secret, {});
    QCOMPARE(readImage(secret).error().kind, ErrorKind::Unreadable);
}

void TestImageReader::refusesHugeFilesUnread()
{
    QFile sparse(write(u"huge.bmp"_s, "BM"));
    QVERIFY(sparse.resize(qint64{513} * 1024 * 1024));
    QCOMPARE(readImage(sparse.fileName()).error().kind, ErrorKind::TooLarge);
}

void TestImageReader::explainsMissingFilesAndFolders()
{
    QCOMPARE(readImage(m_folder.filePath(u"absent.png"_s)).error().kind, ErrorKind::NotFound);
    QCOMPARE(readImage(QString()).error().kind, ErrorKind::NotFound);
    QVERIFY(readImage(m_folder.path()).error().message.contains(u"is a folder"_s));
    QCOMPARE(readImage(u"/dev/null"_s).error().kind, ErrorKind::Unsupported);
    QVERIFY(!looksLikeImage(m_folder.path()));
    QVERIFY(!looksLikeImage(QString()));
}

void TestImageReader::offersItsFormatsToFileDialogs()
{
    const QStringList filters = imageNameFilters();
    QVERIFY(filters.contains(u"*.png"_s));
    QVERIFY(filters.contains(u"*.jpg"_s));
    QVERIFY(!filters.contains(u"*.svg"_s));
}

void TestImageReader::readsOddRealImages_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QSize>("size");
    QTest::addColumn<bool>("warned");
    QTest::newRow("CMYK JPEG") << "cmyk.jpg" << QSize(100, 100) << false;
    QTest::newRow("upright photograph") << "exif_1.jpg" << QSize(1800, 1200) << false;
    QTest::newRow("the same, turned") << "exif_6_same_scene_rotated.jpg" << QSize(1800, 1200) << false;
    QTest::newRow("gray, 16 bits") << "gray_16bit.pgm" << QSize(128, 128) << false;
    QTest::newRow("gray and alpha") << "gray_alpha.png" << QSize(128, 64) << false;
    QTest::newRow("1 bit") << "one_bit_500.png" << QSize(500, 500) << false;
    QTest::newRow("palette and alpha") << "palette_alpha.png" << QSize(128, 64) << false;
    QTest::newRow("GIF") << "photo.gif" << QSize(128, 128) << false;
    QTest::newRow("TIFF") << "photo.tif" << QSize(128, 128) << false;
    QTest::newRow("WebP") << "photo.webp" << QSize(128, 128) << false;
    QTest::newRow("colour and alpha, 16 bits") << "rgba_16bit.png" << QSize(128, 64) << false;
    QTest::newRow("one pixel and a text that unpacks to gigabytes")
        << "zlib_bomb_text_chunk.png" << QSize(1, 1) << false;
    QTest::newRow("cut JPEG") << "truncated.jpg" << QSize(100, 100) << true;
}

void TestImageReader::readsOddRealImages()
{
    VITRINE_REQUIRE_REAL_DATA();
    QFETCH(const QString, file);
    QFETCH(const QSize, size);
    QFETCH(const bool, warned);
    const auto read = readImage(odd(file));
    QVERIFY2(read.ok(), read.ok() ? "" : qPrintable(read.error().message));
    QCOMPARE(read->rgb.size(), size);
    QCOMPARE(read->rgb.format(), QImage::Format_RGB888);
    QCOMPARE(!read->warning.isEmpty(), warned);
}

void TestImageReader::refusesOddRealImages_data()
{
    QTest::addColumn<QString>("file");
    QTest::newRow("4 gigapixels in 44 bytes") << "bomb_4_gigapixels_44_bytes.gif";
    QTest::newRow("6 terapixels") << "bomb_6_terapixels.bmp";
    QTest::newRow("PNG of 80 broken bytes") << "broken_80_bytes.png";
    QTest::newRow("PNG with broken data") << "broken_data_stream.png";
    QTest::newRow("JPEG with broken data") << "corrupt.jpg";
    QTest::newRow("Git LFS pointer") << "git_lfs_pointer.jpg";
    QTest::newRow("cut PNG") << "truncated.png";
    QTest::newRow("GIF of no width") << "zero_width.gif";
}

void TestImageReader::refusesOddRealImages()
{
    VITRINE_REQUIRE_REAL_DATA();
    QFETCH(const QString, file);
    const auto read = readImage(odd(file));
    QVERIFY(!read.ok());
    QVERIFY(read.error().message.contains(file));
}

void TestImageReader::tellsModelsFromImages()
{
    VITRINE_REQUIRE_REAL_DATA();
    const QDir models(test::realData(u"models"_s));
    for (const QString& folder : models.entryList(QDir::Dirs | QDir::NoDotAndDotDot))
        for (const QFileInfo& file : QDir(models.filePath(folder)).entryInfoList(QDir::Files))
            QVERIFY2(!looksLikeImage(file.filePath()), qPrintable(file.filePath()));
}

QTEST_APPLESS_MAIN(TestImageReader)
#include "tst_image_reader.moc"
