#include "core/base/literals.h"
#include "core/image/image_reader.h"
#include "tests/support/files.h"
#include "tests/support/test_data.h"

#include <QBuffer>
#include <QImageReader>
#include <QMap>
#include <QTemporaryDir>
#include <QTest>
#include <QtNumeric>

#include <array>
#include <cstdio>
#include <thread>

#include <unistd.h>

using namespace vitrine;

namespace {

using Tags = QList<std::pair<quint16, QList<quint16>>>;

QByteArray bigEndian(quint32 number)
{
    QByteArray bytes(4, '\0');
    for (int i = 0; i < 4; ++i)
        bytes[i] = static_cast<char>(number >> (24 - 8 * i));
    return bytes;
}

QByteArray littleEndian(quint32 number, int count)
{
    QByteArray bytes(count, '\0');
    for (int i = 0; i < count; ++i)
        bytes[i] = static_cast<char>(number >> (8 * i));
    return bytes;
}

QByteArray exif(int orientation)
{
    return QByteArray("MM\0\x2A\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0", 19) +
           static_cast<char>(orientation) + QByteArray(6, '\0');
}

/// Red, green / blue, white, turned so that EXIF's `orientation` turns it upright: 8 x 4 pixels then.
QImage turned(int orientation)
{
    const QSize size = orientation < 5 ? QSize(8, 4) : QSize(4, 8);
    QImage image(size, QImage::Format_RGB888);
    const int right = size.width() - 1;
    const int bottom = size.height() - 1;
    for (int y = 0; y < size.height(); ++y)
        for (int x = 0; x < size.width(); ++x) {
            const std::array<QPoint, 8> seenAt{
                QPoint(x, y), QPoint(right - x, y),  QPoint(right - x, bottom - y), QPoint(x, bottom - y),
                QPoint(y, x), QPoint(bottom - y, x), QPoint(bottom - y, right - x), QPoint(y, right - x)};
            const QPoint seen = seenAt.at(orientation - 1);
            const QColor color =
                seen.y() < 2 ? (seen.x() < 4 ? Qt::red : Qt::green) : (seen.x() < 4 ? Qt::blue : Qt::white);
            image.setPixelColor(x, y, color);
        }
    return image;
}

QByteArray encoded(const QImage& image, const char* format)
{
    QBuffer buffer;
    if (!image.save(&buffer, format, 100))
        qFatal("cannot write %s", format);
    return buffer.data();
}

QByteArray pngWithExif(int orientation, const QByteArray& before)
{
    QByteArray png = encoded(turned(orientation), "png");
    const QByteArray content = "eXIf" + exif(orientation);
    quint32 crc = 0xFFFFFFFFU;
    for (const char byte : content) {
        crc ^= static_cast<uchar>(byte);
        for (int bit = 0; bit < 8; ++bit)
            crc = crc & 1U ? crc >> 1 ^ 0xEDB88320U : crc >> 1;
    }
    const auto length = static_cast<quint32>(content.size() - 4);
    return png.insert(png.indexOf(before) - 4, bigEndian(length) + content + bigEndian(~crc));
}

QByteArray webpWithExif(int orientation, const QByteArray& prefix)
{
    const QImage image = turned(orientation);
    const QByteArray plain = encoded(image, "webp");
    const qsizetype pixelsAt = plain.indexOf("VP8", 12);
    const auto pixelBytes = static_cast<int>(static_cast<uchar>(plain[pixelsAt + 4]) |
                                             static_cast<uchar>(plain[pixelsAt + 5]) << 8);
    const QByteArray pixels = plain.mid(pixelsAt, 8 + pixelBytes + pixelBytes % 2);
    const QByteArray data = prefix + exif(orientation);
    const QByteArray chunks = "WEBPVP8X" + littleEndian(10, 4) + littleEndian(8, 4) +
                              littleEndian(image.width() - 1, 3) + littleEndian(image.height() - 1, 3) +
                              pixels + "EXIF" + littleEndian(data.size(), 4) + data;
    return "RIFF" + littleEndian(chunks.size(), 4) + chunks;
}

/// One strip of little-endian samples, 2 x 1 pixels; `tags` come atop those that each TIFF has, by number.
QByteArray tiff(quint16 photometric, quint16 samples, quint16 bits, const QByteArray& data,
                const Tags& more = {})
{
    QMap<quint16, QList<quint16>> tags{{256, {2}}, {257, {1}},           {258, QList<quint16>(samples, bits)},
                                       {259, {1}}, {262, {photometric}}, {277, {samples}},
                                       {278, {1}}};
    for (const auto& [tag, values] : more)
        tags[tag] = values;
    tags[273] = {8};
    tags[279] = {static_cast<quint16>(data.size())};
    const auto listsAt = static_cast<quint32>(8 + data.size() + 2 + 12 * tags.size() + 4);
    QByteArray lists;
    QByteArray entries;
    for (auto [tag, values] : tags.asKeyValueRange()) {
        QByteArray list;
        for (const quint16 value : values)
            list += littleEndian(value, 2);
        entries += littleEndian(tag, 2) + littleEndian(3, 2) + littleEndian(values.size(), 4);
        entries += list.size() <= 4 ? list.leftJustified(4, '\0')
                                    : littleEndian(listsAt + static_cast<quint32>(lists.size()), 4);
        if (list.size() > 4)
            lists += list;
    }
    return "II*" + QByteArray(1, '\0') + littleEndian(static_cast<quint32>(8 + data.size()), 4) + data +
           littleEndian(tags.size(), 2) + entries + littleEndian(0, 4) + lists;
}

QByteArray floats(std::initializer_list<float> values)
{
    QByteArray bytes;
    for (const float value : values)
        bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
    return bytes;
}

/// One row of 16-bit pixels, 5 bits a channel.
QByteArray bmp(const QList<quint16>& pixels)
{
    QByteArray row;
    for (const quint16 pixel : pixels)
        row += littleEndian(pixel, 2);
    return "BM" + littleEndian(54 + row.size(), 4) + littleEndian(0, 4) + littleEndian(54, 4) +
           littleEndian(40, 4) + littleEndian(pixels.size(), 4) + littleEndian(1, 4) + littleEndian(1, 2) +
           littleEndian(16, 2) + QByteArray(24, '\0') + row;
}

} // namespace

class TestPictureKinds : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void turnsPicturesUpright_data();
    void turnsPicturesUpright();
    void convertsSamples_data();
    void convertsSamples();
    void namesWhatIsNotRead_data();
    void namesWhatIsNotRead();
    void warns_data();
    void warns();
    void keepsLibrariesWordsOffStandardError();

private:
    QTemporaryDir m_folder;
};

void TestPictureKinds::turnsPicturesUpright_data()
{
    QTest::addColumn<QByteArray>("bytes");
    for (int orientation = 1; orientation <= 8; ++orientation) {
        QTest::addRow("PNG, orientation %d before the pixels", orientation)
            << pngWithExif(orientation, "IDAT");
        QTest::addRow("PNG, orientation %d after the pixels", orientation)
            << pngWithExif(orientation, "IEND");
        QTest::addRow("WebP, orientation %d", orientation) << webpWithExif(orientation, {});
        QTest::addRow("WebP, orientation %d as JPEG has it", orientation)
            << webpWithExif(orientation, QByteArray("Exif\0\0", 6));
    }
}

void TestPictureKinds::turnsPicturesUpright()
{
    QFETCH(const QByteArray, bytes);
    const auto read = readImage(test::writeFile(m_folder.filePath(u"turned"_s), bytes));
    QVERIFY2(read.ok(), read.ok() ? "" : qPrintable(read.error().detail));
    QCOMPARE(read->rgb, turned(1));
}

void TestPictureKinds::convertsSamples_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QList<QRgb>>("row");
    QTest::newRow("16-bit gray: the high byte")
        << tiff(1, 1, 16, littleEndian(0xFEFFFEFF, 4)) << QList<QRgb>{0xFFFEFEFE, 0xFFFEFEFE};
    QTest::newRow("16-bit colours: the high byte")
        << tiff(2, 3, 16, littleEndian(0x01FF00FF, 4) + littleEndian(0x02FF, 2) + QByteArray(6, '\0'))
        << QList<QRgb>{0xFF000102, 0xFF000000};
    QTest::newRow("5 bits a channel: white is white")
        << bmp({0x7FFF, 0x0001}) << QList<QRgb>{0xFFFFFFFF, 0xFF000008};
    QTest::newRow("a PPM to 31: rounded")
        << QByteArray("P6 2 1 31\n\x1F\0\x01\x03\0\0", 16) << QList<QRgb>{0xFFFF0008, 0xFF190000};
    QTest::newRow("a PPM of 16 bits: rounded")
        << QByteArray("P6 1 1 65535\n\x80\xFF\0\x80\xFF\xFF", 19) << QList<QRgb>{0xFF8000FF};
    const QByteArray quads("\x10\x20\x30\x40\x50\x60\x70\x80", 8);
    const QList<QRgb> opaque{0xFF102030, 0xFF506070};
    QTest::newRow("a fourth TIFF sample that is not said to be alpha") << tiff(2, 4, 8, quads) << opaque;
    QTest::newRow("a fourth TIFF sample that is said to be anything")
        << tiff(2, 4, 8, quads, {{338, {0}}}) << opaque;
    QTest::newRow("a fourth TIFF sample that is alpha")
        << tiff(2, 4, 8, QByteArray("\x10\x20\x30\0\x50\x60\x70\xFF", 8), {{338, {2}}})
        << QList<QRgb>{0xFFFFFFFF, 0xFF506070};
    QTest::newRow("colours of 8 bits")
        << tiff(2, 3, 8, QByteArray("\x10\x20\x30\x10\x20\x30", 6)) << QList<QRgb>{0xFF102030, 0xFF102030};
}

void TestPictureKinds::convertsSamples()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const QList<QRgb>, row);
    const auto read = readImage(test::writeFile(m_folder.filePath(u"samples"_s), bytes));
    QVERIFY2(read.ok(), read.ok() ? "" : qPrintable(read.error().detail));
    QCOMPARE(read->rgb.width(), row.size());
    for (int x = 0; x < row.size(); ++x)
        QCOMPARE(QString::number(read->rgb.pixel(x, 0), 16), QString::number(row[x], 16));
    QCOMPARE(read->warning, QString());
}

void TestPictureKinds::namesWhatIsNotRead_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("expected");
    QTest::newRow("gray in floating point") << tiff(1, 1, 32, floats({0, 1}), {{339, {3}}})
                                            << "32-bit floating-point gray: this kind is not read";
    QTest::newRow("signed numbers") << tiff(1, 1, 16, QByteArray(4, '\0'), {{339, {2}}}) << "signed numbers";
    QTest::newRow("planes of 16 bits")
        << tiff(2, 3, 16, QByteArray(12, '\0'), {{284, {2}}}) << "16 bits in separate planes";
    QTest::newRow("32-bit integers") << tiff(1, 1, 32, QByteArray(8, '\0')) << "TIFF of 32 bits a sample";
    QTest::newRow("an unknown compression")
        << tiff(1, 1, 8, QByteArray(2, '\0'), {{259, {33003}}}) << "TIFF of compression 33003";
    QTest::newRow("a sensor's data") << tiff(32803, 1, 16, QByteArray(4, '\0')) << "camera's raw data";
    const QByteArray boxes("\0\0\0\x14"
                           "ftyp",
                           8);
    QTest::newRow("JPEG 2000") << QByteArray("\0\0\0\x0CjP  \r\n\x87\n", 12) << "is a JPEG 2000 picture";
    QTest::newRow("an icon") << QByteArray("\0\0\1\0\1\0\x10\x10", 8) << "is an icon (ICO)";
    QTest::newRow("a drawing after a prologue")
        << QByteArray("<?xml version='1.0'?>\n<svg/>") << "a drawing (SVG)";
    QTest::newRow("a camera's raw file")
        << boxes + QByteArray("crx \0\0\0\1crx ", 12) << "camera's raw picture";
    const QByteArrayList plugins = QImageReader::supportedImageFormats();
    if (!plugins.contains("heic"))
        QTest::newRow("HEIC without a plugin") << boxes + QByteArray("mif1\0\0\0\0heic", 12)
                                               << "HEIC picture, a format that Vitrine does not read without";
    if (!plugins.contains("avif"))
        QTest::newRow("AVIF without a plugin") << boxes + QByteArray("mif1\0\0\0\0avif", 12)
                                               << "AVIF picture, a format that Vitrine does not read without";
    if (!plugins.contains("jxl"))
        QTest::newRow("JPEG XL without a plugin") << QByteArray("\xFF\x0A\0\0", 4) << "kimageformat6-plugins";
}

void TestPictureKinds::namesWhatIsNotRead()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const QString, expected);
    const QString path = test::writeFile(m_folder.filePath(u"kind.tif"_s), bytes);
    const auto read = readImage(path);
    QVERIFY(!read.ok());
    QCOMPARE(read.error().kind, ErrorKind::Unsupported);
    QVERIFY2(read.error().message.contains(expected), qPrintable(read.error().message));
    QVERIFY2(read.error().message.contains(path), qPrintable(read.error().message));
}

void TestPictureKinds::warns_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("expected");
    const Tags floating{{339, {3}}};
    QTest::newRow("numbers to 255") << tiff(2, 3, 32, floats({0, 1, 2, 255, 0, 0}), floating) << "above 1";
    QTest::newRow("what is no number")
        << tiff(2, 3, 32, floats({0, 1, static_cast<float>(qQNaN()), 0, 0, 0}), floating) << "that are none";
    QTest::newRow("numbers to 1") << tiff(2, 3, 32, floats({0, 1, 0.5F, 0, 0, 0}), floating) << "";
    QTest::newRow("a preview") << tiff(1, 1, 8, QByteArray(2, '\0'), {{254, {1}}}) << "Only the preview";
}

void TestPictureKinds::warns()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const QString, expected);
    const auto read = readImage(test::writeFile(m_folder.filePath(u"warned.tif"_s), bytes));
    QVERIFY2(read.ok(), read.ok() ? "" : qPrintable(read.error().detail));
    QVERIFY2(read->warning.contains(expected), qPrintable(read->warning));
    QCOMPARE(read->warning.isEmpty(), expected.isEmpty());
}

void TestPictureKinds::keepsLibrariesWordsOffStandardError()
{
    QByteArray png = encoded(turned(1), "png");
    png[20] = '\x7F';
    const QString broken = test::writeFile(m_folder.filePath(u"broken.png"_s), png);
    const QString rare =
        test::writeFile(m_folder.filePath(u"rare.tif"_s), tiff(1, 1, 32, QByteArray(8, '\0')));
    FILE* const caught = std::tmpfile();
    const int before = ::dup(STDERR_FILENO);
    QVERIFY(caught != nullptr && ::dup2(::fileno(caught), STDERR_FILENO) >= 0);
    QString details;
    std::thread other([&] { details += readImage(broken).error().detail; });
    const QString rareDetail = readImage(rare).error().detail;
    other.join();
    std::fflush(stderr);
    ::dup2(before, STDERR_FILENO);
    ::close(before);
    const long printed = (std::fseek(caught, 0, SEEK_END), std::ftell(caught));
    std::fclose(caught);
    QCOMPARE(printed, 0L);
    QVERIFY2(details.contains(u"libpng"_s), qPrintable(details));
    QVERIFY2(rareDetail.contains(u"Sorry"_s), qPrintable(rareDetail));
}

QTEST_GUILESS_MAIN(TestPictureKinds)
#include "tst_picture_kinds.moc"
