#include "core/base/literals.h"
#include "tests/support/sample_comparison.h"
#include "ui/charts/chart_view.h"
#include "ui/charts/drift_chart.h"
#include "ui/charts/stacked_chart.h"
#include "ui/charts/threads_chart.h"
#include "ui/models/operator_table_model.h"
#include "ui/widgets/operator_panel.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QLineSeries>
#include <QPushButton>
#include <QScatterSeries>
#include <QSignalSpy>
#include <QTest>
#include <QValueAxis>

using namespace vitrine;
using namespace std::chrono_literals;

namespace {

OperatorProfile profileOf(const QString& linear, std::chrono::nanoseconds time)
{
    OperatorProfile profile;
    profile.operators = {{linear, 4, time}, {u"aten::softmax"_s, 2, 1ms}};
    profile.outside = 500us;
    profile.wallTime = time + 1500us;
    return profile;
}

/// A float variant and an int8 one, with everything measured.
Comparison measured()
{
    Comparison comparison;
    for (const bool isQuantized : {false, true}) {
        VariantResult& result = comparison.variants.emplace_back();
        result.id = isQuantized ? u"int8"_s : u"float"_s;
        result.variant.name = isQuantized ? u"quantized"_s : u"original"_s;
        result.colorIndex = isQuantized ? 1 : 0;
        result.phases = {3ms, 2ms, 1ms, 100ms, 50ms, isQuantized ? 20ms : 40ms, 100us};
        result.measurements.edit().keep(isQuantized ? profileOf(u"quantized::linear_dynamic"_s, 10ms)
                                                    : profileOf(u"aten::addmm"_s, 30ms));
    }
    return comparison;
}

} // namespace

class TestPhasesAndOperators : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aVariantHasAFirstAnswerAndFurtherOnes();
    void whatIsNotMeasuredIsNotShown();
    void operatorsAreStackedByGroup();
    void theTableTellsWhatBecameOfEachGroup();
    void aVariantWithoutProfileHasNoDifference();
    void theButtonAsksForAProfile();
    void everyVariantIsALineOverThreads();
    void theThreadsTabSaysWhyItIsEmpty();
    void warmUpIsShownBySamplesOrAlone();
    void samplesAreShownInTheOrderOfTime();
};

void TestPhasesAndOperators::aVariantHasAFirstAnswerAndFurtherOnes()
{
    PhasesChart chart;
    chart.setComparison(measured());
    QCOMPARE(chart.rows().size(), std::size_t(4));
    QVERIFY(chart.rows()[0].label.startsWith(u"original"_s));
    QCOMPARE(chart.rows()[0].value, u"156 ms"_s); // 3 + 2 + 1 + 100 + 50 + 0.1
    QCOMPARE(chart.rows()[1].value, u"46.1 ms"_s);
    QCOMPARE(chart.rows()[3].value, u"26.1 ms"_s);
    QVERIFY(chart.rows()[0].toolTip.contains(u"load: 100 ms"_s));
    QVERIFY(!chart.rows()[1].toolTip.contains(u"load"_s));
}

void TestPhasesAndOperators::whatIsNotMeasuredIsNotShown()
{
    Comparison comparison = measured();
    comparison.variants[0].phases = {};
    comparison.variants[1].phases.load.reset();
    PhasesChart chart;
    chart.setComparison(comparison);
    QCOMPARE(chart.rows().size(), std::size_t(1));
    comparison.variants[1].phases = {};
    chart.setComparison(comparison);
    QVERIFY(chart.rows().empty());
    QVERIFY(!chart.hint().isEmpty());
}

void TestPhasesAndOperators::operatorsAreStackedByGroup()
{
    OperatorChart chart;
    chart.setComparison(measured());
    QCOMPARE(chart.rows().size(), std::size_t(2));
    QCOMPARE(chart.rows()[0].value, u"31.5 ms"_s);
    QVERIFY(chart.rows()[0].toolTip.contains(u"linear: 30"_s));
    QVERIFY(chart.rows()[1].toolTip.contains(u"linear: 10"_s));
}

void TestPhasesAndOperators::theTableTellsWhatBecameOfEachGroup()
{
    const Comparison comparison = measured();
    OperatorTableModel model;
    const QAbstractItemModelTester tester(&model);
    model.setVariants(u"original"_s, comparison.variants[0].operators(), u"quantized"_s,
                      comparison.variants[1].operators());
    const auto text = [&](OperatorTableModel::Column column) {
        return model.index(0, static_cast<int>(column)).data().toString();
    };
    QCOMPARE(text(OperatorTableModel::Column::Group), u"linear"_s);
    QCOMPARE(text(OperatorTableModel::Column::Change), u"faster"_s);
    QVERIFY(text(OperatorTableModel::Column::Difference).startsWith(u"−20"_s));
    QVERIFY(text(OperatorTableModel::Column::Operators).contains(u"quantized::linear_dynamic"_s));
    QCOMPARE(model.headerData(1, Qt::Horizontal, Qt::DisplayRole).toString(), u"original"_s);
}

void TestPhasesAndOperators::aVariantWithoutProfileHasNoDifference()
{
    Comparison comparison = measured();
    OperatorPanel panel;
    panel.setComparison(comparison);
    QCOMPARE(panel.before()->currentText(), u"original"_s);
    QCOMPARE(panel.after()->currentText(), u"quantized"_s);
    QVERIFY(panel.table()->rowCount() > 0);
    comparison.variants[1].measurements = {};
    panel.setComparison(comparison);
    QCOMPARE(panel.table()->rowCount(), 0);
}

void TestPhasesAndOperators::everyVariantIsALineOverThreads()
{
    Comparison comparison = test::sampleComparison(2);
    ThreadsChart chart;
    chart.resize(500, 400);
    chart.setComparison(comparison);
    QVERIFY(chart.rows().empty() && !chart.hint().isEmpty());
    for (const int threads : {1, 2}) {
        ThreadPoint point{threads, {}, {}, comparison.variants, {}};
        test::setSamples(point.variants[0], 40.0 / threads, 1, 20);
        test::setSamples(point.variants[1], 30, 1, 20);
        point.fastest = {point.variants[threads == 1 ? 1 : 0].id};
        comparison.threadSweep.push_back(point);
    }
    comparison.threadSweep[0].variants.erase(comparison.threadSweep[0].variants.begin());
    chart.setComparison(comparison);
    QCOMPARE(chart.rows().size(), std::size_t(2));
    QCOMPARE(chart.rows()[0].label, u"1 thread"_s);
    QCOMPARE(chart.rows()[0].value, u"fastest: scripted"_s);
    QCOMPARE(chart.rows()[1].value, u"fastest: original"_s);
    QVERIFY(chart.rows()[1].toolTip.contains(u"original: median 20"_s));
    QVERIFY(chart.rows()[1].toolTip.contains(u"[good]"_s));
    QCOMPARE(chart.lines().size(), std::size_t(2));
    QCOMPARE(chart.lines()[0].points.size(), std::size_t(1)); // not measured on one thread
    QCOMPARE(chart.lines()[0].points[0].column, 1);
    QCOMPARE(qRound(chart.lines()[0].points[0].median), 20);
    QCOMPARE(chart.lines()[1].points.size(), std::size_t(2));
    const auto lineOf = [&](int position) {
        return qobject_cast<QLineSeries*>(chart.series().at(2 * position))->points();
    };
    QCOMPARE(lineOf(0).size(), 1);
    QCOMPARE(lineOf(1).size(), 2);
    QCOMPARE(lineOf(1)[1].x(), 1.0);
    QCOMPARE(qRound(lineOf(1)[1].y()), 30);
    QVERIFY(chart.valueAxis()->max() > 30);
}

void TestPhasesAndOperators::theThreadsTabSaysWhyItIsEmpty()
{
    Comparison comparison = test::sampleComparison(2);
    ThreadsChart chart;
    const auto hint = [&] {
        chart.setComparison(comparison);
        return chart.hint();
    };
    QVERIFY(hint().startsWith(u"Not measured yet"_s));
    comparison.sweep = SweepFacts{{1, 2}, {1, 2}, true, false};
    QVERIFY(hint().startsWith(u"Measuring"_s));
    comparison.sweep = SweepFacts{{1, 2}, {2}, false, true};
    QVERIFY2(hint().startsWith(u"The sweep was cancelled before it measured on 2 threads."_s),
             qPrintable(hint()));
}

void TestPhasesAndOperators::warmUpIsShownBySamplesOrAlone()
{
    Comparison comparison = test::sampleComparison(2);
    VariantResult& measured = comparison.variants[0];
    VariantResult& warmedUp = comparison.variants[1];
    warmedUp.latency.edit().samples.clear();
    warmedUp.latency = LatencyResult::of(warmedUp.latency->warmUps, warmedUp.latency->samples);
    DriftChart chart;
    chart.resize(500, 400);
    chart.setComparison(comparison);
    QCOMPARE(chart.rows().size(), std::size_t(2));
    QVERIFY2(chart.rows()[0].value.endsWith(u"(2 off scale)"_s), qPrintable(chart.rows()[0].value));
    QVERIFY2(chart.rows()[1].value.startsWith(u"warm-up only"_s), qPrintable(chart.rows()[1].value));
    QCOMPARE(chart.variantSeries()[1].warmUps->count(), int(warmedUp.latency->warmUps.size()));
    QCOMPARE(chart.variantSeries()[1].medianLine->count(), 0);

    // Within 2.5 upper quartiles a warm-up pass has its place between the samples' and the edge.
    measured.latency.edit().warmUps[0].duration = 2 * measured.latency->median;
    measured.latency.edit().warmUps[1].duration = measured.latency->median * 3 / 2;
    measured.latency = LatencyResult::of(measured.latency->warmUps, measured.latency->samples);
    chart.setComparison(comparison);
    QVERIFY(!chart.rows()[0].value.contains(u"off scale"_s));
    const auto& series = chart.variantSeries()[0];
    const double slowestSample = std::ranges::max(series.samples->points(), {}, &QPointF::y).y();
    QVERIFY(series.warmUps->at(0).y() > series.warmUps->at(1).y());
    QVERIFY(series.warmUps->at(1).y() > slowestSample);
}

void TestPhasesAndOperators::samplesAreShownInTheOrderOfTime()
{
    Comparison comparison = test::sampleComparison(2);
    comparison.variants[1].latency.edit().samples.clear();
    comparison.variants[1].latency.edit().warmUps.clear();
    comparison.variants[0].latency.edit().drift = Drift{0.05, true};
    ChartView view(ChartKind::Drift);
    view.resize(500, 400);
    view.show();
    view.setComparison(comparison);
    const auto& chart = dynamic_cast<const DriftChart&>(*view.comparisonChart());
    QCOMPARE(chart.rows().size(), std::size_t(1));
    QVERIFY2(chart.rows()[0].value.contains(u"up by 5"_s), qPrintable(chart.rows()[0].value));
    QVERIFY(chart.rows()[0].toolTip.contains(u"warm-up passes discarded: 17, "_s));
    const QList<QPointF> samples = chart.variantSeries()[0].samples->points();
    QCOMPARE(samples.size(), 30);
    QCOMPARE(chart.variantSeries()[0].warmUps->count(), 17);
    QVERIFY(std::ranges::is_sorted(samples, {}, &QPointF::x));
    for (const QPointF& sample : samples)
        QVERIFY(qAbs(sample.y()) <= 0.5);
    // Slower is higher, and what is beyond the scale stands at its upper edge.
    const auto slowest =
        std::ranges::max_element(comparison.variants[0].latency->samples, {}, &LatencySample::duration);
    const qreal top = samples[std::distance(comparison.variants[0].latency->samples.begin(), slowest)].y();
    QCOMPARE(top, std::ranges::max(samples, {}, &QPointF::y).y());
    QVERIFY(chart.variantSeries()[0].warmUps->at(0).y() > top);
    QCOMPARE(chart.variantSeries()[0].warmUps->at(0).y(), chart.variantSeries()[0].warmUps->at(1).y());
}

void TestPhasesAndOperators::theButtonAsksForAProfile()
{
    OperatorPanel panel;
    QSignalSpy wanted(&panel, &OperatorPanel::profileWanted);
    panel.setProfilingPossible(false);
    panel.profileButton()->click();
    QCOMPARE(wanted.size(), 0);
    panel.setProfilingPossible(true);
    panel.profileButton()->click();
    QCOMPARE(wanted.size(), 1);
}

QTEST_MAIN(TestPhasesAndOperators)
#include "tst_phases_and_operators.moc"
