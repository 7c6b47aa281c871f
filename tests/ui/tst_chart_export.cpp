#include "core/base/literals.h"
#include "tests/support/sample_comparison.h"
#include "ui/charts/chart_caption.h"
#include "ui/charts/chart_export.h"
#include "ui/charts/chart_factory.h"

#include <QFile>
#include <QFileInfo>
#include <QImage>
#include <QTemporaryDir>
#include <QTest>

using namespace vitrine;
using vitrine::test::sampleComparison;

namespace {

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestChartExport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void svgHoldsHeadingNamesAndValuesAsText();
    void pngHasTwoPixelsAUnitOnWhite();
    void itIsSaidWithWhatAChartWasMade();
    void aSweepSaysHowEachOfItsPointsEnded();
    void pdfIsDrawnWithVectors();
    void theWholeSetGoesIntoANewFolder();
    void anEmptyComparisonIsWrittenToo();
    void refusesOtherEndings();
    void saysWhereItCannotWrite();

private:
    QTemporaryDir m_folder;
};

void TestChartExport::svgHoldsHeadingNamesAndValuesAsText()
{
    const QString path = m_folder.filePath(u"size.svg"_s);
    QVERIFY(exportChart(sampleComparison(), ChartKind::Size, path).ok());
    const QString svg = QString::fromUtf8(contentOf(path));
    for (const char* text : {"Model size", "original", "mobile-optimized", "lite", "22.9\u00a0MB", "10⁶"})
        QVERIFY2(svg.contains(QString::fromUtf8(text)), text);
    QVERIFY(svg.contains(u"<title>Model size</title>"_s));
    QVERIFY(!svg.contains(u"<image"_s));
    QVERIFY(svg.contains(u"viewBox=\"0 0 960 600\""_s));
}

void TestChartExport::pngHasTwoPixelsAUnitOnWhite()
{
    const QString path = m_folder.filePath(u"latency.png"_s);
    QVERIFY(exportChart(sampleComparison(), ChartKind::Latency, path).ok());
    const QImage image(path);
    QCOMPARE(image.size(), 2 * chartExportSize);
    QCOMPARE(image.pixelColor(image.width() / 2, 40), QColor(Qt::white));
}

void TestChartExport::itIsSaidWithWhatAChartWasMade()
{
    Comparison comparison = sampleComparison();
    comparison.stamp.engineName = u"LibTorch"_s;
    comparison.stamp.engineVersion = u"1.13.1"_s;
    comparison.stamp.cpuModel = u"A Processor"_s;
    comparison.stamp.threads = 3;
    comparison.stamp.time = QDateTime(QDate(2026, 1, 2), QTime(3, 4), Qt::UTC);
    comparison.benchmark = BenchmarkFacts{BenchmarkPlan(), StopReason::Cancelled};
    const QString svgPath = m_folder.filePath(u"caption.svg"_s);
    const QString pngPath = m_folder.filePath(u"caption.png"_s);
    for (const QString& path : {svgPath, pngPath})
        QVERIFY(exportChart(comparison, ChartKind::Latency, path).ok());
    const QString caption = QImage(pngPath).text(u"Description"_s);
    for (const char* part : {"LibTorch 1.13.1", "threads: 3", "A Processor", "2026-01-02 03:04 UTC. Timed",
                             "Timed: forward pass only. Ended: cancelled"})
        QVERIFY2(caption.contains(QLatin1String(part)), qPrintable(caption));
    const QString svg = QString::fromUtf8(contentOf(svgPath));
    QCOMPARE(svg.count(u"A Processor"_s), 2); // drawn, and described
}

void TestChartExport::aSweepSaysHowEachOfItsPointsEnded()
{
    Comparison comparison = sampleComparison(2);
    QVERIFY(!chartCaption(comparison, ChartKind::Threads).contains(u"2 threads: "_s));
    for (const int threads : {1, 2})
        comparison.threadSweep.push_back(
            {threads, comparison.stamp, {BenchmarkPlan(), StopReason::Budget}, comparison.variants, {}});
    comparison.sweep = SweepFacts{{1, 2, 3}, {3}, false, true};
    const QString caption = chartCaption(comparison, ChartKind::Threads);
    for (const char* part : {"1 thread: Timed: ", "2 threads: Timed: ", "time of 60 s",
                             "The sweep was cancelled before it measured on 3 threads."})
        QVERIFY2(caption.contains(QLatin1String(part)), qPrintable(caption));
    QVERIFY2(!caption.contains(u"threads: 1,"_s), qPrintable(caption));
}

void TestChartExport::pdfIsDrawnWithVectors()
{
    const QString path = m_folder.filePath(u"predictions.pdf"_s);
    QVERIFY(exportChart(sampleComparison(), ChartKind::Prediction, path).ok());
    const QByteArray pdf = contentOf(path);
    QVERIFY(pdf.startsWith("%PDF-"));
    QVERIFY(pdf.contains("/Font"));
    QVERIFY(!pdf.contains("/Subtype /Image"));
}

void TestChartExport::theWholeSetGoesIntoANewFolder()
{
    const QString folder = m_folder.filePath(u"new/charts"_s);
    QVERIFY(exportCharts(sampleComparison(2), folder).ok());
    for (const ChartKind kind : overviewChartKinds)
        for (const char* ending : {".png", ".svg"}) {
            const QFileInfo file(folder + QLatin1Char('/') + chartFileName(kind) + QLatin1String(ending));
            QVERIFY2(file.size() > 1000, qPrintable(file.filePath()));
        }
    const QString unmeasured = folder + QLatin1Char('/') + chartFileName(ChartKind::Operators);
    QVERIFY(!QFileInfo::exists(unmeasured + ".png"_L1));
}

void TestChartExport::anEmptyComparisonIsWrittenToo()
{
    const QString path = m_folder.filePath(u"empty.svg"_s);
    QVERIFY(exportChart({}, ChartKind::Latency, path).ok());
    QVERIFY(contentOf(path).contains("Not measured yet"));
}

void TestChartExport::refusesOtherEndings()
{
    const QString path = m_folder.filePath(u"chart.docx"_s);
    const Status status = exportChart(sampleComparison(), ChartKind::Size, path);
    QVERIFY(!status);
    QVERIFY(status.error().message.contains(path));
    QVERIFY(!QFile::exists(path));
}

void TestChartExport::saysWhereItCannotWrite()
{
    const QString path = m_folder.filePath(u"absent/size.svg"_s);
    const Status status = exportChart(sampleComparison(), ChartKind::Size, path);
    QVERIFY(!status);
    QVERIFY2(status.error().message.contains(u"absent"_s), qPrintable(status.error().message));
}

QTEST_MAIN(TestChartExport)
#include "tst_chart_export.moc"
