#include "core/base/literals.h"
#include "core/image/input_cache.h"
#include "core/image/preprocessor.h"
#include "tests/support/picture_files.h"

#include <QFile>
#include <QTest>

using namespace vitrine;
using vitrine::test::PictureFiles;

namespace {

Preprocessing small(int size)
{
    Preprocessing preprocessing;
    preprocessing.size = size;
    preprocessing.resize = size;
    return preprocessing;
}

qint64 bytesOf(int size)
{
    return qint64{3} * size * size * 4;
}

} // namespace

class TestInputCache : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void makesTheTensorOnce();
    void tellsImagesAndPreprocessingsApart();
    void asksForNoPictureWhenTheTensorIsKept();
    void theLeastRecentlyUsedGoesFirst();
    void aTensorLargerThanTheLimitIsNotKept();
    void handsOnWhyThereIsNoPicture();
};

void TestInputCache::makesTheTensorOnce()
{
    const PictureFiles files;
    ImageCache images;
    InputCache inputs(images);
    const ImageSource source = files.source(1);
    const auto tensor = inputs.tensor(source, small(8));
    QVERIFY(tensor);
    QCOMPARE((*tensor)->values, preprocess((*images.picture(source))->rgb, small(8)).values);
    QCOMPARE(*inputs.tensor(source, small(8)), *tensor);
    QCOMPARE(inputs.bytes(), bytesOf(8));
}

void TestInputCache::tellsImagesAndPreprocessingsApart()
{
    const PictureFiles files;
    ImageCache images;
    InputCache inputs(images);
    const ImageSource source = files.source(1);
    const auto tensor = inputs.tensor(source, small(8));
    Preprocessing brighter = small(8);
    brighter.mean[0] += 0.125F;
    QVERIFY((*inputs.tensor(source, brighter))->values != (*tensor)->values);
    QVERIFY((*inputs.tensor(files.source(2), small(8)))->values != (*tensor)->values);
    QCOMPARE((*inputs.tensor(source, small(4)))->width, 4);
    QCOMPARE(inputs.bytes(), 3 * bytesOf(8) + bytesOf(4));
}

void TestInputCache::asksForNoPictureWhenTheTensorIsKept()
{
    const PictureFiles files;
    ImageCache images(0);
    InputCache inputs(images);
    const ImageSource source = files.source(1);
    QVERIFY(inputs.tensor(source, small(8)));
    QVERIFY(QFile::remove(source.path));
    QVERIFY(inputs.tensor(source, small(8)));
    QVERIFY(!inputs.tensor(source, small(4)));
}

void TestInputCache::theLeastRecentlyUsedGoesFirst()
{
    const PictureFiles files;
    ImageCache images;
    InputCache inputs(images, 2 * bytesOf(8));
    const auto first = inputs.tensor(files.source(1), small(8));
    const auto second = inputs.tensor(files.source(2), small(8));
    QCOMPARE(*inputs.tensor(files.source(1), small(8)), *first);
    QVERIFY(inputs.tensor(files.source(3), small(8)));
    QCOMPARE(inputs.bytes(), 2 * bytesOf(8));
    QCOMPARE(*inputs.tensor(files.source(1), small(8)), *first);
    QVERIFY(*inputs.tensor(files.source(2), small(8)) != *second);
    inputs.setLimit(bytesOf(8));
    QCOMPARE(inputs.bytes(), bytesOf(8));
}

void TestInputCache::aTensorLargerThanTheLimitIsNotKept()
{
    const PictureFiles files;
    ImageCache images;
    InputCache inputs(images, bytesOf(4));
    const auto tensor = inputs.tensor(files.source(1), small(8));
    QVERIFY(tensor);
    QCOMPARE((*tensor)->width, 8);
    QCOMPARE(inputs.bytes(), qint64(0));
}

void TestInputCache::handsOnWhyThereIsNoPicture()
{
    const PictureFiles files;
    ImageCache images;
    InputCache inputs(images);
    const ImageSource source = files.source(1);
    QVERIFY(QFile::remove(source.path));
    const auto tensor = inputs.tensor(source, small(8));
    QVERIFY(!tensor);
    QCOMPARE(tensor.error().kind, ErrorKind::NotFound);
    QCOMPARE(tensor.error(), images.picture(source).error());
}

QTEST_GUILESS_MAIN(TestInputCache)
#include "tst_input_cache.moc"
