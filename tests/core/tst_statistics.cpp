#include "core/measure/statistics.h"

#include <QTest>

#include <array>

using namespace vitrine;
using namespace std::chrono_literals;

class TestStatistics : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void quantileInterpolates_data();
    void quantileInterpolates();
    void quantileOfOneSampleIsThatSample();
    void summaryOfNothingIsZero();
    void summaryNeedsNoOrder();
    void summaryRoundsToNanoseconds();
    void summaryOfOneSample();
};

// The values are those of R's quantile(c(1, 2, 4, 8), p), whose default is type 7.
void TestStatistics::quantileInterpolates_data()
{
    QTest::addColumn<double>("p");
    QTest::addColumn<double>("expected");
    QTest::newRow("minimum") << 0.0 << 1.0;
    QTest::newRow("10 %") << 0.1 << 1.3;
    QTest::newRow("lower quartile") << 0.25 << 1.75;
    QTest::newRow("median") << 0.5 << 3.0;
    QTest::newRow("upper quartile") << 0.75 << 5.0;
    QTest::newRow("90 %") << 0.9 << 6.8;
    QTest::newRow("maximum") << 1.0 << 8.0;
}

void TestStatistics::quantileInterpolates()
{
    QFETCH(double, p);
    QFETCH(double, expected);
    const std::array samples{8.0, 1.0, 4.0, 2.0};
    QCOMPARE(quantile(samples, p), expected);
}

void TestStatistics::quantileOfOneSampleIsThatSample()
{
    const std::array samples{7.0};
    for (const double p : {0.0, 0.3, 1.0})
        QCOMPARE(quantile(samples, p), 7.0);
}

void TestStatistics::summaryOfNothingIsZero()
{
    const LatencySummary summary = summarize({});
    QCOMPARE(summary.n, 0);
    QVERIFY(summary.median == 0ns && summary.mean == 0ns && summary.maximum == 0ns);
}

void TestStatistics::summaryNeedsNoOrder()
{
    const std::array<std::chrono::nanoseconds, 5> samples{50ms, 10ms, 40ms, 20ms, 30ms};
    const LatencySummary summary = summarize(samples);
    QCOMPARE(summary.n, 5);
    QVERIFY(summary.median == 30ms);
    QVERIFY(summary.lowerQuartile == 20ms);
    QVERIFY(summary.upperQuartile == 40ms);
    QVERIFY(summary.interquartileRange() == 20ms);
    QVERIFY(summary.minimum == 10ms);
    QVERIFY(summary.maximum == 50ms);
    QVERIFY(summary.mean == 30ms);
}

void TestStatistics::summaryRoundsToNanoseconds()
{
    const std::array<std::chrono::nanoseconds, 2> samples{1ns, 2ns};
    const LatencySummary summary = summarize(samples);
    QVERIFY(summary.median == 2ns);
    QVERIFY(summary.lowerQuartile == 1ns);
}

void TestStatistics::summaryOfOneSample()
{
    const std::array<std::chrono::nanoseconds, 1> samples{3ms};
    const LatencySummary summary = summarize(samples);
    QCOMPARE(summary.n, 1);
    QVERIFY(summary.median == 3ms && summary.minimum == 3ms && summary.maximum == 3ms);
    QVERIFY(summary.interquartileRange() == 0ms);
}

QTEST_APPLESS_MAIN(TestStatistics)
#include "tst_statistics.moc"
