#include "core/base/literals.h"
#include "tests/ui/window_fixture.h"

#include "core/measure/thread_choice.h"
#include "tests/support/session_probe.h"
#include "tests/support/test_data.h"
#include "ui/charts/chart_view.h"
#include "ui/dialogs/plan_dialog.h"
#include "ui/exporter.h"
#include "ui/models/image_list_model.h"
#include "ui/models/results_table_model.h"
#include "ui/models/variant_list_model.h"
#include "ui/plan_settings.h"
#include "ui/widgets/image_strip.h"
#include "ui/widgets/message_area.h"
#include "ui/widgets/offer_bar.h"
#include "ui/widgets/overview.h"
#include "ui/widgets/picture_panel.h"
#include "ui/widgets/picture_view.h"
#include "ui/widgets/results_panel.h"
#include "ui/widgets/results_table.h"
#include "ui/widgets/run_controls.h"
#include "ui/widgets/status_line.h"
#include "ui/widgets/variant_list.h"
#include "ui/window_actions.h"
#include "ui/workspace.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QFile>
#include <QMenu>
#include <QPushButton>
#include <QTabWidget>
#include <QTest>

using namespace vitrine;
using vitrine::test::WindowFixture;

namespace {

std::size_t rowsIn(const WindowFixture& fixture, ChartKind kind)
{
    return fixture.window.workspace().results()->overview()->view(kind)->comparisonChart()->rows().size();
}

void select(QAbstractItemView* view, int row)
{
    view->setCurrentIndex(view->model()->index(row, 0));
}

} // namespace

class TestMainWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void beginsByTellingWhatToDrop();
    void highlightsWhereFilesMayBeDropped();
    void ignoresADragWithoutFiles();
    void classifiesDroppedFilesAtOnce();
    void showsThePictureWithTheModelsCrop();
    void togglingAVariantChangesAllChartsAndRunsNothing();
    void runMeasuresLatencyOfTickedVariants();
    void sweepingThreadsFillsTheirChart();
    void measuringAgainstItselfIsToldInANote();
    void aCancelledMeasurementAgainstItselfIsSaidToBeSo();
    void profilingRunsOnTheChosenThreads();
    void anOwnPlanIsSetByNumber();
    void automaticThreadsAreFoundOutOnce();
    void escapeStopsAndKeepsWhatIsThere();
    void aBrokenModelTellsItsErrorInTheList();
    void aQuantizedVariantRunsUnderEachEngine();
    void rejectedFilesAreToldInTheWindow();
    void equalProblemsAreCounted();
    void anEngineThatDoesNotLoadIsTold();
    void anIncompleteImageCarriesItsWarning();
    void selectingAnImageMakesItCurrent();
    void deleteRemovesImageAndVariant();
    void pastedFilesAreOpened();
    void aCheckpointIsOfferedForBuilding();
    void rememberedFilesComeInTheRecentMenu();
    void threadsAndEngineGoToTheSession();
    void exportsDataAndCharts();
    void copiesTheTableAsTabSeparatedValues();
    void stacksChartsWhenTheWindowIsNarrow();
    void removesEverything();
    void everyActionHasATextAndAToolTip();

private:
    VariantList* variants() const { return m_fixture->window.workspace().variants(); }
    bool openSetAndPicture(int count)
    {
        return m_fixture->dropAndWait({m_fixture->variantSet(count), m_fixture->picture()});
    }

    std::unique_ptr<WindowFixture> m_fixture;
    std::unique_ptr<test::Warnings> m_warnings;
};

void TestMainWindow::init()
{
    m_warnings = std::make_unique<test::Warnings>();
    m_fixture = std::make_unique<WindowFixture>();
}

void TestMainWindow::cleanup()
{
    m_fixture.reset();
    const QStringList warnings = m_warnings->all();
    m_warnings.reset();
    QVERIFY2(warnings.isEmpty(), qPrintable(warnings.join(QLatin1Char('\n'))));
}

void TestMainWindow::beginsByTellingWhatToDrop()
{
    QVERIFY(m_fixture->window.isWelcomeShown());
    QCOMPARE(m_fixture->window.messages().messages(), QStringList());
    QVERIFY(m_fixture->dropAndWait({m_fixture->picture()}));
    QVERIFY(!m_fixture->window.isWelcomeShown());
}

void TestMainWindow::highlightsWhereFilesMayBeDropped()
{
    auto* overlay = m_fixture->window.findChild<QWidget*>(u"dropOverlay"_s);
    QVERIFY(overlay);
    QVERIFY(m_fixture->dragOver(*WindowFixture::urls({m_fixture->picture()})));
    QVERIFY(overlay->isVisible());
    QCOMPARE(overlay->size(), m_fixture->window.size());
    QDragLeaveEvent leave;
    QApplication::sendEvent(&m_fixture->window, &leave);
    QVERIFY(!overlay->isVisible());
}

void TestMainWindow::ignoresADragWithoutFiles()
{
    QMimeData text;
    text.setText(u"not a file"_s);
    QVERIFY(!m_fixture->dragOver(text));
}

void TestMainWindow::classifiesDroppedFilesAtOnce()
{
    QVERIFY(openSetAndPicture(5));
    QCOMPARE(variants()->variants()->rowCount(), 5);
    QCOMPARE(m_fixture->session.snapshot()->predictionCount(), qsizetype(5));
    QCOMPARE(rowsIn(*m_fixture, ChartKind::Prediction), std::size_t(3));
    QCOMPARE(rowsIn(*m_fixture, ChartKind::Size), std::size_t(5));
    QCOMPARE(rowsIn(*m_fixture, ChartKind::Latency), std::size_t(0));
    const QString headline = m_fixture->window.workspace().results()->headlineText();
    QVERIFY2(headline.contains(u"same top-1 on 1 of 1 image"_s), qPrintable(headline));
    const QString facts = m_fixture->window.status().facts();
    QVERIFY2(facts.contains(u"deit_tiny"_s) && facts.contains(u"Fake 1.0"_s), qPrintable(facts));
}

void TestMainWindow::showsThePictureWithTheModelsCrop()
{
    QVERIFY(openSetAndPicture(1));
    const PicturePanel* picture = m_fixture->window.workspace().picture();
    QCOMPARE(picture->caption(), u"wolf.png 320 × 240"_s);
    const QRectF crop = picture->view()->crop();
    QVERIFY(crop.isValid() && crop.width() < 240);
    QVERIFY(qAbs(crop.center().x() - 160) <= 1);
}

void TestMainWindow::togglingAVariantChangesAllChartsAndRunsNothing()
{
    QVERIFY(openSetAndPicture(3));
    const int forwards = m_fixture->script->forwards;
    select(variants(), 1);
    QTest::keyClick(variants(), Qt::Key_Space);
    QCOMPARE(rowsIn(*m_fixture, ChartKind::Size), std::size_t(2));
    QVERIFY(m_fixture->waitUntilIdle());
    QTest::keyClick(variants(), Qt::Key_Space);
    QCOMPARE(rowsIn(*m_fixture, ChartKind::Size), std::size_t(3));
    QVERIFY(m_fixture->waitUntilIdle());
    QCOMPARE(m_fixture->script->forwards.load(), forwards);
}

void TestMainWindow::runMeasuresLatencyOfTickedVariants()
{
    QVERIFY(openSetAndPicture(3));
    select(variants(), 2);
    QTest::keyClick(variants(), Qt::Key_Space);
    QVERIFY(m_fixture->waitUntilIdle());
    m_fixture->window.runControls().setPreset(u"quick"_s);
    m_fixture->window.actions().run->trigger();
    QVERIFY(!m_fixture->window.actions().run->isEnabled());
    QVERIFY(m_fixture->window.actions().stop->isEnabled());
    QVERIFY(m_fixture->waitUntilIdle());
    QCOMPARE(rowsIn(*m_fixture, ChartKind::Latency), std::size_t(2));
    QVERIFY(m_fixture->session.snapshot()->variants[0].latency->n >=
            benchmarkPreset(u"quick"_s)->plan.minRounds);
    QVERIFY(m_fixture->window.actions().run->isEnabled());
    QVERIFY(!m_fixture->window.actions().stop->isEnabled());
    QCOMPARE(m_fixture->window.status().step(), QString());
}

void TestMainWindow::sweepingThreadsFillsTheirChart()
{
    QVERIFY(openSetAndPicture(2));
    m_fixture->window.runControls().setPreset(u"quick"_s);
    m_fixture->window.actions().sweep->trigger();
    QVERIFY(!m_fixture->window.actions().run->isEnabled());
    QVERIFY(!m_fixture->window.actions().sweep->isEnabled());
    ResultsPanel* results = m_fixture->window.workspace().results();
    QVERIFY(results->tabs()->currentWidget()->isAncestorOf(results->threads()));
    QVERIFY(m_fixture->waitUntilIdle());
    // A single number of threads is no sweep.
    const std::size_t threads = possibleThreadCounts().size();
    QCOMPARE(results->threads()->comparisonChart()->rows().size(), threads > 1 ? threads : 0);
    QCOMPARE(results->findingsText().contains(u"original is fastest on"_s), threads > 1);
    QVERIFY(m_fixture->window.actions().run->isEnabled());
}

void TestMainWindow::measuringAgainstItselfIsToldInANote()
{
    QVERIFY(openSetAndPicture(2));
    m_fixture->window.runControls().setPreset(u"quick"_s);
    m_fixture->window.actions().measureAgainstItself->trigger();
    QVERIFY(!m_fixture->window.actions().run->isEnabled());
    QVERIFY(m_fixture->waitUntilIdle());
    const QString notes = m_fixture->window.workspace().results()->notesText();
    QVERIFY2(notes.startsWith(u"original against itself in "_s), qPrintable(notes));
    QCOMPARE(rowsIn(*m_fixture, ChartKind::Latency), std::size_t(0));
    QVERIFY(m_fixture->window.actions().run->isEnabled());
}

void TestMainWindow::aCancelledMeasurementAgainstItselfIsSaidToBeSo()
{
    m_fixture->script->delays[u"original"_s] = std::chrono::milliseconds(20);
    QVERIFY(openSetAndPicture(1));
    m_fixture->window.runControls().setPreset(u"paper"_s);
    m_fixture->window.actions().measureAgainstItself->trigger();
    const auto isMeasured = [this] {
        const auto self = m_fixture->session.snapshot()->selfComparison;
        return self && self->second.latency->n > 0;
    };
    QTRY_VERIFY_WITH_TIMEOUT(isMeasured(), 60'000);
    m_fixture->window.actions().stop->trigger();
    QVERIFY(m_fixture->waitUntilIdle());
    const QString notes = m_fixture->window.workspace().results()->notesText();
    QVERIFY2(notes.contains(u"Against itself: The benchmark was cancelled"_s), qPrintable(notes));
}

void TestMainWindow::profilingRunsOnTheChosenThreads()
{
    QVERIFY(openSetAndPicture(1));
    m_fixture->window.runControls().setRunSettings({0, {}});
    const QSignalSpy calibrated(&m_fixture->session, &ComparisonSession::threadsCalibrated);
    const QTemporaryDir cache;
    const QByteArray before = qgetenv("XDG_CACHE_HOME");
    qputenv("XDG_CACHE_HOME", QFile::encodeName(cache.path()));
    m_fixture->window.actions().profile->trigger();
    QVERIFY(m_fixture->waitUntilIdle());
    qputenv("XDG_CACHE_HOME", before);
    QCOMPARE(calibrated.size(), 1);
    const Comparison comparison = *m_fixture->session.snapshot();
    QCOMPARE(comparison.stamp.threads, calibrated[0][1].toInt());
    QVERIFY(comparison.variants[0].operators());
    QCOMPARE(comparison.predictionCount(), qsizetype(1));
}

void TestMainWindow::anOwnPlanIsSetByNumber()
{
    QVERIFY(openSetAndPicture(2));
    RunControls& controls = m_fixture->window.runControls();
    controls.setPreset(u"quick"_s);
    Q_EMIT controls.planWanted();
    auto* dialog = m_fixture->window.findChild<PlanDialog*>();
    QVERIFY(dialog);
    BenchmarkPlan plan = dialog->plan();
    QCOMPARE(toMap(plan), toMap(benchmarkPreset(u"quick"_s)->plan));
    plan.minRounds = 12;
    plan.maxRounds = 12;
    plan.precision = 0;
    plan.timed = TimedWork::Softmax;
    plan.seed = 7;
    dialog->fill(plan);
    dialog->accept();
    QCOMPARE(controls.preset(), RunControls::ownPreset);
    QCOMPARE(toMap(controls.plan()), toMap(plan));
    m_fixture->window.actions().run->trigger();
    QVERIFY(m_fixture->waitUntilIdle());
    const Comparison comparison = *m_fixture->session.snapshot();
    QCOMPARE(comparison.variants[0].latency->n, 12);
    QCOMPARE(comparison.stamp.timed, timedWorkName(TimedWork::Softmax));
    QCOMPARE(toMap(planFromMap(toMap(plan))), toMap(plan));
    QCOMPARE(toMap(planFromMap({{u"minRounds"_s, -3}})), toMap(BenchmarkPlan()));
}

void TestMainWindow::automaticThreadsAreFoundOutOnce()
{
    const QTemporaryDir cache;
    const QByteArray before = qgetenv("XDG_CACHE_HOME");
    qputenv("XDG_CACHE_HOME", QFile::encodeName(cache.path()));
    QVERIFY(openSetAndPicture(1));
    m_fixture->window.runControls().setPreset(u"quick"_s);
    m_fixture->window.runControls().setRunSettings({0, {}});
    QSignalSpy calibrated(&m_fixture->session, &ComparisonSession::threadsCalibrated);
    for (int i = 0; i < 2; ++i) {
        m_fixture->window.actions().run->trigger();
        QVERIFY(m_fixture->waitUntilIdle());
    }
    qputenv("XDG_CACHE_HOME", before);
    QCOMPARE(calibrated.size(), 1);
    QCOMPARE(m_fixture->session.runSettings().threads, calibrated[0][1].toInt());
    QVERIFY(m_fixture->session.snapshot()->variants[0].latency->n > 0);
}

void TestMainWindow::escapeStopsAndKeepsWhatIsThere()
{
    m_fixture->script->delays[u"original"_s] = std::chrono::milliseconds(100);
    QVERIFY(openSetAndPicture(1));
    QSignalSpy finished(&m_fixture->session, &ComparisonSession::benchmarkFinished);
    m_fixture->window.runControls().setPreset(u"paper"_s);
    m_fixture->window.actions().run->trigger();
    const test::GrowthWatch sampled(m_fixture->session, test::sampleCount);
    QVERIFY(sampled.wait());
    m_fixture->window.activateWindow();
    QTest::keyClick(&m_fixture->window, Qt::Key_Escape);
    QVERIFY(m_fixture->waitUntilIdle());
    QCOMPARE(finished.count(), 1);
    QVERIFY(finished[0][0].toBool());
    QVERIFY(m_fixture->session.snapshot()->variants[0].latency->n <
            benchmarkPreset(u"paper"_s)->plan.minRounds);
    QCOMPARE(m_fixture->session.snapshot()->predictionCount(), qsizetype(1));
}

void TestMainWindow::aBrokenModelTellsItsErrorInTheList()
{
    m_fixture->script->loadErrors[u"scripted"_s] =
        Error{ErrorKind::Engine, u"scripted.pt does not load: make it anew."_s, {}};
    QVERIFY(openSetAndPicture(2));
    const QModelIndex broken = variants()->model()->index(1, 0);
    QCOMPARE(broken.data(VariantListModel::ErrorRole).toString(),
             u"scripted.pt does not load: make it anew."_s);
    QCOMPARE(variants()->model()->index(0, 0).data(VariantListModel::ErrorRole).toString(), QString());
    QVERIFY(variants()->sizeHintForIndex(broken).height() >
            variants()->sizeHintForIndex(variants()->model()->index(0, 0)).height());
    select(variants(), 1);
    QTest::keyClick(variants(), Qt::Key_C, Qt::ControlModifier);
    QVERIFY(QApplication::clipboard()->text().contains(u"make it anew"_s));
}

void TestMainWindow::aQuantizedVariantRunsUnderEachEngine()
{
    QVERIFY(openSetAndPicture(3));
    const auto trigger = [&](int row) {
        const auto menu = variants()->menuFor(variants()->model()->index(row, 0));
        for (QAction* action : menu->actions())
            if (action->text() == u"Run under &each quantized engine"_s && action->isEnabled()) {
                action->trigger();
                return true;
            }
        return false;
    };
    QVERIFY(!trigger(0)); // original
    QVERIFY(trigger(2));
    QVERIFY(m_fixture->waitUntilIdle());
    QCOMPARE(variants()->variants()->rowCount(), 4);
    QCOMPARE(variants()->model()->index(2, 0).data().toString(), u"quantized (fake-int8)"_s);
    QCOMPARE(variants()->model()->index(3, 0).data().toString(), u"quantized (slow-int8)"_s);
    QVERIFY(!trigger(2)); // it has its own by now
    QCOMPARE(m_fixture->session.snapshot()->predictionCount(), qsizetype(4));
}

void TestMainWindow::rejectedFilesAreToldInTheWindow()
{
    QFile nonsense(m_fixture->path(u"nonsense.pt"_s));
    QVERIFY(nonsense.open(QIODevice::WriteOnly));
    nonsense.write("nothing that anyone could run");
    nonsense.close();
    QVERIFY(m_fixture->dropAndWait({nonsense.fileName(), m_fixture->path(u"absent.png"_s)}));
    const QStringList messages = m_fixture->window.messages().messages();
    QCOMPARE(messages.size(), 2);
    QVERIFY(messages.join(QLatin1Char(' ')).contains(u"nonsense.pt"_s));
    QVERIFY(messages.join(QLatin1Char(' ')).contains(u"absent.png"_s));
    QVERIFY(m_fixture->window.messages().isVisible());
    m_fixture->window.messages().findChild<QPushButton*>()->click();
    QVERIFY(!m_fixture->window.messages().isVisible());
}

void TestMainWindow::equalProblemsAreCounted()
{
    const QString absent = m_fixture->path(u"absent.png"_s);
    QVERIFY(m_fixture->dropAndWait({absent, absent, absent}));
    const QStringList messages = m_fixture->window.messages().messages();
    QCOMPARE(messages.size(), 1);
    QVERIFY2(messages[0].endsWith(u"(3 times)"_s), qPrintable(messages[0]));
}

void TestMainWindow::anEngineThatDoesNotLoadIsTold()
{
    m_fixture->script->engineError = Error{ErrorKind::Engine, u"No engine was found."_s, {}};
    QVERIFY(openSetAndPicture(1));
    QCOMPARE(m_fixture->window.messages().messages(), QStringList{u"No engine was found."_s});
}

void TestMainWindow::anIncompleteImageCarriesItsWarning()
{
    m_warnings->ignore(u"Corrupt JPEG data"_s);
    QVERIFY(m_fixture->dropAndWait({test::fixture(u"images/cut.jpeg"_s)}));
    const QString warning = m_fixture->window.workspace().picture()->warning();
    QVERIFY(!warning.isEmpty());
    const QModelIndex image = m_fixture->window.workspace().images()->images()->index(0);
    QVERIFY(warning.contains(image.data(ImageListModel::WarningRole).toString()));
}

void TestMainWindow::selectingAnImageMakesItCurrent()
{
    const QStringList pictures{m_fixture->picture(u"a.png"_s), m_fixture->picture(u"b.png"_s)};
    QVERIFY(m_fixture->dropAndWait(pictures));
    ImageStrip* images = m_fixture->window.workspace().images();
    QCOMPARE(images->currentIndex().row(), 0);
    select(images, 1);
    QCOMPARE(m_fixture->session.snapshot()->currentImageId, m_fixture->session.snapshot()->images[1].id);
    QVERIFY(m_fixture->window.workspace().picture()->caption().startsWith(u"b.png"_s));
}

void TestMainWindow::deleteRemovesImageAndVariant()
{
    QVERIFY(openSetAndPicture(2));
    const QAbstractItemModelTester variantTester(variants()->model());
    select(variants(), 0);
    QTest::keyClick(variants(), Qt::Key_Delete);
    QCOMPARE(m_fixture->session.snapshot()->variants.size(), std::size_t(1));
    QCOMPARE(rowsIn(*m_fixture, ChartKind::Size), std::size_t(1));
    ImageStrip* images = m_fixture->window.workspace().images();
    select(images, 0);
    QTest::keyClick(images, Qt::Key_Delete);
    QVERIFY(m_fixture->session.snapshot()->images.empty());
    QCOMPARE(rowsIn(*m_fixture, ChartKind::Prediction), std::size_t(0));
}

void TestMainWindow::pastedFilesAreOpened()
{
    QApplication::clipboard()->setMimeData(WindowFixture::urls({m_fixture->picture()}).release());
    m_fixture->window.actions().paste->trigger();
    QVERIFY(m_fixture->waitUntilIdle());
    QCOMPARE(m_fixture->session.snapshot()->images.size(), std::size_t(1));
}

void TestMainWindow::aCheckpointIsOfferedForBuilding()
{
    QVERIFY(m_fixture->dropAndWait({test::tinyCheckpoint()}));
    OfferBar& offer = m_fixture->window.offer();
    QVERIFY2(offer.text().contains(u"timm_plain.safetensors"_s), qPrintable(offer.text()));
    QSignalSpy accepted(&offer, &OfferBar::accepted);
    offer.findChild<QPushButton*>(u"declineOffer"_s)->click();
    QCOMPARE(offer.text(), QString());
    QCOMPARE(accepted.count(), 0);
}

void TestMainWindow::rememberedFilesComeInTheRecentMenu()
{
    QVERIFY(m_fixture->dropAndWait({m_fixture->picture()}));
    QMenu* menu = m_fixture->window.actions().recentMenu;
    Q_EMIT menu->aboutToShow();
    QCOMPARE(menu->actions().size(), 1);
    QCOMPARE(menu->actions().first()->text(), u"wolf.png"_s);
    menu->actions().first()->trigger();
    QVERIFY(m_fixture->waitUntilIdle());
    QCOMPARE(m_fixture->session.snapshot()->images.size(), std::size_t(2));
}

void TestMainWindow::threadsAndEngineGoToTheSession()
{
    QVERIFY(openSetAndPicture(3));
    RunControls& controls = m_fixture->window.runControls();
    controls.setRunSettings({1, u"slow-int8"_s});
    Q_EMIT controls.runSettingsChanged();
    QVERIFY(m_fixture->waitUntilIdle());
    QCOMPARE(m_fixture->session.runSettings().quantizedEngine, u"slow-int8"_s);
    QCOMPARE(m_fixture->session.snapshot()->variants[2].quantizedEngine, u"slow-int8"_s);
    QVERIFY(m_fixture->window.status().facts().contains(u"slow-int8"_s));
}

void TestMainWindow::exportsDataAndCharts()
{
    QVERIFY(openSetAndPicture(2));
    const Exporter& exporter = m_fixture->window.exporter();
    for (const char* name : {"data.csv", "data.json"}) {
        const QString path = m_fixture->path(QString::fromLatin1(name));
        QVERIFY(exporter.writeData(path).ok());
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QVERIFY(file.readAll().contains("scripted"));
    }
    QVERIFY(exporter.writeChart(ChartKind::Size, m_fixture->path(u"size.pdf"_s)).ok());
    QVERIFY(!exporter.writeData(m_fixture->path(u"data.xls"_s)));
}

void TestMainWindow::copiesTheTableAsTabSeparatedValues()
{
    QVERIFY(openSetAndPicture(2));
    ResultsTable* table = m_fixture->window.workspace().results()->table();
    table->clearSelection();
    QTest::keyClick(table, Qt::Key_C, Qt::ControlModifier);
    const QStringList lines = QApplication::clipboard()->text().split(QLatin1Char('\n'));
    QCOMPARE(lines.size(), 3);
    QVERIFY(lines[0].startsWith(u"Variant\tKind\tSize (MB)"_s));
    QVERIFY2(lines[1].startsWith(u"original\toriginal\t22.883112\t"_s), qPrintable(lines[1]));
    table->sortByColumn(ResultsTableModel::columnOf("bytes"), Qt::DescendingOrder);
    table->selectRow(0);
    QVERIFY(table->selectionAsText().split(QLatin1Char('\n'))[1].startsWith(u"scripted"_s));
}

void TestMainWindow::stacksChartsWhenTheWindowIsNarrow()
{
    QVERIFY(openSetAndPicture(5));
    Overview* overview = m_fixture->window.workspace().results()->overview();
    m_fixture->window.resize(1280, 800);
    m_fixture->window.grab();
    QVERIFY(!overview->isStacked());
    m_fixture->window.resize(900, 600);
    m_fixture->window.grab();
    QVERIFY(overview->isStacked());
    for (const ChartKind kind : overviewChartKinds)
        QVERIFY(overview->view(kind)->height() >=
                overview->view(kind)->comparisonChart()->comfortableHeight());
}

void TestMainWindow::removesEverything()
{
    QVERIFY(openSetAndPicture(2));
    m_fixture->window.actions().clear->trigger();
    QVERIFY(m_fixture->waitUntilIdle());
    QVERIFY(m_fixture->window.isWelcomeShown());
    QVERIFY(!m_fixture->window.actions().run->isEnabled());
}

void TestMainWindow::everyActionHasATextAndAToolTip()
{
    QSet<QKeySequence> shortcuts;
    for (const QAction* action : m_fixture->window.actions().findChildren<QAction*>()) {
        QVERIFY(!action->text().isEmpty());
        QVERIFY(!action->toolTip().isEmpty());
        for (const QKeySequence& keys : action->shortcuts()) {
            QVERIFY2(!shortcuts.contains(keys), qPrintable(keys.toString()));
            shortcuts.insert(keys);
        }
    }
    QVERIFY(shortcuts.contains(QKeySequence(Qt::Key_Escape)));
}

QTEST_MAIN(TestMainWindow)
#include "tst_main_window.moc"
