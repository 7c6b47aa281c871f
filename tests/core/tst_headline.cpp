#include "core/base/literals.h"
#include "core/compare/headline.h"
#include "tests/support/sample_comparison.h"

#include <QTest>

using namespace vitrine;
using vitrine::test::sampleComparison;
using vitrine::test::setPrediction;
using vitrine::test::setSamples;

class TestHeadline : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesTheFastestVariantAgainstTheBaseline();
    void saysNothingWithoutVariants();
    void describesASingleVariantByItself();
    void comparesSizesAloneBeforeAnythingIsMeasured();
    void judgesLatency_data();
    void judgesLatency();
    void countsImagesOnWhichTheTopClassIsTheSame();
    void leavesOutDisabledVariants();
    void aVerdictIsAPhrase();
    void whatIsNoiseIsSaid();
};

void TestHeadline::namesTheFastestVariantAgainstTheBaseline()
{
    const QString sentence = headline(sampleComparison());
    QVERIFY2(sentence.startsWith(u"mobile-optimized is 1.63× faster than original (1.6"_s),
             qPrintable(sentence));
    QVERIFY2(sentence.endsWith(u") and 3.6× smaller; same top-1 on 1 of 1 image."_s), qPrintable(sentence));
}

void TestHeadline::saysNothingWithoutVariants()
{
    QCOMPARE(headline({}), QString());
}

void TestHeadline::describesASingleVariantByItself()
{
    QCOMPARE(headline(sampleComparison(1)),
             u"original takes 22.9 MB and 41.8 ms for one image (median of 30)."_s);
    Comparison unmeasured = sampleComparison(1);
    unmeasured.variants[0].latency = {};
    QCOMPARE(headline(unmeasured), u"original takes 22.9 MB."_s);
}

void TestHeadline::comparesSizesAloneBeforeAnythingIsMeasured()
{
    Comparison comparison = sampleComparison();
    for (VariantResult& variant : comparison.variants)
        setSamples(variant, 1, 0, 0);
    test::judge(comparison);
    QCOMPARE(headline(comparison),
             u"mobile-optimized is 3.6× smaller than original; same top-1 on 1 of 1 image."_s);
    comparison.variants.resize(2);
    QCOMPARE(headline(comparison),
             u"scripted is of the same size as original; same top-1 on 1 of 1 image."_s);
}

void TestHeadline::judgesLatency_data()
{
    QTest::addColumn<RatioEstimate>("ratio");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char* name, const RatioEstimate& ratio, const char* expected) {
        QTest::newRow(name) << ratio << QString::fromUtf8(expected);
    };
    row("twice as fast", {0.5, {0.4, 0.625}, 30}, "scripted is 2.0× faster than original (1.6 to 2.5)");
    row("half as fast", {2, {1.9, 2.1}, 30}, "scripted is 2.0× slower than original (1.9 to 2.1)");
    row("a little faster", {0.95, {0.94, 0.96}, 30}, "scripted is 1.05× faster than original (1.04 to 1.06)");
    row("no difference to be seen", {0.95, {0.88, 1.02}, 30},
        "scripted is indistinguishable from original in latency");
    row("nine rounds", {0.5, {0.49, 0.51}, 9},
        "scripted is measured too few times to compare its latency with original");
}

void TestHeadline::judgesLatency()
{
    QFETCH(RatioEstimate, ratio);
    QFETCH(QString, expected);
    Comparison comparison = sampleComparison(2);
    comparison.variants[1].ratio = ratio;
    comparison.variants[1].verdict = verdictOf(ratio);
    const QString sentence = headline(comparison);
    QVERIFY2(sentence.startsWith(expected + u" and "_s), qPrintable(sentence));
}

void TestHeadline::countsImagesOnWhichTheTopClassIsTheSame()
{
    Comparison comparison = sampleComparison(2);
    comparison.images.push_back({u"image-1"_s, u"/images/dog.png"_s, "another"});
    comparison.currentImageId = u"image-1"_s;
    setPrediction(comparison, comparison.variants[0].id, {3, 1});
    setPrediction(comparison, comparison.variants[1].id, {1, 3});
    QVERIFY(headline(comparison).endsWith(u"; same top-1 on 1 of 2 images."_s));
}

void TestHeadline::leavesOutDisabledVariants()
{
    Comparison comparison = sampleComparison();
    comparison.variants[0].enabled = false;
    comparison.variants[3].enabled = false;
    test::judge(comparison);
    QVERIFY(headline(comparison).startsWith(u"lite is 1.58× faster than scripted"_s));
}

void TestHeadline::aVerdictIsAPhrase()
{
    VariantResult variant;
    QCOMPARE(verdictPhrase(variant), QString());
    variant.verdict = Verdict::Baseline;
    QCOMPARE(verdictPhrase(variant), u"baseline"_s);
    variant.ratio = RatioEstimate{0.5, {0.4, 0.625}, 30};
    variant.verdict = Verdict::Faster;
    QCOMPARE(verdictPhrase(variant), u"2.0× faster (1.6 to 2.5)"_s);
    variant.ratio = RatioEstimate{1.5, {1.4, 1.6}, 30};
    variant.verdict = Verdict::Slower;
    QCOMPARE(verdictPhrase(variant), u"1.50× slower (1.40 to 1.60)"_s);
    variant.ratio = RatioEstimate{1.5, {0.98, 1.017}, 30};
    variant.verdict = Verdict::Indistinguishable;
    QCOMPARE(verdictPhrase(variant), u"indistinguishable (0.98 to 1.02)"_s);
    QCOMPARE(verdictPhrase(variant, true), u"indistinguishable"_s);
}

void TestHeadline::whatIsNoiseIsSaid()
{
    Comparison comparison = test::sampleComparison(2);
    QCOMPARE(noiseSentence(comparison), QString());
    SelfComparison self;
    self.first = comparison.variants[0];
    self.second = comparison.variants[0];
    self.second.ratio = RatioEstimate{1.001, {0.99, 1.013}, 30};
    self.second.verdict = Verdict::Indistinguishable;
    self.stamp = comparison.stamp;
    comparison.selfComparison = self;
    comparison.benchmark = BenchmarkFacts();
    QCOMPARE(noiseSentence(comparison),
             u"original against itself in 30 rounds (good): indistinguishable (0.99 to 1.01). A "
             "ratio within 1.3 % of 1 is noise here."_s);
    comparison.selfComparison->second.latency.edit().badge = TrustBadge::Noisy; // the worse counts
    QVERIFY(noiseSentence(comparison).contains(u"(noisy)"_s));
    comparison.selfComparison->stamp.threads = comparison.stamp.threads + 1;
    QVERIFY2(noiseSentence(comparison).contains(u"Not comparable with the latencies shown (threads"_s),
             qPrintable(noiseSentence(comparison)));
    comparison.selfComparison->second.verdict = Verdict::Unmeasured;
    QCOMPARE(noiseSentence(comparison), QString());
    comparison.selfComparison->benchmark.stopped = StopReason::Cancelled;
    QCOMPARE(noiseSentence(comparison), u"original against itself: cancelled before anything was counted."_s);
    VariantResult& second = comparison.selfComparison->second;
    test::setSamples(second, 40, 1, 5);
    second.ratio.reset();
    second.verdict = Verdict::TooFewSamples;
    comparison.selfComparison->first.latency.edit().badge.reset();
    QVERIFY2(noiseSentence(comparison)
                 .startsWith(u"original against itself in 5 rounds: too few samples. Not comp"_s),
             qPrintable(noiseSentence(comparison)));
}

QTEST_APPLESS_MAIN(TestHeadline)
#include "tst_headline.moc"
