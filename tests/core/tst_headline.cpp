#include "core/report/headline.h"
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
};

void TestHeadline::namesTheFastestVariantAgainstTheBaseline()
{
    QCOMPARE(headline(sampleComparison()),
             QStringLiteral("mobile-optimized is 1.6× faster than original and 3.6× smaller; same top-1 on 1 "
                            "of 1 image."));
}

void TestHeadline::saysNothingWithoutVariants()
{
    QCOMPARE(headline({}), QString());
}

void TestHeadline::describesASingleVariantByItself()
{
    QCOMPARE(headline(sampleComparison(1)),
             QStringLiteral("original takes 22.9 MB and 41.8 ms for one image (median of 30)."));
    Comparison unmeasured = sampleComparison(1);
    unmeasured.variants[0].latency = {};
    QCOMPARE(headline(unmeasured), QStringLiteral("original takes 22.9 MB."));
}

void TestHeadline::comparesSizesAloneBeforeAnythingIsMeasured()
{
    Comparison comparison = sampleComparison();
    for (VariantResult& variant : comparison.variants)
        variant.latency = {};
    QCOMPARE(headline(comparison),
             QStringLiteral("mobile-optimized is 3.6× smaller than original; same top-1 on 1 of 1 image."));
    comparison.variants.resize(2);
    QCOMPARE(headline(comparison),
             QStringLiteral("scripted is of the same size as original; same top-1 on 1 of 1 image."));
}

void TestHeadline::judgesLatency_data()
{
    QTest::addColumn<double>("median");
    QTest::addColumn<double>("spread");
    QTest::addColumn<int>("samples");
    QTest::addColumn<QString>("expected");
    QTest::newRow("twice as fast") << 20.9 << 1.0 << 30 << "scripted is 2.0× faster than original";
    QTest::newRow("half as fast") << 83.6 << 1.0 << 30 << "scripted is 2.0× slower than original";
    QTest::newRow("a little faster, ranges apart")
        << 39.8 << 0.1 << 30 << "scripted is 1.05× faster than original";
    QTest::newRow("ranges overlap") << 41.0 << 20.0 << 30 << "scripted is about as fast as original";
    QTest::newRow("apart by less than two percent")
        << 41.3 << 0.001 << 30 << "scripted is about as fast as original";
    QTest::newRow("four samples")
        << 20.9 << 1.0 << 4 << "scripted is measured too few times to compare its latency with original";
    QTest::newRow("five samples") << 20.9 << 1.0 << 5 << "scripted is 2.0× faster than original";
}

void TestHeadline::judgesLatency()
{
    QFETCH(double, median);
    QFETCH(double, spread);
    QFETCH(int, samples);
    QFETCH(QString, expected);
    Comparison comparison = sampleComparison(2);
    setSamples(comparison.variants[0], 41.8, 0.2, 30);
    setSamples(comparison.variants[1], median, spread, samples);
    const QString sentence = headline(comparison);
    QVERIFY2(sentence.startsWith(expected + QStringLiteral(" and ")), qPrintable(sentence));
}

void TestHeadline::countsImagesOnWhichTheTopClassIsTheSame()
{
    Comparison comparison = sampleComparison(2);
    comparison.images.push_back({QStringLiteral("image-1"), QStringLiteral("/images/dog.png"), {}});
    comparison.currentImageId = QStringLiteral("image-1");
    setPrediction(comparison, comparison.variants[0].id, {3, 1});
    setPrediction(comparison, comparison.variants[1].id, {1, 3});
    QVERIFY(headline(comparison).endsWith(QStringLiteral("; same top-1 on 1 of 2 images.")));
}

void TestHeadline::leavesOutDisabledVariants()
{
    Comparison comparison = sampleComparison();
    comparison.variants[0].enabled = false;
    comparison.variants[3].enabled = false;
    QVERIFY(headline(comparison).startsWith(QStringLiteral("lite is 1.6× faster than scripted")));
}

QTEST_APPLESS_MAIN(TestHeadline)
#include "tst_headline.moc"
