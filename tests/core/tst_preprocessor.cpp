#include "core/base/literals.h"
#include "core/image/image_reader.h"
#include "core/image/preprocessor.h"
#include "tests/support/test_data.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <cmath>
#include <cstring>

using namespace vitrine;

namespace {

QImage rgb(const QString& path)
{
    return QImage(path).convertToFormat(QImage::Format_RGB888);
}

QString resampling(const QString& file)
{
    return test::fixture(u"images/resampling/"_s + file);
}

QByteArray contents(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

std::vector<float> floats(const QString& path)
{
    const QByteArray bytes = contents(path);
    std::vector<float> values(bytes.size() / sizeof(float));
    std::memcpy(values.data(), bytes.constData(), values.size() * sizeof(float));
    return values;
}

float largestDifference(const std::vector<float>& a, const std::vector<float>& b)
{
    float largest = 0.0F;
    for (std::size_t i = 0; i < a.size(); ++i)
        largest = std::max(largest, std::abs(a[i] - b[i]));
    return largest;
}

} // namespace

class TestPreprocessor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void resamplesLikePillow_data();
    void resamplesLikePillow();
    void normalizesEachChannel();
    void yieldsNothingForNothing();
    void survivesExtremeShapes_data();
    void survivesExtremeShapes();
    void equalsReferenceTensors_data();
    void equalsReferenceTensors();
};

void TestPreprocessor::resamplesLikePillow_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QJsonObject>("preprocessing");
    const QJsonArray cases = QJsonDocument::fromJson(contents(resampling(u"cases.json"_s))).array();
    QVERIFY(!cases.isEmpty());
    for (const QJsonValue& each : cases)
        QTest::newRow(qPrintable(each[u"name"].toString()))
            << each[u"file"].toString() << each[u"preprocessing"].toObject();
}

void TestPreprocessor::resamplesLikePillow()
{
    QFETCH(const QString, file);
    QFETCH(const QJsonObject, preprocessing);
    const auto parameters = Preprocessing::fromJson(preprocessing);
    QVERIFY(parameters.ok());
    const QImage source = rgb(resampling(file + u".png"_s));
    const QImage expected = rgb(resampling(file + u"_expected.png"_s));
    QVERIFY(!source.isNull() && !expected.isNull());
    QCOMPARE(resizeAndCrop(source, *parameters), expected);

    const InputTensor tensor = preprocess(source, *parameters);
    QCOMPARE(tensor.channels, parameters->channels);
    QCOMPARE(tensor.width, parameters->size);
    QCOMPARE(tensor.height, parameters->size);
    QCOMPARE(tensor.values.size(), std::size_t(tensor.channels * tensor.width * tensor.height));
    const float last = qBlue(expected.pixel(tensor.width - 1, tensor.height - 1)) / 255.0F;
    QCOMPARE(tensor.values.back(), (last - parameters->mean.back()) / parameters->standardDeviation.back());
}

void TestPreprocessor::normalizesEachChannel()
{
    QImage image(2, 2, QImage::Format_RGB888);
    image.fill(QColor(255, 0, 51));
    const Preprocessing preprocessing{2, 2, 3, {0.5F, 0.25F, 0.0F}, {0.5F, 0.5F, 2.0F}};
    const InputTensor tensor = preprocess(image, preprocessing);
    QCOMPARE(tensor.values, (std::vector<float>{1.0F, 1.0F, 1.0F, 1.0F, -0.5F, -0.5F, -0.5F, -0.5F, 0.1F,
                                                0.1F, 0.1F, 0.1F}));
}

void TestPreprocessor::yieldsNothingForNothing()
{
    QVERIFY(preprocess({}, {}).values.empty());
    QVERIFY(resizeAndCrop({}, {}).isNull());
}

void TestPreprocessor::survivesExtremeShapes_data()
{
    QTest::addColumn<QSize>("size");
    QTest::newRow("one pixel") << QSize(1, 1);
    QTest::newRow("a line across") << QSize(10'000'000, 1);
    QTest::newRow("a line down") << QSize(1, 10'000'000);
    QTest::newRow("a wide strip") << QSize(300'000, 3);
    QTest::newRow("a tall strip") << QSize(3, 300'000);
}

void TestPreprocessor::survivesExtremeShapes()
{
    QFETCH(const QSize, size);
    QImage image(size, QImage::Format_RGB888);
    image.fill(QColor(10, 20, 30));
    const QImage view = resizeAndCrop(image, {});
    QCOMPARE(view.size(), QSize(224, 224));
    QCOMPARE(view.pixelColor(0, 0), QColor(10, 20, 30));
    QCOMPARE(view.pixelColor(223, 223), QColor(10, 20, 30));
}

void TestPreprocessor::equalsReferenceTensors_data()
{
    VITRINE_REQUIRE_REAL_DATA();
    QTest::addColumn<QString>("image");
    QTest::addColumn<QString>("expected");
    const QString suffix = u".input.f32"_s;
    const QDir folder(test::realData(u"expected"_s));
    for (const QString& file : folder.entryList({u'*' + suffix})) {
        const QString name = file.chopped(suffix.size());
        const QString image =
            name == u"wolf" ? u"images/wolf/wolf.png"_s : u"images/imagenet/%1.JPEG"_s.arg(name);
        QTest::newRow(qPrintable(name)) << image << folder.filePath(file);
    }
}

void TestPreprocessor::equalsReferenceTensors()
{
    VITRINE_REQUIRE_REAL_DATA();
    QFETCH(const QString, image);
    QFETCH(const QString, expected);
    const auto source = readImage(test::realData(image));
    QVERIFY2(source.ok(), source.ok() ? "" : qPrintable(source.error().message));
    const InputTensor tensor = preprocess(source->rgb, Preprocessing::imageNet(224));
    const auto reference = floats(expected);
    QCOMPARE(tensor.values.size(), reference.size());
    const float difference = largestDifference(tensor.values, reference);
    QVERIFY2(difference <= 1e-5F, qPrintable(QString::number(difference)));
}

QTEST_APPLESS_MAIN(TestPreprocessor)
#include "tst_preprocessor.moc"
