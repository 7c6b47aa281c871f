#include "resources/trainer/random.h"
#include "resources/trainer/shape_paths.h"
#include "resources/trainer/shape_picture.h"

#include <QSet>
#include <QTest>

using namespace vitrine::trainer;

namespace {

constexpr int side = 256;
constexpr int margin = 16; ///< What the usual centre crop takes away.

} // namespace

class ShapePictureTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void thereAreTwelveDistinctClassesOrMore();
    void aSeedAlwaysDrawsTheSamePicture_data() { addShapes(); }
    void aSeedAlwaysDrawsTheSamePicture();
    void otherSeedsDrawOtherPictures();
    void everyShapeStaysInsideTheCrop_data() { addShapes(); }
    void everyShapeStaysInsideTheCrop();
    void aSeriesHasAllClassesAboutEquallyOften();
    void twoSeriesHaveNoPictureInCommon();
    void uniformNumbersLieInTheirRangeAndAverageToItsMiddle();

private:
    static void addShapes()
    {
        QTest::addColumn<int>("shape");
        for (int i = 0; i < int(shapeNames().size()); ++i)
            QTest::newRow(qPrintable(shapeNames().at(i))) << i;
    }
};

void ShapePictureTest::thereAreTwelveDistinctClassesOrMore()
{
    QVERIFY(shapeNames().size() >= 12);
    QCOMPARE(QSet<QString>(shapeNames().begin(), shapeNames().end()).size(), shapeNames().size());
}

void ShapePictureTest::aSeedAlwaysDrawsTheSamePicture()
{
    QFETCH(int, shape);
    const QImage picture = drawShape(shape, 7);
    QCOMPARE(picture.size(), QSize(side, side));
    QCOMPARE(picture.format(), QImage::Format_RGB888);
    QCOMPARE(picture, drawShape(shape, 7));
}

void ShapePictureTest::otherSeedsDrawOtherPictures()
{
    QVERIFY(drawShape(0, 1) != drawShape(0, 2));
}

void ShapePictureTest::everyShapeStaysInsideTheCrop()
{
    QFETCH(int, shape);
    Random random(3);
    for (int i = 0; i < 200; ++i) {
        const QRectF area = shapePath(shape, random).boundingRect();
        QVERIFY2(!area.isEmpty(), "there is something to see");
        const double reach = std::max({-area.left(), area.right(), -area.top(), area.bottom()});
        QVERIFY2(reach <= 1.2, qPrintable(QString::number(reach)));
    }
    // Without texture and artefacts, all that lies outside of the crop is background: smooth.
    for (quint64 seed = 0; seed < 20; ++seed) {
        const QImage picture = drawShape(shape, seed, 0);
        for (int y = 1; y < side; ++y) {
            const QColor above = picture.pixelColor(margin / 4, y - 1);
            const QColor here = picture.pixelColor(margin / 4, y);
            QVERIFY(std::abs(above.lightness() - here.lightness()) <= 6);
        }
    }
}

void ShapePictureTest::aSeriesHasAllClassesAboutEquallyOften()
{
    constexpr int pictures = 14'000;
    QHash<int, int> counts;
    for (quint64 i = 0; i < pictures; ++i)
        ++counts[subjectOf(5, i).shape];
    QCOMPARE(counts.size(), shapeNames().size());
    const int expected = pictures / int(shapeNames().size());
    for (const int count : std::as_const(counts))
        QVERIFY(std::abs(count - expected) < expected / 5);
}

void ShapePictureTest::twoSeriesHaveNoPictureInCommon()
{
    QSet<quint64> seeds;
    for (quint64 i = 0; i < 2000; ++i)
        seeds << subjectOf(1, i).seed << subjectOf(2, i).seed;
    QCOMPARE(seeds.size(), 4000);
}

void ShapePictureTest::uniformNumbersLieInTheirRangeAndAverageToItsMiddle()
{
    Random random(11);
    double sum = 0;
    for (int i = 0; i < 10'000; ++i) {
        const double value = random.uniform(-2, 4);
        QVERIFY(value >= -2 && value < 4);
        sum += value;
    }
    QVERIFY(std::abs(sum / 10'000 - 1) < 0.1);
}

QTEST_MAIN(ShapePictureTest)
#include "tst_shape_picture.moc"
