#include "core/base/literals.h"
#include "core/image/image_cache.h"
#include "tests/support/files.h"
#include "tests/support/picture_files.h"

#include <QDir>
#include <QFile>
#include <QTest>

#include <atomic>
#include <thread>

using namespace vitrine;
using vitrine::test::PictureFiles;

class TestImageCache : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsWhatItRead();
    void knowsPicturesByContent();
    void theLeastRecentlyUsedGoesFirst();
    void peekingIsAUse();
    void insertingAgainCountsOnce();
    void aLowerLimitTakesEffectAtOnce();
    void aPictureLargerThanTheLimitIsNotKept();
    void aPictureThatWentLivesOnWithItsHolder();
    void aRemovedFileIsNotFound();
    void aChangedFileIsRefused_data();
    void aChangedFileIsRefused();
    void aFolderInItsPlaceIsRefused();
    void aKeptPictureNeedsNoFile();
    void twoThreadsMayUseIt();
};

void TestImageCache::keepsWhatItRead()
{
    const PictureFiles files;
    ImageCache cache;
    QCOMPARE(cache.limit(), ImageCache::defaultLimit);
    const ImageSource source = files.source(1);
    QVERIFY(!cache.peek(source.sha256));
    const auto picture = cache.picture(source);
    QVERIFY(picture);
    QCOMPARE((*picture)->rgb.size(), PictureFiles::size);
    QCOMPARE((*picture)->rgb.format(), QImage::Format_RGB888);
    QCOMPARE((*picture)->path, source.path);
    QCOMPARE((*picture)->sha256, source.sha256);
    QCOMPARE((*picture)->format, source.format);
    QCOMPARE((*picture)->bytes, source.bytes);
    QCOMPARE(cache.peek(source.sha256), *picture);
    QCOMPARE(*cache.picture(source), *picture);
    QCOMPARE(cache.bytes(), PictureFiles::pixelBytes);
}

void TestImageCache::knowsPicturesByContent()
{
    const PictureFiles files;
    ImageCache cache;
    const ImageSource source = files.source(1);
    ImageSource copy = source;
    copy.path = files.path(2);
    QVERIFY(QFile::copy(source.path, copy.path));
    const auto picture = cache.picture(source);
    QVERIFY(picture);
    QCOMPARE(*cache.picture(copy), *picture);
    QCOMPARE(cache.bytes(), PictureFiles::pixelBytes);
}

void TestImageCache::theLeastRecentlyUsedGoesFirst()
{
    const PictureFiles files;
    ImageCache cache(3 * PictureFiles::pixelBytes);
    std::vector<ImageSource> sources;
    for (int i = 0; i < 3; ++i) {
        sources.push_back(files.source(i));
        QVERIFY(cache.picture(sources.back()));
    }
    QVERIFY(cache.picture(sources[0])); // 1 is the oldest by now
    sources.push_back(files.source(3));
    QVERIFY(cache.picture(sources[3]));
    QCOMPARE(cache.bytes(), 3 * PictureFiles::pixelBytes);
    QVERIFY(cache.peek(sources[0].sha256));
    QVERIFY(!cache.peek(sources[1].sha256));
    QVERIFY(cache.peek(sources[2].sha256));
    QVERIFY(cache.peek(sources[3].sha256));
}

void TestImageCache::peekingIsAUse()
{
    const PictureFiles files;
    ImageCache cache(2 * PictureFiles::pixelBytes);
    const ImageSource first = files.source(1);
    const ImageSource second = files.source(2);
    QVERIFY(cache.picture(first));
    QVERIFY(cache.picture(second));
    QVERIFY(cache.peek(first.sha256));
    QVERIFY(cache.picture(files.source(3)));
    QVERIFY(cache.peek(first.sha256));
    QVERIFY(!cache.peek(second.sha256));
}

void TestImageCache::insertingAgainCountsOnce()
{
    const PictureFiles files;
    ImageCache cache;
    const auto picture = cache.picture(files.source(1));
    QVERIFY(picture);
    cache.insert(*picture);
    QCOMPARE(cache.bytes(), PictureFiles::pixelBytes);
    QCOMPARE(cache.peek((*picture)->sha256), *picture);
}

void TestImageCache::aLowerLimitTakesEffectAtOnce()
{
    const PictureFiles files;
    ImageCache cache;
    for (int i = 0; i < 4; ++i)
        QVERIFY(cache.picture(files.source(i)));
    cache.setLimit(2 * PictureFiles::pixelBytes + 1);
    QCOMPARE(cache.bytes(), 2 * PictureFiles::pixelBytes);
    QVERIFY(cache.peek(files.source(3).sha256));
    cache.setLimit(-1);
    QCOMPARE(cache.limit(), qint64(0));
    QCOMPARE(cache.bytes(), qint64(0));
}

void TestImageCache::aPictureLargerThanTheLimitIsNotKept()
{
    const PictureFiles files;
    ImageCache cache(PictureFiles::pixelBytes);
    const ImageSource small = files.source(1);
    QVERIFY(cache.picture(small));
    files.write(2, {20, 11});
    const auto large = readImage(files.path(2));
    QVERIFY(large);
    const auto picture = cache.picture(describeImage(*large));
    QVERIFY(picture);
    QCOMPARE((*picture)->rgb.height(), 11);
    QVERIFY(!cache.peek(large->sha256));
    QVERIFY(cache.peek(small.sha256));
}

void TestImageCache::aPictureThatWentLivesOnWithItsHolder()
{
    const PictureFiles files;
    ImageCache cache;
    const auto picture = cache.picture(files.source(1));
    QVERIFY(picture);
    const std::weak_ptr<const SourceImage> other = *cache.picture(files.source(2));
    cache.setLimit(0);
    QCOMPARE(cache.bytes(), qint64(0));
    QCOMPARE((*picture)->rgb.size(), PictureFiles::size);
    QVERIFY(other.expired());
}

void TestImageCache::aRemovedFileIsNotFound()
{
    const PictureFiles files;
    ImageCache cache;
    const ImageSource source = files.source(1);
    QVERIFY(QFile::remove(source.path));
    const auto picture = cache.picture(source);
    QVERIFY(!picture);
    QCOMPARE(picture.error().kind, ErrorKind::NotFound);
    QVERIFY(picture.error().message.contains(QDir::toNativeSeparators(source.path)));
    QVERIFY(picture.error().message.contains(u"put it back"_s));
}

void TestImageCache::aChangedFileIsRefused_data()
{
    QTest::addColumn<QByteArray>("content");
    const PictureFiles files;
    QTest::newRow("another picture") << test::readFile(files.source(7).path);
    QTest::newRow("no picture") << QByteArray("text");
    QTest::newRow("nothing") << QByteArray();
}

void TestImageCache::aChangedFileIsRefused()
{
    QFETCH(const QByteArray, content);
    const PictureFiles files;
    ImageCache cache;
    const ImageSource source = files.source(1);
    test::writeFile(source.path, content);
    const auto picture = cache.picture(source);
    QVERIFY(!picture);
    QCOMPARE(picture.error().kind, ErrorKind::Malformed);
    QVERIFY(picture.error().message.contains(QDir::toNativeSeparators(source.path)));
    QVERIFY(picture.error().message.contains(u"has changed since it was opened"_s));
    QCOMPARE(cache.bytes(), qint64(0));
}

void TestImageCache::aFolderInItsPlaceIsRefused()
{
    const PictureFiles files;
    ImageCache cache;
    const ImageSource source = files.source(1);
    QVERIFY(QFile::remove(source.path) && QDir().mkdir(source.path));
    const auto picture = cache.picture(source);
    QVERIFY(!picture);
    QVERIFY(picture.error().message.contains(u"has changed since it was opened"_s));
}

void TestImageCache::aKeptPictureNeedsNoFile()
{
    const PictureFiles files;
    ImageCache cache;
    const ImageSource source = files.source(1);
    QVERIFY(cache.picture(source));
    QVERIFY(QFile::remove(source.path));
    QVERIFY(cache.picture(source));
}

void TestImageCache::twoThreadsMayUseIt()
{
    const PictureFiles files;
    ImageCache cache(3 * PictureFiles::pixelBytes);
    std::vector<ImageSource> sources;
    for (int i = 0; i < 5; ++i)
        sources.push_back(files.source(i));
    std::atomic<int> wrong = 0;
    const auto use = [&](std::size_t step) {
        for (std::size_t turn = 0; turn < 60; ++turn) {
            const ImageSource& source = sources[turn * step % sources.size()];
            const auto picture = cache.picture(source);
            if (!picture || (*picture)->sha256 != source.sha256 || cache.bytes() > cache.limit())
                ++wrong;
            cache.peek(sources[turn % sources.size()].sha256);
        }
    };
    std::thread other(use, 2);
    use(3);
    other.join();
    QCOMPARE(wrong.load(), 0);
}

QTEST_GUILESS_MAIN(TestImageCache)
#include "tst_image_cache.moc"
