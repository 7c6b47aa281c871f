#include "core/base/literals.h"
#include "core/session/comparison_session.h"
#include "tests/support/fake_engine.h"
#include "tests/support/sample_comparison.h"
#include "ui/format.h"
#include "ui/models/image_list_model.h"
#include "ui/models/results_table_model.h"
#include "ui/models/variant_list_model.h"
#include "ui/variant_colors.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace vitrine;
using vitrine::test::sampleComparison;
using Column = ResultsTableModel::Column;

namespace {

constexpr auto failing = QAbstractItemModelTester::FailureReportingMode::QtTest;

} // namespace

class TestModels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void variantsFollowAddingAndRemoving();
    void variantsTellNameSizeStateAndError();
    void imagesFollowAddingAndRemoving();
    void theTableHoldsTheNumbersOfTheCharts();
    void theTableSaysWhyANumberIsMissing();
    void theTableWithholdsWhatTooFewSamplesCarry();
    void theTableShowsADashForWhatIsNotKnown();

private:
    ComparisonSession m_session{test::fakeEngine(std::make_shared<test::FakeScript>())};
};

void TestModels::variantsFollowAddingAndRemoving()
{
    VariantListModel model(m_session);
    const QAbstractItemModelTester tester(&model, failing);
    Comparison comparison = sampleComparison(3);
    model.setComparison(comparison);
    QCOMPARE(model.rowCount(), 3);
    const QPersistentModelIndex last(model.index(2));
    QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    comparison.variants.erase(comparison.variants.begin() + 1);
    comparison.variants.push_back(sampleComparison(5).variants[4]);
    model.setComparison(comparison);
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(last.row(), 1);
    QCOMPARE(model.index(2).data().toString(), u"lite"_s);
    model.setComparison({});
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(resets.count(), 0);
}

void TestModels::variantsTellNameSizeStateAndError()
{
    VariantListModel model(m_session);
    Comparison comparison = sampleComparison(3);
    comparison.variants[2].state = VariantState::Failed;
    comparison.variants[2].error = Error{ErrorKind::Engine, u"It does not load."_s, {}};
    comparison.variants[2].quantizedEngine = u"onednn"_s;
    comparison.variants[1].enabled = false;
    model.setComparison(comparison);
    QCOMPARE(model.index(0).data(VariantListModel::SizeRole).toString(), u"22.9\u00a0MB"_s);
    QCOMPARE(model.index(0).data(VariantListModel::StateRole).toString(), u"ready"_s);
    QCOMPARE(model.index(0).data(VariantListModel::ColorRole).value<QColor>(), variantColor(0));
    QCOMPARE(model.index(1).data(Qt::CheckStateRole).toInt(), int(Qt::Unchecked));
    QCOMPARE(model.index(2).data(VariantListModel::StateRole).toString(), u"onednn · failed"_s);
    QCOMPARE(model.index(2).data(VariantListModel::ErrorRole).toString(), u"It does not load."_s);
    QVERIFY(model.index(2).data(Qt::ToolTipRole).toString().contains(u"It does not load."_s));
}

void TestModels::imagesFollowAddingAndRemoving()
{
    ImageListModel model(m_session);
    const QAbstractItemModelTester tester(&model, failing);
    Comparison comparison = sampleComparison(0);
    comparison.images.push_back({u"image-1"_s, u"/images/dog.png"_s, {}});
    model.setComparison(comparison);
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.index(0).data().toString(), u"wolf.png"_s);
    QCOMPARE(model.indexOf(u"image-1"_s).row(), 1);
    comparison.images.erase(comparison.images.begin());
    model.setComparison(comparison);
    QCOMPARE(model.indexOf(u"image-1"_s).row(), 0);
    QVERIFY(!model.indexOf(u"image-0"_s).isValid());
}

void TestModels::theTableHoldsTheNumbersOfTheCharts()
{
    ResultsTableModel model;
    const QAbstractItemModelTester tester(&model, failing);
    Comparison comparison = sampleComparison(3);
    comparison.variants[1].enabled = false;
    model.setComparison(comparison);
    QCOMPARE(model.rowCount(), 2);
    const auto cell = [&](int row, Column column) { return model.index(row, static_cast<int>(column)); };
    QCOMPARE(cell(1, Column::Variant).data().toString(), u"quantized"_s);
    QCOMPARE(cell(0, Column::Size).data().toString(), u"22.9"_s);
    QCOMPARE(cell(0, Column::Size).data(ResultsTableModel::RawRole).toDouble(), 22.883112);
    QCOMPARE(cell(0, Column::Median).data(ResultsTableModel::RawRole).toDouble(), 41.8);
    QCOMPARE(cell(0, Column::Samples).data().toString(), u"30"_s);
    QCOMPARE(cell(0, Column::Verdict).data().toString(), u"baseline"_s);
    QCOMPARE(cell(1, Column::Verdict).data().toString(), u"faster"_s);
    QCOMPARE(cell(1, Column::Ratio).data().toString(), u"0.653"_s);
    QVERIFY(cell(1, Column::Interval).data().toString().startsWith(u"0.6"_s));
    QCOMPARE(cell(1, Column::Interval).data(ResultsTableModel::RawRole), cell(1, Column::Interval).data());
    QCOMPARE(cell(0, Column::Spread).data(ResultsTableModel::RawRole).toDouble(),
             toMilliseconds(comparison.variants[0].latency.interquartileRange()));
    QVERIFY(cell(0, Column::Spread).data(Qt::ToolTipRole).toString().contains(u" and "_s));
    QCOMPARE(cell(1, Column::Trust).data().toString(), u"good"_s);
    QCOMPARE(cell(0, Column::TopClass).data().toString().left(11), u"timber wolf"_s);
}

void TestModels::theTableSaysWhyANumberIsMissing()
{
    ResultsTableModel model;
    Comparison comparison = sampleComparison(1);
    VariantResult& result = comparison.variants[0];
    result.peakMemoryBytes = 50'000'000;
    model.setComparison(comparison);
    const auto tip = [&](Column column) {
        return model.index(0, static_cast<int>(column)).data(Qt::ToolTipRole).toString();
    };
    QCOMPARE(tip(Column::NinetiethPercentile), u"30 samples are too few for it; there must be 64."_s);
    QCOMPARE(tip(Column::Memory), u"50.0"_s);
    vitrine::test::setSamples(result, 40, 1, 70);
    result.peakMemoryBytes.reset();
    result.probeError = Error{ErrorKind::Engine, u"lite.ptl crashed."_s, {}};
    model.setComparison(comparison);
    QVERIFY(model.index(0, static_cast<int>(Column::NinetiethPercentile))
                .data(ResultsTableModel::RawRole)
                .toDouble() > 39);
    QCOMPARE(tip(Column::ColdStart), u"lite.ptl crashed."_s);
    QCOMPARE(tip(Column::Memory), u"lite.ptl crashed."_s);
}

void TestModels::theTableWithholdsWhatTooFewSamplesCarry()
{
    ResultsTableModel model;
    Comparison comparison = sampleComparison(2);
    for (VariantResult& variant : comparison.variants)
        vitrine::test::setSamples(variant, 40, 1, roundsForVerdict - 1);
    vitrine::test::judge(comparison);
    model.setComparison(comparison);
    for (const Column column : {Column::NinetiethPercentile, Column::NinetyNinthPercentile, Column::Ratio,
                                Column::Interval, Column::Spread, Column::Trust}) {
        const QModelIndex index = model.index(1, static_cast<int>(column));
        QCOMPARE(index.data().toString(), u"n too small"_s);
        QVERIFY(index.data(ResultsTableModel::RawRole).toString().isEmpty());
        const QString tip = index.data(Qt::ToolTipRole).toString();
        const bool isRatio = column == Column::Ratio || column == Column::Interval;
        QVERIFY2(isRatio ? tip.startsWith(u"It takes 10 rounds"_s)
                         : tip.startsWith(u"9 samples are too few"_s),
                 qPrintable(tip));
    }
    QCOMPARE(model.index(1, static_cast<int>(Column::Verdict)).data().toString(), u"too few samples"_s);
}

void TestModels::theTableShowsADashForWhatIsNotKnown()
{
    ResultsTableModel model;
    Comparison comparison = sampleComparison(1);
    comparison.predictions.clear();
    vitrine::test::setSamples(comparison.variants[0], 1, 0, 0);
    vitrine::test::judge(comparison);
    comparison.variants[0].verdict = Verdict::Unmeasured;
    model.setComparison(comparison);
    for (const Column column : {Column::TopClass, Column::Probability, Column::Median, Column::Spread,
                                Column::Ratio, Column::Verdict, Column::Trust}) {
        const QModelIndex index = model.index(0, static_cast<int>(column));
        QCOMPARE(index.data().toString(), u"–"_s);
        QVERIFY(index.data(ResultsTableModel::RawRole).toString().isEmpty());
    }
}

QTEST_MAIN(TestModels)
#include "tst_models.moc"
