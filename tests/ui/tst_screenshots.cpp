#include "core/base/literals.h"
#include "tests/ui/window_fixture.h"

#include "tests/support/demo_files.h"
#include "tests/support/files.h"
#include "tests/support/http_server.h"
#include "tests/support/session_probe.h"
#include "tests/support/test_data.h"
#include "ui/dialogs/build_dialog.h"
#include "ui/dialogs/fetch_dialog.h"
#include "ui/dialogs/model_input_dialog.h"
#include "ui/dialogs/plan_dialog.h"
#include "ui/dialogs/variant_details_dialog.h"
#include "ui/widgets/path_edit.h"
#include "ui/widgets/results_panel.h"
#include "ui/widgets/run_controls.h"
#include "ui/window_actions.h"
#include "ui/workspace.h"

#include <QStyle>
#include <QStyleFactory>
#include <QTabWidget>
#include <QTest>

using namespace vitrine;
using vitrine::test::WindowFixture;

/// Pictures of the window for people to look at: set VITRINE_SCREENSHOTS to a folder.
class TestScreenshots : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void window_data();
    void window();
    void dialogs();
    void fetchDialog_data();
    void fetchDialog();

private:
    QString m_folder = qEnvironmentVariable("VITRINE_SCREENSHOTS");
};

namespace {

QPalette darkPalette()
{
    QPalette dark(QColor(0x35363a), QColor(0x2b2c2f));
    dark.setColor(QPalette::Base, QColor(0x1f2023));
    dark.setColor(QPalette::AlternateBase, QColor(0x26272b));
    dark.setColor(QPalette::Text, QColor(0xe8eaed));
    dark.setColor(QPalette::WindowText, QColor(0xe8eaed));
    dark.setColor(QPalette::ButtonText, QColor(0xe8eaed));
    dark.setColor(QPalette::PlaceholderText, QColor(0x9aa0a6));
    dark.setColor(QPalette::Highlight, QColor(0x8ab4f8));
    dark.setColor(QPalette::HighlightedText, QColor(0x202124));
    return dark;
}

QStringList variantNames(int count)
{
    QStringList names;
    for (int i = 0; i < count; ++i)
        names << (i < 5 ? kindName(allKinds()[i])
                        : u"deit_small_distilled_patch16_224-%1.pt"_s.arg(kindName(allKinds()[i - 5])));
    return names;
}

/// Made up; of a quantized variant from the third on.
OperatorProfile operatorsOf(int position, std::chrono::nanoseconds wall)
{
    const auto linear = position < 2 ? u"aten::addmm"_s : u"quantized::linear_dynamic"_s;
    return {{{linear, 49, wall * 6 / 10},
             {u"aten::bmm"_s, 24, wall * 2 / 10},
             {u"aten::gelu"_s, 12, wall / 10},
             {u"aten::native_layer_norm"_s, 25, wall / 20}},
            wall / 20,
            wall};
}

void giveResults(test::FakeScript& script, const QStringList& names)
{
    constexpr int delays[] = {4200, 4100, 2700, 2500, 2600, 9000, 8800, 6100};
    for (int i = 0; i < names.size(); ++i) {
        const float shift = 0.15F * static_cast<float>(i % 4);
        script.logits[names[i]] = {3.1F - shift, 2.4F + shift, 1.5F, 0.9F + shift, 0.4F, -0.5F};
        script.delays[names[i]] = std::chrono::microseconds(delays[i % 8]);
        script.operators[names[i]] = operatorsOf(i, std::chrono::microseconds(delays[i % 8]));
    }
}

Error exampleError()
{
    return {ErrorKind::Engine,
            u"mobile-optimized.pt needs the engine qnnpack, which this LibTorch does not have: "
            "build the variants anew with onednn."_s,
            {}};
}

/// A set of the first five, and single files for the others.
QStringList modelFiles(const WindowFixture& fixture, const QStringList& names)
{
    QStringList files;
    if (!names.isEmpty() && test::writeVariantSet(fixture.path(u"set"_s), names.mid(0, 5)))
        files << fixture.path(u"set"_s);
    for (const QString& name : names.mid(5))
        if (QFile::copy(test::fixture(u"models/perceptron_scripted.pt"_s), fixture.path(name)))
            files << fixture.path(name);
    return files;
}

/// The demo, stopped in the middle of its build for the picture.
void bringDemo(WindowFixture& fixture, const QString& file)
{
    const test::DemoEnvironment environment(test::writeDemoData(fixture.path(u"data"_s)),
                                            fixture.path(u"cache"_s));
    fixture.script->onBuildStep = [&](VariantKind kind) {
        if (kind == VariantKind::Quantized)
            QMetaObject::invokeMethod(
                &fixture.window, [&] { fixture.window.grab().save(file); }, Qt::BlockingQueuedConnection);
    };
    fixture.window.showDemo();
    fixture.waitUntilIdle();
    fixture.script->onBuildStep = [](VariantKind) {};
}

void bring(WindowFixture& fixture, const QString& state)
{
    MainWindow& window = fixture.window;
    ResultsPanel* results = window.workspace().results();
    window.runControls().setPreset(state == u"busy"_s ? u"paper"_s : u"quick"_s);
    if (state == u"measured"_s || state == u"table"_s) {
        window.run();
        fixture.waitUntilIdle();
    }
    if (state == u"samples"_s) {
        window.run();
        window.measureAgainstItself();
        fixture.waitUntilIdle();
        results->tabs()->setCurrentIndex(1);
    }
    if (state == u"threads"_s) {
        fixture.session.sweepThreads(window.runControls().plan(), {1, 2, 3, 4});
        fixture.waitUntilIdle();
        results->showThreads();
    }
    if (state == u"phases"_s) {
        BenchmarkPlan plan = window.runControls().plan();
        plan.probe = true;
        fixture.session.benchmark(plan);
        fixture.waitUntilIdle();
        results->tabs()->setCurrentIndex(2);
    }
    if (state == u"operators"_s) {
        window.profile();
        fixture.waitUntilIdle();
    }
    if (state == u"table"_s) {
        auto* tabs = window.findChild<QTabWidget*>();
        tabs->setCurrentIndex(tabs->count() - 1);
    }
    if (state == u"drag"_s)
        fixture.dragOver(*WindowFixture::urls({fixture.path(u"wolf.png"_s)}));
    if (state == u"busy"_s) {
        window.run();
        const test::GrowthWatch sampled(fixture.session, test::sampleCount);
        QSignalSpy changed(&fixture.session, &ComparisonSession::changed);
        while (sampled.count() < 40 && changed.wait(60'000)) {
        }
    }
}

} // namespace

void TestScreenshots::initTestCase()
{
    if (m_folder.isEmpty())
        QSKIP("set VITRINE_SCREENSHOTS to a folder to get pictures of the window");
    QVERIFY(QDir().mkpath(m_folder));
    QApplication::setStyle(QStyleFactory::create(u"Fusion"_s));
}

void TestScreenshots::window_data()
{
    QTest::addColumn<QString>("state");
    QTest::addColumn<int>("variants");
    QTest::addColumn<QSize>("size");
    QTest::addColumn<bool>("isDark");
    const QSize sizes[] = {{1280, 800}, {1920, 1080}, {900, 600}};
    for (const bool isDark : {false, true})
        for (const QSize size : sizes) {
            const auto row = [&](const char* state, int variants) {
                QTest::addRow("%s-%d-%dx%d-%s", state, variants, size.width(), size.height(),
                              isDark ? "dark" : "light")
                    << QString::fromLatin1(state) << variants << size << isDark;
            };
            row("measured", 5);
            row("empty", 0);
            row("preparing", 0);
            row("threads", 5);
            if (size.width() == 1280) {
                row("classified", 5);
                row("measured", 1);
                row("measured", 2);
                row("measured", 8);
                row("problems", 5);
                row("busy", 5);
                row("drag", 5);
                row("image", 0);
                row("table", 5);
                row("samples", 5);
                row("phases", 5);
                row("operators", 5);
            }
        }
}

void TestScreenshots::window()
{
    QFETCH(QString, state);
    QFETCH(int, variants);
    QFETCH(QSize, size);
    QFETCH(bool, isDark);
    const QPalette before = QApplication::palette();
    QApplication::setPalette(isDark ? darkPalette() : QApplication::style()->standardPalette());
    WindowFixture fixture;
    fixture.window.resize(size);
    const QStringList names = variantNames(variants);
    giveResults(*fixture.script, names);
    QStringList files = modelFiles(fixture, names);
    if (state == u"preparing"_s)
        bringDemo(fixture, QDir(m_folder).filePath(QString::fromLatin1(QTest::currentDataTag()) + u".png"_s));
    else if (state != u"empty"_s)
        files << fixture.picture() << fixture.picture(u"a_photograph_with_quite_a_long_name_20231124.png"_s);
    if (state == u"problems"_s) {
        files << u"/nowhere/absent.png"_s << u"/nowhere/broken.pt"_s;
        fixture.script->loadErrors[names[3]] = exampleError();
    }
    QVERIFY(fixture.dropAndWait(files));
    bring(fixture, state);
    QCoreApplication::processEvents(); // layouts that wait
    const QString ending = state == u"preparing"_s ? u"-done.png"_s : u".png"_s;
    QVERIFY(fixture.window.grab().save(
        QDir(m_folder).filePath(QString::fromLatin1(QTest::currentDataTag()) + ending)));
    fixture.session.cancel();
    QVERIFY(fixture.waitUntilIdle());
    QApplication::setPalette(before);
}

void TestScreenshots::dialogs()
{
    WindowFixture fixture;
    QVERIFY(fixture.dropAndWait({fixture.variantSet(5), fixture.picture()}));
    BuildDialog* build = fixture.window.showBuildDialog(fixture.path(u"set/0.pt"_s));
    QVERIFY(build->grab().save(QDir(m_folder).filePath(u"build.png"_s)));
    const VariantResult variant = fixture.session.snapshot()->variants[2];
    ModelInputDialog input(variant.variant);
    PlanDialog plan(fixture.window.runControls().plan());
    QVERIFY(plan.grab().save(QDir(m_folder).filePath(u"plan.png"_s)));
    QVERIFY(input.grab().save(QDir(m_folder).filePath(u"input.png"_s)));
    VariantDetailsDialog details(fixture.session, variant);
    QVERIFY(fixture.waitUntilIdle());
    QVERIFY(details.grab().save(QDir(m_folder).filePath(u"details.png"_s)));
}

void TestScreenshots::fetchDialog_data()
{
    QTest::addColumn<QString>("state");
    QTest::addColumn<QSize>("size");
    QTest::addColumn<bool>("isDark");
    for (const char* state : {"idle", "resumable", "downloading", "problem"})
        QTest::addRow("fetch-%s", state) << QString::fromLatin1(state) << QSize() << false;
    QTest::addRow("fetch-downloading-dark") << u"downloading"_s << QSize() << true;
    QTest::addRow("fetch-problem-small") << u"problem"_s << QSize(10, 10) << false;
    QTest::addRow("fetch-downloading-small") << u"downloading"_s << QSize(10, 10) << false;
}

void TestScreenshots::fetchDialog()
{
    QFETCH(QString, state);
    QFETCH(QSize, size);
    QFETCH(bool, isDark);
    const QPalette before = QApplication::palette();
    QApplication::setPalette(isDark ? darkPalette() : QApplication::style()->standardPalette());
    WindowFixture fixture;
    test::HttpServer server;
    test::HttpReply reply;
    reply.body = QByteArray(22'900'000, 'x');
    reply.chunkBytes = state == u"downloading"_s ? 20'000 : 0;
    server.answer(u"deit_tiny_patch16_224-a1311bcf.pth"_s, {reply});
    qputenv("VITRINE_CHECKPOINT_URL", server.url().toEncoded());
    if (state == u"resumable"_s)
        test::writeFile(fixture.path(u"deit_tiny_patch16_224-a1311bcf.pth.part"_s), reply.body);
    FetchDialog* dialog = fixture.window.showFetchDialog();
    dialog->findChild<PathEdit*>()->setPath(fixture.folder.path());
    if (size.isValid())
        dialog->resize(size);
    if (state == u"downloading"_s || state == u"problem"_s) {
        QSignalSpy progressed(&dialog->downloader(), &Downloader::progressed);
        dialog->start();
        while (!dialog->progress().contains(u"left"_s) && dialog->message().isEmpty() &&
               progressed.wait(10'000)) {
        }
    }
    QVERIFY(dialog->grab().save(
        QDir(m_folder).filePath(QString::fromLatin1(QTest::currentDataTag()) + u".png"_s)));
    dialog->reject();
    qunsetenv("VITRINE_CHECKPOINT_URL");
    QApplication::setPalette(before);
}

QTEST_MAIN(TestScreenshots)
#include "tst_screenshots.moc"
