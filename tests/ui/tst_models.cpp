#include "core/base/literals.h"
#include "core/base/units.h"
#include "core/session/comparison_session.h"
#include "tests/support/fake_engine.h"
#include "tests/support/sample_comparison.h"
#include "ui/format.h"
#include "ui/models/image_list_model.h"
#include "ui/models/results_table_model.h"
#include "ui/models/variant_list_model.h"
#include "ui/shown_variants.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>

using namespace vitrine;
using vitrine::test::sampleComparison;

namespace {

constexpr auto failing = QAbstractItemModelTester::FailureReportingMode::QtTest;

Comparison manyImages(int count)
{
    SourceImage image;
    image.rgb = QImage(200, 100, QImage::Format_RGB888);
    image.rgb.fill(Qt::red);
    image.warning = u"The file ends early."_s;
    const auto source = std::make_shared<const ImageSource>(describeImage(image));
    Comparison comparison;
    for (int i = 0; i < count; ++i)
        comparison.images.push_back(
            {u"image-%1"_s.arg(i), u"/images/%1.png"_s.arg(i), QByteArray::number(i), source});
    return comparison;
}

/// Counts what a model says of its rows.
class RowSignals
{
public:
    explicit RowSignals(QAbstractItemModel& model)
        : m_inserted(&model, &QAbstractItemModel::rowsInserted),
          m_removed(&model, &QAbstractItemModel::rowsRemoved),
          m_changed(&model, &QAbstractItemModel::dataChanged),
          m_laidOut(&model, &QAbstractItemModel::layoutChanged),
          m_reset(&model, &QAbstractItemModel::modelReset)
    {
    }

    qsizetype inserted() const { return m_inserted.size(); }
    qsizetype removed() const { return m_removed.size(); }
    qsizetype others() const { return m_changed.size() + m_laidOut.size() + m_reset.size(); }

private:
    QSignalSpy m_inserted;
    QSignalSpy m_removed;
    QSignalSpy m_changed;
    QSignalSpy m_laidOut;
    QSignalSpy m_reset;
};

} // namespace

class TestModels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void variantsFollowAddingAndRemoving();
    void variantsTellNameSizeStateAndError();
    void imagesFollowAddingAndRemoving();
    void imagesThatStayTheSameTellNothing();
    void neighboursAreRemovedTogether();
    void thumbnailsAreMadeWhenTheyAreAskedFor();
    void anImageWithoutASourceHasNoThumbnail();
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
    ImageListModel model;
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

void TestModels::imagesThatStayTheSameTellNothing()
{
    ImageListModel model;
    const RowSignals told(model);
    const Comparison comparison = manyImages(1000);
    for (int i = 0; i < 3; ++i)
        model.setComparison(comparison);
    QCOMPARE(model.rowCount(), 1000);
    QCOMPARE(told.inserted(), 1);
    QCOMPARE(told.removed(), 0);
    QCOMPARE(told.others(), 0);
    model.setComparison(manyImages(1050));
    QCOMPARE(told.inserted(), 2);
    QCOMPARE(model.indexOf(u"image-1049"_s).row(), 1049);
    QCOMPARE(told.others(), 0);
}

void TestModels::neighboursAreRemovedTogether()
{
    ImageListModel model;
    const QAbstractItemModelTester tester(&model, failing);
    const RowSignals told(model);
    Comparison comparison = manyImages(1000);
    model.setComparison(comparison);
    comparison.images.erase(comparison.images.begin() + 600, comparison.images.begin() + 800);
    comparison.images.erase(comparison.images.begin(), comparison.images.begin() + 100);
    model.setComparison(comparison);
    QCOMPARE(told.removed(), 2);
    QCOMPARE(told.inserted(), 1);
    QCOMPARE(model.rowCount(), 700);
    for (const ImageResult& image : comparison.images)
        QCOMPARE(model.indexOf(image.id).data(ImageListModel::IdRole).toString(), image.id);
    QVERIFY(!model.indexOf(u"image-0"_s).isValid());
    model.setComparison({});
    QCOMPARE(told.removed(), 3);
    QCOMPARE(model.rowCount(), 0);
}

void TestModels::thumbnailsAreMadeWhenTheyAreAskedFor()
{
    ImageListModel model;
    model.setComparison(manyImages(2 * ImageListModel::pixmapsKept));
    const auto pixmap = [&](int row) { return model.index(row).data(Qt::DecorationRole).value<QPixmap>(); };
    const QPixmap first = pixmap(0);
    QCOMPARE(first.deviceIndependentSize().toSize(),
             QSize(ImageListModel::thumbnailSide, ImageListModel::thumbnailSide));
    QCOMPARE(pixmap(0).cacheKey(), first.cacheKey());
    const QImage image = first.toImage();
    QCOMPARE(image.pixelColor(image.rect().center()), QColor(Qt::red));
    for (int row = 1; row < model.rowCount(); ++row)
        QVERIFY(!pixmap(row).isNull());
    QVERIFY(pixmap(0).cacheKey() != first.cacheKey());
    QCOMPARE(model.index(0).data(ImageListModel::WarningRole).toString(), u"The file ends early."_s);
    QVERIFY(model.index(0).data(Qt::ToolTipRole).toString().contains(u"The file ends early."_s));
}

void TestModels::anImageWithoutASourceHasNoThumbnail()
{
    ImageListModel model;
    model.setComparison(sampleComparison(0));
    QVERIFY(model.index(0).data(Qt::DecorationRole).value<QPixmap>().isNull());
    QCOMPARE(model.index(0).data(ImageListModel::WarningRole).toString(), QString());
    QCOMPARE(model.index(0).data(Qt::ToolTipRole).toString(), u"/images/wolf.png"_s);
}

void TestModels::theTableHoldsTheNumbersOfTheCharts()
{
    ResultsTableModel model;
    const QAbstractItemModelTester tester(&model, failing);
    Comparison comparison = sampleComparison(3);
    comparison.variants[1].enabled = false;
    model.setComparison(comparison);
    QCOMPARE(model.rowCount(), 2);
    const auto cell = [&](int row, const char* column) {
        return model.index(row, ResultsTableModel::columnOf(column));
    };
    QCOMPARE(cell(1, "name").data().toString(), u"quantized"_s);
    QCOMPARE(cell(0, "bytes").data().toString(), u"22.9"_s);
    QCOMPARE(cell(0, "bytes").data(ResultsTableModel::RawRole).toDouble(), 22.883112);
    QCOMPARE(cell(0, "median_ms").data(ResultsTableModel::RawRole).toDouble(), 41.8);
    QCOMPARE(cell(0, "n").data().toString(), u"30"_s);
    QCOMPARE(cell(0, "verdict").data().toString(), u"baseline"_s);
    QCOMPARE(cell(1, "verdict").data().toString(), u"faster"_s);
    QCOMPARE(cell(1, "ratio").data().toString(), u"0.653"_s);
    QVERIFY(cell(1, "ratio_ci95").data().toString().startsWith(u"0.6"_s));
    QCOMPARE(cell(1, "ratio_ci95").data(ResultsTableModel::RawRole), cell(1, "ratio_ci95").data());
    QCOMPARE(cell(0, "iqr_ms").data(ResultsTableModel::RawRole).toDouble(),
             milliseconds(comparison.variants[0].latency->interquartileRange()));
    QVERIFY(cell(0, "iqr_ms").data(Qt::ToolTipRole).toString().contains(u" and "_s));
    QCOMPARE(cell(1, "badge").data().toString(), u"good"_s);
    QCOMPARE(cell(0, "top1_label").data().toString().left(11), u"timber wolf"_s);
}

void TestModels::theTableSaysWhyANumberIsMissing()
{
    ResultsTableModel model;
    Comparison comparison = sampleComparison(1);
    VariantResult& result = comparison.variants[0];
    result.freshProcess.edit().peakMemoryBytes = 50'000'000;
    model.setComparison(comparison);
    const auto tip = [&](const char* column) {
        return model.index(0, ResultsTableModel::columnOf(column)).data(Qt::ToolTipRole).toString();
    };
    QCOMPARE(tip("p90_ms"), u"30 samples are too few for it; there must be 64."_s);
    QCOMPARE(tip("peak_memory_bytes"), u"50.0"_s);
    vitrine::test::setSamples(result, 40, 1, 70);
    result.freshProcess.edit().peakMemoryBytes.reset();
    result.freshProcess.edit().error = Error{ErrorKind::Engine, u"lite.ptl crashed."_s, {}};
    model.setComparison(comparison);
    QVERIFY(
        model.index(0, ResultsTableModel::columnOf("p90_ms")).data(ResultsTableModel::RawRole).toDouble() >
        39);
    QCOMPARE(tip("cold_start_ms"), u"lite.ptl crashed."_s);
    QCOMPARE(tip("peak_memory_bytes"), u"lite.ptl crashed."_s);
}

void TestModels::theTableWithholdsWhatTooFewSamplesCarry()
{
    ResultsTableModel model;
    Comparison comparison = sampleComparison(2);
    for (VariantResult& variant : comparison.variants)
        vitrine::test::setSamples(variant, 40, 1, roundsForVerdict - 1);
    vitrine::test::judge(comparison);
    model.setComparison(comparison);
    for (const char* column : {"p90_ms", "p99_ms", "ratio", "ratio_ci95", "iqr_ms", "badge"}) {
        const QModelIndex index = model.index(1, ResultsTableModel::columnOf(column));
        QCOMPARE(index.data().toString(), u"n too small"_s);
        QVERIFY(index.data(ResultsTableModel::RawRole).toString().isEmpty());
        const QString tip = index.data(Qt::ToolTipRole).toString();
        const bool isRatio = QByteArray(column).startsWith("ratio");
        QVERIFY2(isRatio ? tip.startsWith(u"It takes 10 rounds"_s)
                         : tip.startsWith(u"9 samples are too few"_s),
                 qPrintable(tip));
    }
    QCOMPARE(model.index(1, ResultsTableModel::columnOf("verdict")).data().toString(), u"too few samples"_s);
}

void TestModels::theTableShowsADashForWhatIsNotKnown()
{
    ResultsTableModel model;
    Comparison comparison = sampleComparison(1);
    comparison.variants[0].predictions.clear();
    vitrine::test::setSamples(comparison.variants[0], 1, 0, 0);
    vitrine::test::judge(comparison);
    comparison.variants[0].verdict = Verdict::Unmeasured;
    model.setComparison(comparison);
    for (const char* column :
         {"top1_label", "top1_probability", "median_ms", "iqr_ms", "ratio", "verdict", "badge"}) {
        const QModelIndex index = model.index(0, ResultsTableModel::columnOf(column));
        QCOMPARE(index.data().toString(), u"–"_s);
        QVERIFY(index.data(ResultsTableModel::RawRole).toString().isEmpty());
    }
}

QTEST_MAIN(TestModels)
#include "tst_models.moc"
