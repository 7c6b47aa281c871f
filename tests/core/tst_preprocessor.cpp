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
#include <numeric>

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

double triangle(double x)
{
    return std::max(0.0, 1.0 - std::abs(x));
}

double cubic(double x)
{
    x = std::abs(x);
    if (x < 1)
        return 1.5 * x * x * x - 2.5 * x * x + 1;
    return x < 2 ? -0.5 * x * x * x + 2.5 * x * x - 4 * x + 2 : 0;
}

/// One line of bytes resampled by the filter's definition: every pixel has its weight, in steps of 2^-22, and
/// the sum is rounded.
std::vector<double> resampledLine(const std::vector<double>& line, int count, double (*filter)(double))
{
    const double scale = double(line.size()) / count;
    const double wide = std::max(scale, 1.0);
    const double step = std::ldexp(1.0, -22);
    std::vector<double> result;
    for (int i = 0; i < count; ++i) {
        std::vector<double> weights;
        for (std::size_t j = 0; j < line.size(); ++j)
            weights.push_back(filter((double(j) + 0.5 - (i + 0.5) * scale) / wide));
        const double all = std::accumulate(weights.begin(), weights.end(), 0.0);
        double sum = 0;
        for (std::size_t j = 0; j < line.size(); ++j)
            sum += std::round(weights[j] / all / step) * step * line[j];
        result.push_back(std::clamp(std::floor(sum + 0.5), 0.0, 255.0));
    }
    return result;
}

/// All rows, then all columns, of one channel; row-major.
std::vector<double> resampledPlane(const QImage& image, int channel, QSize size, double (*filter)(double))
{
    std::vector<std::vector<double>> rows;
    for (int y = 0; y < image.height(); ++y) {
        std::vector<double> line;
        for (int x = 0; x < image.width(); ++x)
            line.push_back(image.constScanLine(y)[3 * x + channel]);
        rows.push_back(resampledLine(line, size.width(), filter));
    }
    std::vector<double> plane(std::size_t(size.width()) * size.height());
    for (int x = 0; x < size.width(); ++x) {
        std::vector<double> column;
        for (const auto& row : rows)
            column.push_back(row[x]);
        const auto done = resampledLine(column, size.height(), filter);
        for (int y = 0; y < size.height(); ++y)
            plane[std::size_t(y) * size.width() + x] = done[y];
    }
    return plane;
}

/// The same on every machine.
QImage noise(QSize size)
{
    QImage image(size, QImage::Format_RGB888);
    quint32 state = 12345;
    for (int y = 0; y < size.height(); ++y)
        for (int i = 0; i < 3 * size.width(); ++i) {
            state = state * 1664525 + 1013904223;
            image.scanLine(y)[i] = uchar(state >> 24);
        }
    return image;
}

} // namespace

class TestPreprocessor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void resamplesLikePillow_data();
    void resamplesLikePillow();
    void resamplesAsTheDefinitionSays_data();
    void resamplesAsTheDefinitionSays();
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

void TestPreprocessor::resamplesAsTheDefinitionSays_data()
{
    QTest::addColumn<QSize>("source");
    QTest::addColumn<QString>("text");
    const auto google = u"size=16,resize=16,mean=0.5,std=0.5,interpolation=bilinear,fit=stretch"_s;
    QTest::newRow("Google's ViT, landscape") << QSize(61, 37) << google;
    QTest::newRow("Google's ViT, portrait") << QSize(13, 50) << google;
    QTest::newRow("Google's ViT, enlarged") << QSize(5, 9) << google;
    QTest::newRow("Google's ViT, as it is") << QSize(16, 16) << google;
    QTest::newRow("Hugging Face's DeiT") << QSize(61, 37) << u"size=14,resize=16,fit=stretch"_s;
    QTest::newRow("short side, bilinear") << QSize(61, 37) << u"size=14,resize=16,interpolation=bilinear"_s;
    QTest::newRow("short side, bicubic") << QSize(37, 61) << u"size=14,resize=16"_s;
}

/// A slow reference of our own: numbers of double precision, no windows. transformers divides by 255 by
/// multiplying in double precision, which gives the same float.
void TestPreprocessor::resamplesAsTheDefinitionSays()
{
    QFETCH(const QSize, source);
    QFETCH(const QString, text);
    const Preprocessing p = *Preprocessing::parse(text, {});
    const QImage image = noise(source);
    const InputTensor tensor = preprocess(image, p);
    const QSize resized = resizedSize(source, p);
    const QPoint corner = cropInResized(resized, p).topLeft();
    const auto filter = p.interpolation == Interpolation::Bilinear ? triangle : cubic;
    std::size_t next = 0;
    for (int channel = 0; channel < 3; ++channel) {
        const auto plane = resampledPlane(image, channel, resized, filter);
        for (int y = 0; y < p.size; ++y)
            for (int x = 0; x < p.size; ++x) {
                const double byte = plane[std::size_t(y + corner.y()) * resized.width() + x + corner.x()];
                const auto scaled = static_cast<float>(byte * (1.0 / 255));
                QCOMPARE(tensor.values.at(next++), (scaled - p.mean[channel]) / p.standardDeviation[channel]);
            }
    }
    QCOMPARE(next, tensor.values.size());
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
