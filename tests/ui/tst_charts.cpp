#include "core/base/literals.h"
#include "tests/support/sample_comparison.h"
#include "tests/support/warnings.h"
#include "ui/charts/chart_view.h"
#include "ui/charts/latency_chart.h"
#include "ui/charts/prediction_chart.h"
#include "ui/charts/size_chart.h"
#include "ui/shown_variants.h"

#include <QBarCategoryAxis>
#include <QBarSet>
#include <QGraphicsSimpleTextItem>
#include <QHorizontalBarSeries>
#include <QHorizontalStackedBarSeries>
#include <QLineSeries>
#include <QScatterSeries>
#include <QTest>
#include <QValueAxis>

using namespace vitrine;
using vitrine::test::sampleComparison;

namespace {

/// What can be read in a chart: the texts that it places itself.
QStringList visibleTexts(const QChart& chart)
{
    QStringList texts;
    for (const QGraphicsItem* item : chart.scene()->items())
        if (const auto* text = qgraphicsitem_cast<const QGraphicsSimpleTextItem*>(item);
            text != nullptr && text->isVisible())
            texts << text->text();
    return texts;
}

template <typename Chart>
Chart& chartOf(ChartView& view)
{
    return *qobject_cast<Chart*>(view.comparisonChart());
}

void showAt(ChartView& view, const QSize& size, const Comparison& comparison)
{
    view.resize(size);
    view.setComparison(comparison);
    view.show();
    view.grab();
}

} // namespace

class TestCharts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void predictionsAreGroupedByClassWithOneBarAVariant();
    void predictionsOfAnUnknownVariantLeaveItsBarOut();
    void sizesStandInMegabytesInTheOrderOfAdding();
    void latencyShowsMedianQuartilesAndEverySample();
    void latencyFollowsNewSamplesWithoutNewSeries();
    void latencySaysHowManySamplesAreOffTheScale();
    void aVariantHasOneColourInAllCharts();
    void disabledVariantsAreNotShown();
    void anEmptyChartSaysWhatToDo_data();
    void anEmptyChartSaysWhatToDo();
    void aRunCancelledInItsWarmUpIsSaidToBeSo();
    void namesAndValuesDoNotOverlap_data();
    void namesAndValuesDoNotOverlap();
    void coloursComeFromThePalette();

private:
    std::unique_ptr<test::Warnings> m_warnings;
};

void TestCharts::init()
{
    m_warnings = std::make_unique<test::Warnings>();
}

void TestCharts::cleanup()
{
    const QStringList warnings = m_warnings->all();
    m_warnings.reset();
    QVERIFY2(warnings.isEmpty(), qPrintable(warnings.join(QLatin1Char('\n'))));
}

void TestCharts::predictionsAreGroupedByClassWithOneBarAVariant()
{
    ChartView view(ChartKind::Prediction);
    const Comparison comparison = sampleComparison(2);
    showAt(view, {400, 600}, comparison);
    auto& chart = chartOf<PredictionChart>(view);
    QCOMPARE(chart.rows().size(), std::size_t(PredictionChart::classesShown));
    QCOMPARE(chart.rows()[0].label, u"timber wolf, grey wolf, gray wolf, Canis lupus"_s);
    QCOMPARE(chart.categoryAxis()->categories().last(), chart.rows()[0].label);
    const QList<QBarSet*> sets = chart.series()->barSets();
    QCOMPARE(sets.size(), 2);
    QCOMPARE(sets.last()->label(), u"original"_s);
    const std::vector<float> expected =
        softmax(comparison.prediction(u"image-0"_s, comparison.variants[0].id)->logits);
    QCOMPARE(sets.last()->count(), PredictionChart::classesShown);
    QVERIFY(qAbs(sets.last()->at(PredictionChart::classesShown - 1) - 100.0 * double(expected[0])) < 1e-4);
    const QString percent = u"%1\u00a0%"_s.arg(100.0 * double(expected[0]), 0, 'f', 1);
    QVERIFY2(visibleTexts(chart).contains(percent), qPrintable(percent));
}

void TestCharts::predictionsOfAnUnknownVariantLeaveItsBarOut()
{
    ChartView view(ChartKind::Prediction);
    Comparison comparison = sampleComparison(2);
    comparison.variants.back().predictions.clear();
    showAt(view, {400, 600}, comparison);
    auto& chart = chartOf<PredictionChart>(view);
    QCOMPARE(chart.series()->barSets().first()->label(), u"scripted"_s);
    QCOMPARE(chart.series()->barSets().first()->sum(), 0.0);
    QVERIFY(!chart.rows()[0].toolTip.contains(u"scripted"_s));
}

void TestCharts::sizesStandInMegabytesInTheOrderOfAdding()
{
    ChartView view(ChartKind::Size);
    showAt(view, {400, 600}, sampleComparison(3));
    auto& chart = chartOf<SizeChart>(view);
    QCOMPARE(chart.rows()[0].label, u"original"_s);
    QCOMPARE(chart.rows()[2].label, u"quantized"_s);
    QCOMPARE(chart.rows()[2].value, u"6.42\u00a0MB"_s);
    const QList<QBarSet*> sets = chart.series()->barSets();
    QCOMPARE(sets.size(), 3);
    QCOMPARE(sets[0]->at(2), 22.883112);
    QCOMPARE(sets[0]->sum(), 22.883112);
    QCOMPARE(sets[2]->at(0), 6.42159);
    QVERIFY(chart.valueAxis()->titleText().contains(u"MB"_s));
    QVERIFY(visibleTexts(chart).contains(u"22.9\u00a0MB"_s));
}

void TestCharts::latencyShowsMedianQuartilesAndEverySample()
{
    ChartView view(ChartKind::Latency);
    const Comparison comparison = sampleComparison(2);
    showAt(view, {400, 600}, comparison);
    auto& chart = chartOf<LatencyChart>(view);
    QCOMPARE(chart.variantSeries().size(), std::size_t(2));
    const LatencyChart::VariantSeries& original = chart.variantSeries()[0];
    QCOMPARE(original.name, u"original"_s);
    QCOMPARE(original.samples->count(), 30);
    QCOMPARE(original.medianBar->at(1), 41.8);
    QCOMPARE(original.medianLine->at(0).x(), 41.8);
    const LatencySummary& latency = *comparison.variants[0].latency;
    QCOMPARE(original.quartileBox->at(0).x(), double(latency.lowerQuartile.count()) / 1e6);
    QCOMPARE(original.quartileBox->at(1).x(), double(latency.upperQuartile.count()) / 1e6);
    for (const QPointF& dot : original.samples->points())
        QVERIFY(qAbs(dot.y() - 1) < 0.5);
    QVERIFY(visibleTexts(chart).contains(u"41.8\u00a0ms"_s));
    QVERIFY(chart.valueAxis()->titleText().contains(u"ms"_s));
    QVERIFY(chart.valueAxis()->max() >= double(latency.maximum.count()) / 1e6);
}

void TestCharts::latencyFollowsNewSamplesWithoutNewSeries()
{
    ChartView view(ChartKind::Latency);
    Comparison comparison = sampleComparison(2);
    showAt(view, {400, 600}, comparison);
    auto& chart = chartOf<LatencyChart>(view);
    const QScatterSeries* samples = chart.variantSeries()[0].samples;
    test::setSamples(comparison.variants[0], 50, 4, 45);
    view.setComparison(comparison);
    QCOMPARE(chart.variantSeries()[0].samples, samples);
    QCOMPARE(samples->count(), 45);
    QCOMPARE(chart.rows()[0].value, u"50.0\u00a0ms"_s);
}

void TestCharts::latencySaysHowManySamplesAreOffTheScale()
{
    ChartView view(ChartKind::Latency);
    Comparison comparison = sampleComparison(1);
    comparison.variants[0].latency.edit().samples.push_back({30, {}, std::chrono::seconds(2)});
    comparison.variants[0].latency.edit().maximum = std::chrono::seconds(2);
    showAt(view, {400, 600}, comparison);
    auto& chart = chartOf<LatencyChart>(view);
    QVERIFY(chart.valueAxis()->max() < 200);
    QVERIFY2(chart.rows()[0].value.contains(u"1 off scale"_s), qPrintable(chart.rows()[0].value));
}

void TestCharts::aVariantHasOneColourInAllCharts()
{
    const Comparison comparison = sampleComparison(3);
    ChartView predictions(ChartKind::Prediction);
    ChartView size(ChartKind::Size);
    ChartView latency(ChartKind::Latency);
    for (ChartView* view : {&predictions, &size, &latency})
        showAt(*view, {400, 600}, comparison);
    for (int i = 0; i < 3; ++i) {
        const QColor color = variantColor(i);
        QCOMPARE(chartOf<PredictionChart>(predictions).series()->barSets()[2 - i]->color(), color);
        QCOMPARE(chartOf<SizeChart>(size).series()->barSets()[i]->color(), color);
        const QColor dots = chartOf<LatencyChart>(latency).variantSeries()[std::size_t(i)].samples->color();
        QCOMPARE(dots.rgb(), color.rgb());
    }
}

void TestCharts::disabledVariantsAreNotShown()
{
    Comparison comparison = sampleComparison(3);
    comparison.variants[1].enabled = false;
    for (const ChartKind kind : overviewChartKinds) {
        ChartView view(kind);
        showAt(view, {400, 600}, comparison);
        QVERIFY(!view.accessibleDescription().contains(u"scripted"_s));
        QVERIFY(view.accessibleDescription().contains(u"quantized"_s));
    }
}

void TestCharts::anEmptyChartSaysWhatToDo_data()
{
    QTest::addColumn<ChartKind>("kind");
    QTest::addColumn<QString>("expected");
    QTest::newRow("no image") << ChartKind::Prediction << "Drop an image";
    QTest::newRow("no model") << ChartKind::Size << "Drop model files";
    QTest::newRow("no measurement") << ChartKind::Latency << "Press Run";
}

void TestCharts::anEmptyChartSaysWhatToDo()
{
    QFETCH(ChartKind, kind);
    QFETCH(QString, expected);
    ChartView view(kind);
    showAt(view, {400, 600}, {});
    QVERIFY2(view.comparisonChart()->hint().contains(expected), qPrintable(view.comparisonChart()->hint()));
    view.setComparison(sampleComparison());
    QCOMPARE(view.comparisonChart()->hint(), QString());
}

void TestCharts::aRunCancelledInItsWarmUpIsSaidToBeSo()
{
    Comparison comparison = sampleComparison(1);
    vitrine::test::setSamples(comparison.variants[0], 1, 0, 0);
    comparison.benchmark = BenchmarkFacts{BenchmarkPlan(), StopReason::Cancelled};
    ChartView view(ChartKind::Latency);
    showAt(view, {400, 600}, comparison);
    QVERIFY(view.comparisonChart()->hint().startsWith(u"Cancelled in the warm-up"_s));
}

void TestCharts::namesAndValuesDoNotOverlap_data()
{
    QTest::addColumn<ChartKind>("kind");
    QTest::addColumn<int>("variants");
    QTest::addColumn<QSize>("size");
    for (const ChartKind kind : overviewChartKinds)
        for (const int variants : {1, 2, 5, 8})
            for (const QSize size : {QSize(230, 400), QSize(420, 700)})
                QTest::addRow("%s of %d variants at %d x %d", qPrintable(ChartView(kind).accessibleName()),
                              variants, size.width(), size.height())
                    << kind << variants << size;
}

void TestCharts::namesAndValuesDoNotOverlap()
{
    QFETCH(ChartKind, kind);
    QFETCH(int, variants);
    QFETCH(QSize, size);
    ChartView view(kind);
    view.setComparison(sampleComparison(variants));
    showAt(view, size.expandedTo(view.minimumSize()), sampleComparison(variants));
    QList<QPair<QRectF, QString>> boxes;
    for (const QGraphicsItem* item : view.scene()->items()) {
        const auto* text = qgraphicsitem_cast<const QGraphicsSimpleTextItem*>(item);
        if (text == nullptr || !text->isVisible() || text->text().isEmpty())
            continue;
        const QRectF box = text->sceneBoundingRect();
        QVERIFY2(view.sceneRect().contains(box), qPrintable(text->text()));
        const QRectF ink = box.adjusted(1, 0.3 * box.height(), -1, -0.3 * box.height());
        for (const auto& [other, otherText] : boxes)
            QVERIFY2(!ink.intersects(other), qPrintable(text->text() + u" / "_s + otherText));
        boxes.append({ink, text->text()});
    }
    QVERIFY(!boxes.isEmpty());
}

void TestCharts::coloursComeFromThePalette()
{
    ChartView view(ChartKind::Size);
    showAt(view, {400, 600}, sampleComparison());
    QPalette dark;
    dark.setColor(QPalette::Base, QColor(0x202124));
    dark.setColor(QPalette::Text, QColor(0xf0f0f0));
    view.setPalette(dark);
    QCOMPARE(view.comparisonChart()->chartStyle().background, QColor(0x202124));
    for (const QGraphicsItem* item : view.scene()->items())
        if (const auto* text = qgraphicsitem_cast<const QGraphicsSimpleTextItem*>(item);
            text != nullptr && !text->text().isEmpty() && text->isVisible())
            QCOMPARE(text->brush().color(), QColor(0xf0f0f0));
    QVERIFY(view.comparisonChart()->valueAxis()->labelsBrush().color().lightness() > 128);
}

QTEST_MAIN(TestCharts)
#include "tst_charts.moc"
