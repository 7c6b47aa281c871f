#include "core/base/literals.h"
#include "tests/ui/window_fixture.h"

#include "core/demo/demo_run.h"
#include "tests/support/demo_files.h"
#include "tests/support/files.h"
#include "ui/charts/chart_view.h"
#include "ui/dialogs/build_dialog.h"
#include "ui/widgets/message_area.h"
#include "ui/widgets/overview.h"
#include "ui/widgets/results_panel.h"
#include "ui/widgets/status_line.h"
#include "ui/widgets/welcome_page.h"
#include "ui/window_actions.h"
#include "ui/workspace.h"

#include <QLabel>
#include <QMenuBar>
#include <QPushButton>
#include <QTest>

using namespace vitrine;
using vitrine::test::WindowFixture;

/// The welcome page, and the demo in the window.
class TestDemo : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void welcomeHasAButtonForEveryBeginning();
    void welcomeFitsIntoTheSmallestWindow();
    void welcomeButtonsFollowTheirActions();
    void demoFillsAllChartsWithoutAClick();
    void windowTellsHowFarTheBuildIs();
    void demoIsShownByItsButton();
    void demoIsOnlyForAWindowWithoutVariants();
    void demoTakesTheUsersImage();
    void missingDataIsToldInTheWindow();
    void failedBuildIsToldInTheWindow();
    void failedBuildIsToldBesideAnIdleBuildDialog();
    void stoppingLeavesAUsableWindow();
    void closingInMidBuildBreaksNothing();

private:
    QPushButton* welcomeButton(const QAction* action) const;
    MainWindow& window() const { return m_fixture->window; }
    Comparison now() const { return *m_fixture->session.snapshot(); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<test::DemoEnvironment> m_environment;
    std::unique_ptr<WindowFixture> m_fixture;
    std::unique_ptr<test::Warnings> m_warnings;
};

namespace {

bool isFilled(const MainWindow& window, ChartKind kind)
{
    const auto* chart = window.workspace().results()->overview()->view(kind)->comparisonChart();
    return !chart->rows().empty() &&
           (kind == ChartKind::Prediction || chart->rows().size() == kinds().size());
}

} // namespace

void TestDemo::init()
{
    m_warnings = std::make_unique<test::Warnings>();
    m_folder = std::make_unique<QTemporaryDir>();
    m_environment = std::make_unique<test::DemoEnvironment>(
        test::writeDemoData(m_folder->filePath(u"data"_s)), m_folder->filePath(u"cache"_s));
    m_fixture = std::make_unique<WindowFixture>();
}

void TestDemo::cleanup()
{
    m_fixture.reset();
    m_environment.reset();
    const QStringList warnings = m_warnings->all();
    m_warnings.reset();
    QVERIFY2(warnings.isEmpty(), qPrintable(warnings.join(QLatin1Char('\n'))));
}

QPushButton* TestDemo::welcomeButton(const QAction* action) const
{
    for (QPushButton* button : window().findChild<WelcomePage*>()->findChildren<QPushButton*>())
        if (button->text() == action->text())
            return button;
    return nullptr;
}

void TestDemo::welcomeHasAButtonForEveryBeginning()
{
    const WindowActions& actions = window().actions();
    for (const QAction* action : {actions.openImages, actions.openModels, actions.build, actions.tryDemo}) {
        const QPushButton* button = welcomeButton(action);
        QVERIFY2(button, qPrintable(action->text()));
        QVERIFY(button->isVisible() && button->isEnabled());
        QVERIFY(!button->toolTip().isEmpty());
    }
    const QAction* help = window().menuBar()->actions().last();
    QVERIFY(help->menu()->actions().contains(actions.tryDemo));
}

void TestDemo::welcomeFitsIntoTheSmallestWindow()
{
    window().resize(window().minimumSize());
    const auto* page = window().findChild<WelcomePage*>();
    QVERIFY(page->minimumSizeHint().width() <= window().minimumWidth());
    for (const QWidget* child : page->findChildren<QWidget*>())
        QVERIFY2(page->rect().contains(child->geometry()), child->metaObject()->className());
    for (const QLabel* label : page->findChildren<QLabel*>())
        QVERIFY(label->height() >= label->heightForWidth(label->width()));
}

void TestDemo::welcomeButtonsFollowTheirActions()
{
    QAction* action = window().actions().tryDemo;
    action->setEnabled(false);
    QVERIFY(!welcomeButton(action)->isEnabled());
    action->setEnabled(true);
    QVERIFY(welcomeButton(action)->isEnabled());
}

void TestDemo::demoFillsAllChartsWithoutAClick()
{
    window().showDemo();
    QVERIFY(m_fixture->waitUntilIdle());
    QCOMPARE(window().messages().messages(), QStringList());
    for (const ChartKind kind : overviewChartKinds)
        QVERIFY(isFilled(window(), kind));
    QCOMPARE(now().images.size(), std::size_t{3});
    for (const VariantResult& result : now().variants)
        QVERIFY(result.latency->n >= demoPlan().minRounds);
    QVERIFY(!window().isWelcomeShown());
    QVERIFY(window().actions().run->isEnabled());
}

void TestDemo::windowTellsHowFarTheBuildIs()
{
    const auto* lastLine = window().findChild<WelcomePage*>()->findChildren<QLabel*>().last();
    const QString before = lastLine->text();
    QStringList seen;
    m_fixture->script->onBuildStep = [&](VariantKind) {
        QMetaObject::invokeMethod(
            &window(), [&] { seen << lastLine->text() + u'|' + window().status().step(); },
            Qt::BlockingQueuedConnection);
    };
    window().showDemo();
    QVERIFY(window().isVisible() && window().isWelcomeShown());
    QVERIFY(m_fixture->waitUntilIdle());
    QCOMPARE(seen.size(), 5);
    for (const QString& texts : seen)
        QVERIFY2(texts.startsWith(u"Preparing the demo"_s) && !texts.endsWith(u'|'), qPrintable(texts));
    QCOMPARE(lastLine->text(), before);
    QCOMPARE(window().status().step(), QString());
}

void TestDemo::demoIsShownByItsButton()
{
    welcomeButton(window().actions().tryDemo)->click();
    QVERIFY(!window().actions().tryDemo->isEnabled());
    window().showDemo();
    QVERIFY(m_fixture->waitUntilIdle());
    QCOMPARE(now().variants.size(), std::size_t{5});
    QCOMPARE(now().images.size(), std::size_t{3});
}

void TestDemo::demoIsOnlyForAWindowWithoutVariants()
{
    const QAction* demo = window().actions().tryDemo;
    QVERIFY(m_fixture->dropAndWait({m_fixture->variantSet(2)}));
    QVERIFY(!demo->isEnabled());
    QVERIFY(!demo->toolTip().isEmpty());
    window().actions().clear->trigger();
    QVERIFY(m_fixture->waitUntilIdle());
    QVERIFY(demo->isEnabled());
}

void TestDemo::demoTakesTheUsersImage()
{
    QVERIFY(m_fixture->dropAndWait({m_fixture->picture()}));
    QVERIFY(window().actions().tryDemo->isEnabled());
    window().showDemo();
    QVERIFY(m_fixture->waitUntilIdle());
    QCOMPARE(now().images.size(), std::size_t{4});
    QCOMPARE(now().images.front().path, m_fixture->path(u"wolf.png"_s));
    QCOMPARE(now().currentImageId, now().images.front().id);
    for (const ChartKind kind : overviewChartKinds)
        QVERIFY(isFilled(window(), kind));
}

void TestDemo::missingDataIsToldInTheWindow()
{
    QVERIFY(QDir(m_folder->filePath(u"data"_s)).removeRecursively());
    window().showDemo();
    QCOMPARE(window().messages().messages().size(), 1);
    QVERIFY(window().messages().messages().front().contains(m_folder->filePath(u"data"_s)));
    QVERIFY(window().isWelcomeShown());
    QVERIFY(window().actions().tryDemo->isEnabled());
    QVERIFY(!m_fixture->session.isBusy());
}

void TestDemo::failedBuildIsToldInTheWindow()
{
    m_fixture->script->failingBuildStep = VariantKind::Lite;
    window().showDemo();
    QVERIFY(m_fixture->waitUntilIdle());
    QCOMPARE(window().messages().messages().size(), 1);
    m_fixture->script->failingBuildStep.reset();
    QVERIFY(window().actions().tryDemo->isEnabled());
    window().showDemo();
    QVERIFY(m_fixture->waitUntilIdle());
    QCOMPARE(now().variants.size(), std::size_t{5});
    QCOMPARE(now().images.size(), std::size_t{3});
}

void TestDemo::failedBuildIsToldBesideAnIdleBuildDialog()
{
    const BuildDialog* dialog = window().showBuildDialog({});
    m_fixture->script->failingBuildStep = VariantKind::Lite;
    window().showDemo();
    QVERIFY(m_fixture->waitUntilIdle());
    QCOMPARE(window().messages().messages().size(), 1);
    QVERIFY(!dialog->message().contains(u"scripted failure"_s));
}

void TestDemo::stoppingLeavesAUsableWindow()
{
    m_fixture->script->onBuildStep = [this](VariantKind kind) {
        if (kind == VariantKind::Quantized)
            QMetaObject::invokeMethod(&window(), &MainWindow::stop, Qt::BlockingQueuedConnection);
    };
    window().showDemo();
    QVERIFY(m_fixture->waitUntilIdle());
    QCOMPARE(window().messages().messages(), QStringList());
    QVERIFY(now().variants.empty());
    QVERIFY(window().isWelcomeShown());
    QVERIFY(window().actions().tryDemo->isEnabled());
    m_fixture->script->onBuildStep = [](VariantKind) {};
    window().showDemo();
    QVERIFY(m_fixture->waitUntilIdle());
    for (const ChartKind kind : overviewChartKinds)
        QVERIFY(isFilled(window(), kind));
}

void TestDemo::closingInMidBuildBreaksNothing()
{
    m_fixture->script->onBuildStep = [this](VariantKind kind) {
        if (kind == VariantKind::Scripted)
            QMetaObject::invokeMethod(&window(), &QWidget::close, Qt::BlockingQueuedConnection);
    };
    window().showDemo();
    QVERIFY(m_fixture->waitUntilIdle());
    QVERIFY(!window().isVisible());
    QVERIFY(now().variants.empty());
    const QDir cache(demoCacheFolder());
    QCOMPARE(cache.entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot), QStringList());
}

QTEST_MAIN(TestDemo)
#include "tst_demo.moc"
