#include "tests/support/sample_comparison.h"
#include "ui/charts/chart_view.h"
#include "ui/charts/drift_chart.h"
#include "ui/charts/operator_chart.h"
#include "ui/charts/phases_chart.h"
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
    profile.operators = {{linear, 4, time}, {QStringLiteral("aten::softmax"), 2, 1ms}};
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
        result.id = isQuantized ? QStringLiteral("int8") : QStringLiteral("float");
        result.variant.name = isQuantized ? QStringLiteral("quantized") : QStringLiteral("original");
        result.colorIndex = isQuantized ? 1 : 0;
        result.phases = {3ms, 2ms, 1ms, 100ms, 50ms, isQuantized ? 20ms : 40ms, 100us};
        result.operators = isQuantized ? profileOf(QStringLiteral("quantized::linear_dynamic"), 10ms)
                                       : profileOf(QStringLiteral("aten::addmm"), 30ms);
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
    QVERIFY(chart.rows()[0].label.startsWith(QStringLiteral("original")));
    QCOMPARE(chart.rows()[0].value, QStringLiteral("156 ms")); // 3 + 2 + 1 + 100 + 50 + 0.1
    QCOMPARE(chart.rows()[1].value, QStringLiteral("46.1 ms"));
    QCOMPARE(chart.rows()[3].value, QStringLiteral("26.1 ms"));
    QVERIFY(chart.rows()[0].toolTip.contains(QStringLiteral("load: 100 ms")));
    QVERIFY(!chart.rows()[1].toolTip.contains(QStringLiteral("load")));
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
    QCOMPARE(chart.rows()[0].value, QStringLiteral("31.5 ms"));
    QVERIFY(chart.rows()[0].toolTip.contains(QStringLiteral("linear: 30")));
    QVERIFY(chart.rows()[1].toolTip.contains(QStringLiteral("linear: 10")));
}

void TestPhasesAndOperators::theTableTellsWhatBecameOfEachGroup()
{
    const Comparison comparison = measured();
    OperatorTableModel model;
    const QAbstractItemModelTester tester(&model);
    model.setVariants(QStringLiteral("original"), comparison.variants[0].operators,
                      QStringLiteral("quantized"), comparison.variants[1].operators);
    const auto text = [&](OperatorTableModel::Column column) {
        return model.index(0, static_cast<int>(column)).data().toString();
    };
    QCOMPARE(text(OperatorTableModel::Column::Group), QStringLiteral("linear"));
    QCOMPARE(text(OperatorTableModel::Column::Change), QStringLiteral("faster"));
    QVERIFY(text(OperatorTableModel::Column::Difference).startsWith(QStringLiteral("−20")));
    QVERIFY(
        text(OperatorTableModel::Column::Operators).contains(QStringLiteral("quantized::linear_dynamic")));
    QCOMPARE(model.headerData(1, Qt::Horizontal, Qt::DisplayRole).toString(), QStringLiteral("original"));
}

void TestPhasesAndOperators::aVariantWithoutProfileHasNoDifference()
{
    Comparison comparison = measured();
    OperatorPanel panel;
    panel.setComparison(comparison);
    QCOMPARE(panel.before()->currentText(), QStringLiteral("original"));
    QCOMPARE(panel.after()->currentText(), QStringLiteral("quantized"));
    QVERIFY(panel.table()->rowCount() > 0);
    comparison.variants[1].operators.reset();
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
    QCOMPARE(chart.rows()[0].label, QStringLiteral("1 thread"));
    QCOMPARE(chart.rows()[0].value, QStringLiteral("fastest: scripted"));
    QCOMPARE(chart.rows()[1].value, QStringLiteral("fastest: original"));
    QVERIFY(chart.rows()[1].toolTip.contains(QStringLiteral("original: median 20")));
    QVERIFY(chart.rows()[1].toolTip.contains(QStringLiteral("[good]")));
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
    QVERIFY(hint().startsWith(QStringLiteral("Not measured yet")));
    comparison.sweep = SweepFacts{{1, 2}, {1, 2}, true, false};
    QVERIFY(hint().startsWith(QStringLiteral("Measuring")));
    comparison.sweep = SweepFacts{{1, 2}, {2}, false, true};
    QVERIFY2(hint().startsWith(QStringLiteral("The sweep was cancelled before it measured on 2 threads.")),
             qPrintable(hint()));
}

void TestPhasesAndOperators::warmUpIsShownBySamplesOrAlone()
{
    Comparison comparison = test::sampleComparison(2);
    VariantResult& measured = comparison.variants[0];
    VariantResult& warmedUp = comparison.variants[1];
    warmedUp.samples.clear();
    describeSamples(warmedUp);
    DriftChart chart;
    chart.resize(500, 400);
    chart.setComparison(comparison);
    QCOMPARE(chart.rows().size(), std::size_t(2));
    QVERIFY2(chart.rows()[0].value.endsWith(QStringLiteral("(2 off scale)")),
             qPrintable(chart.rows()[0].value));
    QVERIFY2(chart.rows()[1].value.startsWith(QStringLiteral("warm-up only")),
             qPrintable(chart.rows()[1].value));
    QCOMPARE(chart.variantSeries()[1].warmUps->count(), int(warmedUp.warmUps.size()));
    QCOMPARE(chart.variantSeries()[1].medianLine->count(), 0);

    // Within 2.5 upper quartiles a warm-up pass has its place between the samples' and the edge.
    measured.warmUps[0].duration = 2 * measured.latency.median;
    measured.warmUps[1].duration = measured.latency.median * 3 / 2;
    describeSamples(measured);
    chart.setComparison(comparison);
    QVERIFY(!chart.rows()[0].value.contains(QStringLiteral("off scale")));
    const auto& series = chart.variantSeries()[0];
    const double slowestSample = std::ranges::max(series.samples->points(), {}, &QPointF::y).y();
    QVERIFY(series.warmUps->at(0).y() > series.warmUps->at(1).y());
    QVERIFY(series.warmUps->at(1).y() > slowestSample);
}

void TestPhasesAndOperators::samplesAreShownInTheOrderOfTime()
{
    Comparison comparison = test::sampleComparison(2);
    comparison.variants[1].samples.clear();
    comparison.variants[1].warmUps.clear();
    comparison.variants[0].drift = Drift{0.05, true};
    ChartView view(ChartKind::Drift);
    view.resize(500, 400);
    view.show();
    view.setComparison(comparison);
    const auto& chart = dynamic_cast<const DriftChart&>(*view.comparisonChart());
    QCOMPARE(chart.rows().size(), std::size_t(1));
    QVERIFY2(chart.rows()[0].value.contains(QStringLiteral("up by 5")), qPrintable(chart.rows()[0].value));
    QVERIFY(chart.rows()[0].toolTip.contains(QStringLiteral("warm-up passes discarded: 17, ")));
    const QList<QPointF> samples = chart.variantSeries()[0].samples->points();
    QCOMPARE(samples.size(), 30);
    QCOMPARE(chart.variantSeries()[0].warmUps->count(), 17);
    QVERIFY(std::ranges::is_sorted(samples, {}, &QPointF::x));
    for (const QPointF& sample : samples)
        QVERIFY(qAbs(sample.y()) <= 0.5);
    // Slower is higher, and what is beyond the scale stands at its upper edge.
    const auto slowest =
        std::ranges::max_element(comparison.variants[0].samples, {}, &LatencySample::duration);
    const qreal top = samples[std::distance(comparison.variants[0].samples.begin(), slowest)].y();
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
