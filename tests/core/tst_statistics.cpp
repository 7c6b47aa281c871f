#include "core/base/literals.h"
#include "core/measure/paired_bootstrap.h"
#include "core/measure/statistics.h"
#include "tests/support/test_data.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <array>
#include <numeric>

using namespace vitrine;
using namespace std::chrono_literals;

namespace {

/// What NumPy and SciPy say: see make_statistics.py.
QJsonArray reference(const char* list)
{
    QFile file(test::fixture(u"statistics.json"_s));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QJsonDocument::fromJson(file.readAll()).object().value(QLatin1String(list)).toArray();
}

void addReferenceRows(const char* list)
{
    QTest::addColumn<QJsonObject>("expected");
    for (const QJsonValue& value : reference(list))
        QTest::newRow(qPrintable(value[u"name"_s].toString())) << value.toObject();
}

std::vector<double> numbers(const QJsonObject& object, const char* key)
{
    std::vector<double> result;
    for (const QJsonValue& value : object.value(QLatin1String(key)).toArray())
        result.push_back(value.toDouble());
    return result;
}

bool isClose(double a, double b)
{
    return std::abs(a - b) <= 1e-12 * std::max({std::abs(a), std::abs(b), 1.0});
}

std::vector<std::chrono::nanoseconds> upTo(int n)
{
    std::vector<std::chrono::nanoseconds> samples;
    for (int i = 1; i <= n; ++i)
        samples.emplace_back(i);
    return samples;
}

} // namespace

class TestStatistics : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void agreesWithNumPy_data() { addReferenceRows("summaries"); }
    void agreesWithNumPy();
    void ratioAgreesWithSciPy_data() { addReferenceRows("ratios"); }
    void ratioAgreesWithSciPy();
    void summaryOfNothingIsZero();
    void summaryNeedsNoOrder();
    void summaryRoundsToNanoseconds();
    void summaryOfOneSample();
    void percentilesNeedEnoughSamples_data();
    void percentilesNeedEnoughSamples();
    void outliersAreCountedNotDropped();
};

void TestStatistics::agreesWithNumPy()
{
    QFETCH(QJsonObject, expected);
    const std::vector<double> samples = numbers(expected, "samples");
    const std::vector<double> quantiles = numbers(expected, "quantiles");
    const std::vector<double> probabilities = numbers(expected, "probabilities");
    QVERIFY(!samples.empty());
    for (std::size_t i = 0; i < quantiles.size(); ++i)
        QVERIFY2(isClose(quantile(samples, probabilities[i]), quantiles[i]),
                 qPrintable(QString::number(probabilities[i])));
    QVERIFY(isClose(median(samples), quantiles[3]));
    QVERIFY(isClose(quantile(samples, 0.75) - quantile(samples, 0.25), expected[u"iqr"].toDouble()));
    QVERIFY(isClose(medianAbsoluteDeviation(samples), expected[u"mad"].toDouble()));
    QJsonArray flags;
    for (const Outlier flag : flagOutliers(samples))
        flags.append(static_cast<int>(flag));
    QCOMPARE(flags, expected[u"flags"].toArray());
}

/// The medians are exact; the standard errors are those of two different random numbers.
void TestStatistics::ratioAgreesWithSciPy()
{
    QFETCH(QJsonObject, expected);
    const RatioEstimate estimate =
        estimateRatio(numbers(expected, "baseline"), numbers(expected, "samples"), 1);
    QVERIFY(isClose(estimate.ratio, expected[u"ratio"].toDouble()));
    const double error = std::log(estimate.ci95.high / estimate.ci95.low) / (2 * 1.959964);
    const double relative = error / expected[u"standard_error"].toDouble();
    QVERIFY2(relative > 0.97 && relative < 1.03, qPrintable(QString::number(relative)));
}

void TestStatistics::summaryOfNothingIsZero()
{
    QCOMPARE(summarize(std::vector<LatencySample>{}), LatencySummary());
    QVERIFY(flagOutliers({}).empty());
}

void TestStatistics::summaryNeedsNoOrder()
{
    const std::vector<LatencySample> samples{
        {0, 0ns, 50ms}, {1, 0ns, 10ms}, {2, 0ns, 40ms}, {3, 0ns, 20ms}, {4, 0ns, 30ms}};
    const LatencySummary summary = summarize(samples);
    QCOMPARE(summary.n, 5);
    QVERIFY(summary.median == 30ms);
    QVERIFY(summary.lowerQuartile == 20ms);
    QVERIFY(summary.upperQuartile == 40ms);
    QVERIFY(summary.interquartileRange() == 20ms);
    QVERIFY(summary.minimum == 10ms);
    QVERIFY(summary.maximum == 50ms);
    QVERIFY(summary.mean == 30ms);
    QVERIFY(summary.medianDeviation == 10ms);
}

void TestStatistics::summaryRoundsToNanoseconds()
{
    const LatencySummary summary = summarize(upTo(2));
    QVERIFY(summary.median == 2ns);
    QVERIFY(summary.lowerQuartile == 1ns);
}

void TestStatistics::summaryOfOneSample()
{
    const LatencySummary summary = summarize(upTo(1));
    QCOMPARE(summary.n, 1);
    QVERIFY(summary.median == 1ns && summary.minimum == 1ns && summary.maximum == 1ns);
    QVERIFY(summary.interquartileRange() == 0ns);
}

void TestStatistics::percentilesNeedEnoughSamples_data()
{
    QTest::addColumn<int>("n");
    QTest::addColumn<bool>("p90");
    QTest::addColumn<bool>("p99");
    QTest::newRow("one less than p90 needs") << 63 << false << false;
    QTest::newRow("as many as p90 needs") << 64 << true << false;
    QTest::newRow("one less than p99 needs") << 661 << true << false;
    QTest::newRow("as many as p99 needs") << 662 << true << true;
}

void TestStatistics::percentilesNeedEnoughSamples()
{
    QFETCH(int, n);
    const LatencySummary summary = summarize(upTo(n));
    QTEST(summary.p90.has_value(), "p90");
    QTEST(summary.p99.has_value(), "p99");
    if (summary.p90)
        QCOMPARE(summary.p90->count(), std::llround(1 + 0.9 * (n - 1)));
}

void TestStatistics::outliersAreCountedNotDropped()
{
    std::vector<std::chrono::nanoseconds> samples = upTo(9); // quartiles 3 and 7, of 11 samples 3.5 and 8.5
    samples.push_back(17ns);                                 // 8.5 above: more than 1.5 x 5
    samples.push_back(100ns);
    const LatencySummary summary = summarize(samples);
    QCOMPARE(summary.n, 11);
    QCOMPARE(summary.outliers, 2);
    QCOMPARE(summary.farOutliers, 1);
    QVERIFY(summary.maximum == 100ns);
}

QTEST_APPLESS_MAIN(TestStatistics)
#include "tst_statistics.moc"
