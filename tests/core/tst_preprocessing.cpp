#include "core/base/literals.h"
#include "core/image/preprocessing.h"

#include <QJsonArray>
#include <QTest>

using namespace vitrine;

namespace {

Preprocessing mnist()
{
    return {28, 28, 1, {0.1307F}, {0.3081F}};
}

/// Google's ViT, as Hugging Face feeds it.
Preprocessing google()
{
    return {224, 224, 3, {0.5F, 0.5F, 0.5F}, {0.5F, 0.5F, 0.5F}, Interpolation::Bilinear, Fit::Stretch};
}

} // namespace

class TestPreprocessing : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void resizesShortSideOfImageNetByItsRatio();
    void followsTorchvisionsSizes_data();
    void followsTorchvisionsSizes();
    void showsCropInOriginalPixels();
    void stretchesWholePictures();
    void hasNoCropOfNothing();
    void refusesImpossibleValues_data();
    void refusesImpossibleValues();
    void parsesNamedKeysOnly();
    void parsesOneValueForAllChannels();
    void explainsBadText_data();
    void explainsBadText();
    void survivesTextAndJson();
    void takesDefaultsForAbsentJsonKeys();
    void explainsBadJson_data();
    void explainsBadJson();
};

void TestPreprocessing::resizesShortSideOfImageNetByItsRatio()
{
    QCOMPARE(Preprocessing::imageNet(224), Preprocessing());
    QCOMPARE(Preprocessing::imageNet(384).size, 384);
    QCOMPARE(Preprocessing::imageNet(384).resize, 438);
    QVERIFY(Preprocessing::imageNet(8192).validate().ok());
}

void TestPreprocessing::followsTorchvisionsSizes_data()
{
    QTest::addColumn<QSize>("source");
    QTest::addColumn<QSize>("resized");
    QTest::addColumn<QPointF>("corner");
    QTest::newRow("square") << QSize(400, 400) << QSize(256, 256) << QPointF(16, 16);
    QTest::newRow("landscape, long side truncated") << QSize(500, 375) << QSize(341, 256) << QPointF(58, 16);
    QTest::newRow("portrait") << QSize(375, 500) << QSize(256, 341) << QPointF(16, 58);
    QTest::newRow("corner at 1.5 goes to the even 2")
        << QSize(250, 247) << QSize(259, 256) << QPointF(18, 16);
    QTest::newRow("corner at 16.5 goes to the even 16")
        << QSize(257, 256) << QSize(257, 256) << QPointF(16, 16);
    QTest::newRow("one pixel") << QSize(1, 1) << QSize(256, 256) << QPointF(16, 16);
    QTest::newRow("strip whose size overflows is held back")
        << QSize(1, 60'000'000) << QSize(256, 2147483647) << QPointF(16, 1073741712);
}

void TestPreprocessing::followsTorchvisionsSizes()
{
    QFETCH(const QSize, source);
    QFETCH(const QSize, resized);
    QFETCH(const QPointF, corner);
    QCOMPARE(resizedSize(source, {}), resized);
    const QRectF crop = visibleCrop(source, {});
    const double x = static_cast<double>(source.width()) / resized.width();
    const double y = static_cast<double>(source.height()) / resized.height();
    QCOMPARE(crop, QRectF(corner.x() * x, corner.y() * y, 224 * x, 224 * y));
}

void TestPreprocessing::showsCropInOriginalPixels()
{
    QCOMPARE(visibleCrop({512, 1024}, {}), QRectF(32, 288, 448, 448));
    QCOMPARE(visibleCrop({28, 28}, mnist()), QRectF(0, 0, 28, 28));
}

void TestPreprocessing::stretchesWholePictures()
{
    QCOMPARE(resizedSize({500, 375}, google()), QSize(224, 224));
    QCOMPARE(visibleCrop({500, 375}, google()), QRectF(0, 0, 500, 375));
    Preprocessing cropped = google(); // as Hugging Face feeds DeiT
    cropped.resize = 256;
    QCOMPARE(visibleCrop({512, 1024}, cropped), QRectF(32, 64, 448, 896));
}

void TestPreprocessing::hasNoCropOfNothing()
{
    QVERIFY(resizedSize({}, {}).isEmpty());
    QVERIFY(visibleCrop({0, 7}, {}).isEmpty());
}

void TestPreprocessing::refusesImpossibleValues_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("key");
    QTest::newRow("no size") << "size=0"
                             << "size";
    QTest::newRow("negative size") << "size=-1"
                                   << "size";
    QTest::newRow("size that eats the memory") << "size=100000,resize=100000"
                                               << "size";
    QTest::newRow("resize below size") << "size=224,resize=223"
                                       << "resize";
    QTest::newRow("resize that eats the memory") << "resize=1000000"
                                                 << "resize";
    QTest::newRow("two channels") << "channels=2"
                                  << "channels";
    QTest::newRow("gray with three means") << "channels=1,std=1"
                                           << "mean";
    QTest::newRow("two means") << "mean=0.1:0.2"
                               << "mean";
    QTest::newRow("mean in 0 to 255") << "mean=123.7:116.3:103.5"
                                      << "mean";
    QTest::newRow("mean is no number") << "mean=nan"
                                       << "mean";
    QTest::newRow("four deviations") << "std=1:1:1:1"
                                     << "std";
    QTest::newRow("division by zero") << "std=0.2:0:0.2"
                                      << "std";
    QTest::newRow("infinite deviation") << "std=inf"
                                        << "std";
}

void TestPreprocessing::refusesImpossibleValues()
{
    QFETCH(const QString, text);
    QFETCH(const QString, key);
    const auto parsed = Preprocessing::parse(text, {});
    QVERIFY(!parsed.ok());
    QCOMPARE(parsed.error().kind, ErrorKind::Usage);
    QVERIFY2(parsed.error().message.contains(u'"' + key + u'"'), qPrintable(parsed.error().message));
}

void TestPreprocessing::parsesNamedKeysOnly()
{
    const auto parsed = Preprocessing::parse(u" resize = 232 "_s, {});
    QVERIFY(parsed.ok());
    Preprocessing expected;
    expected.resize = 232;
    QCOMPARE(*parsed, expected);
    QCOMPARE(*Preprocessing::parse(QString(), mnist()), mnist());
}

void TestPreprocessing::parsesOneValueForAllChannels()
{
    const auto parsed = Preprocessing::parse(u"mean=0.5,std=0.5,channels=3,size=28,resize=28"_s, mnist());
    QVERIFY(parsed.ok());
    QCOMPARE(*parsed, (Preprocessing{28, 28, 3, {0.5F, 0.5F, 0.5F}, {0.5F, 0.5F, 0.5F}}));
    const auto gray = Preprocessing::parse(u"size=28,resize=28,channels=1,mean=0.1307,std=0.3081"_s, {});
    QVERIFY(gray.ok());
    QCOMPARE(*gray, mnist());
}

void TestPreprocessing::explainsBadText_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("expected");
    QTest::newRow("unknown key") << "crop=224"
                                 << "no \"crop\"";
    QTest::newRow("no value") << "size"
                              << "\"size\" must be a whole number";
    QTest::newRow("fraction") << "size=22.4"
                              << "\"size\" must be a whole number";
    QTest::newRow("number too large for us") << "size=99999999999"
                                             << "\"size\" must be a whole number";
    QTest::newRow("empty mean") << "mean="
                                << "\"mean\" must be one number";
    QTest::newRow("words") << "std=a:b:c"
                           << "\"std\" must be one number";
    QTest::newRow("interpolation unknown") << "interpolation=nearest"
                                           << "\"interpolation\" must be bicubic or bilinear";
    QTest::newRow("fit unknown") << "fit="
                                 << "\"fit\" must be short or stretch";
    QTest::newRow("a key twice") << "size=224,size=3"
                                 << "\"size\" twice";
    QTest::newRow("nothing but a comma") << ","
                                         << "without a name";
    QTest::newRow("a comma at the end") << "size=224,"
                                        << "without a name";
    QTest::newRow("list with a gap") << "std=1::1"
                                     << "\"std\" must be one number";
}

void TestPreprocessing::explainsBadText()
{
    QFETCH(const QString, text);
    QFETCH(const QString, expected);
    const auto parsed = Preprocessing::parse(text, {});
    QVERIFY(!parsed.ok());
    QVERIFY2(parsed.error().message.contains(expected), qPrintable(parsed.error().message));
}

void TestPreprocessing::survivesTextAndJson()
{
    QCOMPARE(mnist().toText(),
             u"size=28,resize=28,channels=1,mean=0.1307,std=0.3081,interpolation=bicubic,fit=short"_s);
    QCOMPARE(mnist().toJson().value(u"mean"_s).toArray(), QJsonArray{0.1307});
    const Preprocessing odd{7, 9, 3, {1.0F / 3, 0.0F, 1.0F}, {1e-7F, 2.0F / 3, 300.5F}};
    for (const Preprocessing& each :
         {Preprocessing(), mnist(), odd, Preprocessing::imageNet(384), google()}) {
        QCOMPARE(*Preprocessing::parse(each.toText(), {}), each);
        QCOMPARE(*Preprocessing::fromJson(each.toJson()), each);
    }
}

void TestPreprocessing::takesDefaultsForAbsentJsonKeys()
{
    QCOMPARE(*Preprocessing::fromJson({}), Preprocessing());
    const QJsonObject object{{u"resize"_s, 248}, {u"resample"_s, 3}};
    QCOMPARE(Preprocessing::fromJson(object)->resize, 248);
}

void TestPreprocessing::explainsBadJson_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QJsonValue>("value");
    QTest::newRow("size is text") << "size" << QJsonValue(u"224"_s);
    QTest::newRow("size is a fraction") << "size" << QJsonValue(22.4);
    QTest::newRow("size is huge") << "size" << QJsonValue(1e300);
    QTest::newRow("resize is null") << "resize" << QJsonValue(QJsonValue::Null);
    QTest::newRow("mean is one number") << "mean" << QJsonValue(0.5);
    QTest::newRow("mean holds text") << "mean" << QJsonValue(QJsonArray{0.5, u"0.5"_s, 0.5});
    QTest::newRow("interpolation is a number") << "interpolation" << QJsonValue(2);
    QTest::newRow("fit is unknown") << "fit" << QJsonValue(u"border"_s);
    QTest::newRow("std is empty") << "std" << QJsonValue(QJsonArray{});
}

void TestPreprocessing::explainsBadJson()
{
    QFETCH(const QString, key);
    QFETCH(const QJsonValue, value);
    const auto read = Preprocessing::fromJson({{key, value}});
    QVERIFY(!read.ok());
    QVERIFY2(read.error().message.contains(u'"' + key + u'"'), qPrintable(read.error().message));
}

QTEST_APPLESS_MAIN(TestPreprocessing)
#include "tst_preprocessing.moc"
