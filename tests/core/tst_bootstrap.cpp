#include "core/base/literals.h"
#include "core/measure/paired_bootstrap.h"
#include "core/measure/random.h"
#include "core/measure/verdict.h"

#include <QTest>

#include <cmath>
#include <numbers>

using namespace vitrine;

namespace {

double normal(Random& random)
{
    const double radius = std::sqrt(-2 * std::log(1 - random.uniform()));
    return radius * std::cos(2 * std::numbers::pi * random.uniform());
}

/// How a machine misbehaves in a simulation.
enum class Noise {
    LogNormal,    ///< And nothing else.
    Waves,        ///< Common drift: slower and faster by 10 %, every 25 rounds.
    RandomWalk,   ///< Common drift that wanders off.
    Interruptions ///< Waves, and 7 % of the samples take 1.5 to 2.5 times as long.
};

double sample(Random& random, Noise noise)
{
    const double value = std::exp(0.05 * normal(random));
    const bool isInterrupted = noise == Noise::Interruptions && random.uniform() < 0.07;
    return isInterrupted ? value * (1.5 + random.uniform()) : value;
}

/// Rounds of two variants whose medians have this true ratio.
PairedSamples simulate(Random& random, Noise noise, int rounds, double ratio)
{
    PairedSamples pairs;
    const double phase = random.uniform() * 2 * std::numbers::pi;
    double walk = 0;
    for (int i = 0; i < rounds; ++i) {
        double common = 40;
        if (noise == Noise::Waves || noise == Noise::Interruptions)
            common *= 1 + 0.1 * std::sin(phase + 2 * std::numbers::pi * i / 25);
        walk += 0.02 * normal(random);
        if (noise == Noise::RandomWalk)
            common *= std::exp(walk);
        pairs.baseline.push_back(common * sample(random, noise));
        pairs.samples.push_back(common * ratio * sample(random, noise));
    }
    return pairs;
}

std::vector<LatencySample> rounds(const std::vector<int>& numbers)
{
    std::vector<LatencySample> samples;
    for (const int round : numbers)
        samples.push_back({round, {}, std::chrono::milliseconds(round + 1)});
    return samples;
}

RatioEstimate estimate(double ratio, double low, double high, int n = 30)
{
    return {ratio, {low, high}, n};
}

} // namespace

class TestBootstrap : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void randomNumbersAreTheSameEverywhere();
    void onlyCommonRoundsArePaired();
    void sameSeedSameInterval();
    void equalSamplesAreKnownExactly();
    void commonDriftCancels();
    void everyResampledMedianIsOne_data();
    void everyResampledMedianIsOne();
    void fewerResamplesHardlyMatter();
    void intervalCoversTheTruth_data();
    void intervalCoversTheTruth();
    void verdict_data();
    void verdict();
    void verdictNames();
};

/// The first numbers of the published SplitMix64 with seed 1234567.
void TestBootstrap::randomNumbersAreTheSameEverywhere()
{
    Random random(1234567);
    QCOMPARE(random.next(), 6457827717110365317U);
    QCOMPARE(random.next(), 3203168211198807973U);
    Random bounded(7);
    for (int i = 0; i < 1000; ++i)
        QVERIFY(bounded.below(3) < 3);
    QCOMPARE(bounded.below(1), 0U);
    std::vector<int> items{1, 2, 3, 4, 5};
    shuffle(std::span(items), bounded);
    QVERIFY(std::ranges::is_permutation(items, std::vector{1, 2, 3, 4, 5}));
}

void TestBootstrap::onlyCommonRoundsArePaired()
{
    const PairedSamples pairs = pairedByRound(rounds({0, 1, 2, 4, 5}), rounds({1, 3, 4, 5, 6}));
    QCOMPARE(pairs.baseline, (std::vector{2.0, 5.0, 6.0}));
    QCOMPARE(pairs.samples, (std::vector{2.0, 5.0, 6.0}));
    QVERIFY(pairedByRound(rounds({0, 1}), rounds({2})).samples.empty());
    QVERIFY(pairedByRound({}, {}).baseline.empty());
}

void TestBootstrap::sameSeedSameInterval()
{
    Random random(1);
    const PairedSamples pairs = simulate(random, Noise::LogNormal, 30, 1);
    const auto with = [&](std::uint64_t seed) {
        return estimateRatio(pairs.baseline, pairs.samples, seed, 500);
    };
    QCOMPARE(with(5), with(5));
    QVERIFY(!(with(5) == with(6)));
}

void TestBootstrap::equalSamplesAreKnownExactly()
{
    const std::vector<double> two(10, 2.0);
    const std::vector<double> three(10, 3.0);
    const RatioEstimate known = estimateRatio(two, three, 1, 100);
    QCOMPARE(known.ratio, 1.5);
    QVERIFY(known.relativeHalfWidth() < 1e-9);
    QCOMPARE(known.rounds, 10);
}

/// A machine that gets three times as slow: each median is hardly known, but their ratio is.
void TestBootstrap::commonDriftCancels()
{
    std::vector<double> baseline;
    std::vector<double> samples;
    for (int i = 0; i < 50; ++i) {
        baseline.push_back(40.0 + 2 * i);
        samples.push_back(0.5 * baseline.back());
    }
    QVERIFY(estimateRatio(baseline, samples, 1, 1000).relativeHalfWidth() < 1e-9);
    QVERIFY(relativeMedianHalfWidth(baseline, 1, 1000) > 0.1);
}

void TestBootstrap::everyResampledMedianIsOne_data()
{
    QTest::addColumn<int>("n");
    for (const int n : {1, 2, 3, 4, 5, 30, 31})
        QTest::addRow("%d samples", n) << n;
}

/// Against itself, every resample has the same two medians, whatever was drawn.
void TestBootstrap::everyResampledMedianIsOne()
{
    QFETCH(int, n);
    std::vector<double> samples;
    for (int i = 0; i < n; ++i)
        samples.push_back(1 + (7 * i) % n);
    QCOMPARE(estimateRatio(samples, samples, 3, 200).ci95, (Interval{1, 1}));
}

void TestBootstrap::fewerResamplesHardlyMatter()
{
    Random random(3);
    for (int trial = 0; trial < 5; ++trial) {
        const PairedSamples pairs = simulate(random, Noise::Waves, 30, 0.7);
        const double few = estimateRatio(pairs.baseline, pairs.samples, 1, 300).relativeHalfWidth();
        const double many = estimateRatio(pairs.baseline, pairs.samples, 2).relativeHalfWidth();
        QVERIFY2(std::abs(few / many - 1) < 0.12, qPrintable(QString::number(few / many)));
    }
}

void TestBootstrap::intervalCoversTheTruth_data()
{
    QTest::addColumn<int>("noise");
    QTest::addColumn<int>("rounds");
    const auto row = [](const char* name, Noise noise) {
        for (const int n : {30, 100})
            QTest::addRow("%s, %d rounds", name, n) << static_cast<int>(noise) << n;
    };
    row("log-normal", Noise::LogNormal);
    row("waves of drift", Noise::Waves);
    row("wandering drift", Noise::RandomWalk);
    row("interruptions", Noise::Interruptions);
}

/// 2,000 trials with a known ratio, and 2,000 of a variant against itself. The standard deviation of such a
/// coverage is 0.5 %.
void TestBootstrap::intervalCoversTheTruth()
{
    QFETCH(int, noise);
    QFETCH(int, rounds);
    constexpr int trials = 2000;
    constexpr int resamples = 300;
    constexpr double truth = 0.7;
    Random random(1);
    int covered = 0;
    int indistinguishable = 0;
    for (int trial = 0; trial < trials; ++trial) {
        const auto judged = [&](double ratio) {
            const PairedSamples pairs = simulate(random, static_cast<Noise>(noise), rounds, ratio);
            return estimateRatio(pairs.baseline, pairs.samples, random.next(), resamples);
        };
        covered += judged(truth).ci95.contains(truth) ? 1 : 0;
        indistinguishable += verdictOf(judged(1)) == Verdict::Indistinguishable ? 1 : 0;
    }
    const double coverage = 100.0 * covered / trials;
    const double agreement = 100.0 * indistinguishable / trials;
    qInfo("covered %.1f %%, A/A indistinguishable %.1f %%", coverage, agreement);
    QVERIFY(coverage >= 93 && coverage <= 97);
    QVERIFY(agreement >= 93);
}

void TestBootstrap::verdict_data()
{
    QTest::addColumn<RatioEstimate>("estimate");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* name, const RatioEstimate& known, const char* expected) {
        QTest::newRow(name) << known << QString::fromLatin1(expected);
    };
    row("clearly faster", estimate(0.7, 0.68, 0.72), "faster");
    row("clearly slower", estimate(1.4, 1.3, 1.5), "slower");
    row("the interval holds 1", estimate(0.95, 0.89, 1.01), "indistinguishable");
    row("the interval ends at 1", estimate(0.95, 0.9, 1), "indistinguishable");
    row("sure, but 1.5 % faster", estimate(0.985, 0.984, 0.986), "indistinguishable");
    row("sure, but 1.9 % slower", estimate(1.019, 1.018, 1.02), "indistinguishable");
    row("sure, and 2.1 % slower", estimate(1.021, 1.02, 1.022), "slower");
    row("nine rounds", estimate(0.5, 0.49, 0.51, 9), "too few samples");
    row("ten rounds", estimate(0.5, 0.49, 0.51, 10), "faster");
    row("no round", estimate(1, 1, 1, 0), "");
}

void TestBootstrap::verdict()
{
    QFETCH(RatioEstimate, estimate);
    QTEST(verdictName(verdictOf(estimate)), "expected");
}

void TestBootstrap::verdictNames()
{
    QCOMPARE(verdictName(Verdict::Baseline), u"baseline"_s);
    QCOMPARE(verdictText(Verdict::Faster), u"faster"_s);
    QCOMPARE(verdictName(Verdict::Unmeasured), QString());
}

QTEST_APPLESS_MAIN(TestBootstrap)
#include "tst_bootstrap.moc"
