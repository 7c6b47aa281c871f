#include "core/measure/random.h"
#include "core/measure/statistics.h"
#include "core/measure/trust.h"

#include <QTest>

using namespace vitrine;
using namespace std::chrono_literals;

class TestTrust : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void badge_data();
    void badge();
    void stability_data();
    void stability();
    void drift_data();
    void drift();
};

void TestTrust::badge_data()
{
    QTest::addColumn<int>("n");
    QTest::addColumn<int>("range"); // the median being 100
    QTest::addColumn<QString>("expected");
    QTest::newRow("no spread") << 30 << 0 << "good";
    QTest::newRow("10 %") << 30 << 10 << "good";
    QTest::newRow("11 %") << 30 << 11 << "noisy";
    QTest::newRow("25 %") << 30 << 25 << "noisy";
    QTest::newRow("26 %") << 30 << 26 << "unreliable";
    QTest::newRow("nine samples") << 9 << 5 << "";
    QTest::newRow("none") << 0 << 0 << "";
}

void TestTrust::badge()
{
    QFETCH(int, n);
    QFETCH(int, range);
    LatencySummary latency;
    latency.n = n;
    latency.median = 100ns;
    latency.lowerQuartile = 95ns;
    latency.upperQuartile = latency.lowerQuartile + std::chrono::nanoseconds(range);
    const auto result = badgeOf(latency);
    QTEST(result ? badgeName(*result) : QString(), "expected");
    if (result)
        QCOMPARE(badgeText(*result), badgeName(*result));
}

void TestTrust::stability_data()
{
    QTest::addColumn<std::vector<double>>("samples");
    QTest::addColumn<bool>("expected");
    const auto windows = [](double first, double second, double third) {
        std::vector<double> samples(5, first);
        samples.insert(samples.end(), 5, second);
        samples.insert(samples.end(), 5, third);
        return samples;
    };
    QTest::newRow("nothing") << std::vector<double>() << false;
    QTest::newRow("14 equal ones") << std::vector<double>(14, 3.0) << false;
    QTest::newRow("15 equal ones") << std::vector<double>(15, 3.0) << true;
    QTest::newRow("within 2 %") << windows(100, 102, 101) << true;
    QTest::newRow("beyond 2 %") << windows(100, 102.1, 101) << false;
    QTest::newRow("getting faster") << windows(110, 105, 100) << false;
    std::vector<double> settled(20, 500.0);
    settled.insert(settled.end(), 15, 100.0);
    QTest::newRow("slow ones long ago") << settled << true;
    std::vector<double> spiked(15, 100.0);
    spiked[7] = 900;
    QTest::newRow("one interruption") << spiked << true;
}

void TestTrust::stability()
{
    QFETCH(std::vector<double>, samples);
    QTEST(isStable(samples), "expected");
}

void TestTrust::drift_data()
{
    QTest::addColumn<int>("n");
    QTest::addColumn<double>("growth");
    QTest::addColumn<double>("noise");
    QTest::addColumn<bool>("isKnown");
    QTest::addColumn<bool>("isBeyondNoise");
    QTest::newRow("at rest") << 60 << 0.0 << 0.05 << true << false;
    QTest::newRow("20 % slower at the end") << 60 << 0.2 << 0.02 << true << true;
    QTest::newRow("20 % faster at the end") << 60 << -0.2 << 0.02 << true << true;
    QTest::newRow("hidden in noise") << 60 << 0.05 << 0.5 << true << false;
    QTest::newRow("sure, but less than 2 %") << 300 << 0.015 << 0.001 << true << false;
    QTest::newRow("too few samples") << 29 << 0.2 << 0.01 << false << false;
}

void TestTrust::drift()
{
    QFETCH(int, n);
    QFETCH(double, growth);
    QFETCH(double, noise);
    Random random(4);
    std::vector<double> samples;
    for (int i = 0; i < n; ++i)
        samples.push_back(100 * (1 + growth * i / n) * (1 + noise * (random.uniform() - 0.5)));
    const auto result = driftOf(samples);
    QTEST(result.has_value(), "isKnown");
    if (result)
        QTEST(result->isBeyondNoise, "isBeyondNoise");
}

QTEST_APPLESS_MAIN(TestTrust)
#include "tst_trust.moc"
