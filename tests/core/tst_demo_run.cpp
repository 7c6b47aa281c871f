#include "core/demo/demo_run.h"
#include "core/session/thread_chooser.h"
#include "core/session/thread_memory.h"
#include "tests/support/demo_files.h"
#include "tests/support/files.h"
#include "tests/support/session_probe.h"

#include <QDateTime>
#include <QDir>
#include <QSignalSpy>
#include <QTest>

using namespace vitrine;
using namespace vitrine::test;

/// The demo in a session, and the cache of its variants.
class TestDemoRun : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void fillsASession();
    void leavesOutImagesThatAreThere();
    void threadsAreFoundOutOnce();
    void buildsOnce();
    void buildsAgainWhatIsDamaged_data();
    void buildsAgainWhatIsDamaged();
    void buildsAgainWhenSomethingElseIsAsked_data();
    void buildsAgainWhenSomethingElseIsAsked();
    void forgetsWhatIsOld();
    void aBuildThatFailsIsToldAndLeavesNothing();
    void cancellingEndsItAndLeavesNothing();
    void clearingEndsIt();
    void anotherSetIsNotTakenForTheDemos();
    void aCacheThatCannotBeMadeIsTold();

private:
    QString path(const QString& name) const { return m_probe->path(name); }
    QString cache() const { return path(QStringLiteral("cache/vitrine/demo")); }
    QStringList cached() const
    {
        return QDir(cache()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    }
    /// Shows it in a new session; false when that does not end.
    bool show();
    void newSession();

    std::unique_ptr<SessionProbe> m_probe;
    std::unique_ptr<DemoEnvironment> m_environment;
    DemoSet m_set;
};

void TestDemoRun::init()
{
    m_probe = std::make_unique<SessionProbe>();
    m_environment = std::make_unique<DemoEnvironment>(writeDemoData(path(QStringLiteral("data"))),
                                                      path(QStringLiteral("cache")));
    const auto set = findDemoSet();
    QVERIFY(set);
    m_set = *set;
    QCOMPARE(demoCacheFolder(), cache());
}

void TestDemoRun::cleanup()
{
    m_environment.reset();
    m_probe.reset();
}

void TestDemoRun::newSession()
{
    m_probe->session.reset();
    m_probe->session = std::make_unique<ComparisonSession>(fakeBackend(m_probe->script));
}

bool TestDemoRun::show()
{
    newSession();
    DemoRun run(*m_probe->session, m_set, demoCacheFolder(), [] {});
    const QSignalSpy ended(&run, &DemoRun::ended);
    run.start();
    return m_probe->finish() && ended.size() == 1;
}

void TestDemoRun::fillsASession()
{
    QVERIFY(show());
    const Comparison comparison = m_probe->session->snapshot();
    QCOMPARE(comparison.images.size(), std::size_t{3});
    QCOMPARE(comparison.variants.size(), std::size_t{5});
    QCOMPARE(comparison.predictions.size(), std::size_t{15});
    for (const VariantResult& result : comparison.variants) {
        QVERIFY(result.latency.n >= demoPlan().minRounds);
        QCOMPARE(result.variant.modelName, QStringLiteral("Little shapes"));
        QCOMPARE(result.variant.labels.size(), 3);
        QCOMPARE(result.variant.preprocessing, Preprocessing::imageNet(32));
    }
}

void TestDemoRun::leavesOutImagesThatAreThere()
{
    newSession();
    m_probe->session->addImages({m_set.images[2]});
    QVERIFY(m_probe->finish());
    DemoRun run(*m_probe->session, m_set, demoCacheFolder(), [] {});
    run.start();
    QVERIFY(m_probe->finish());
    const Comparison comparison = m_probe->session->snapshot();
    QCOMPARE(comparison.images.size(), std::size_t{3});
    QCOMPARE(comparison.images.front().path, m_set.images[2]);
    QCOMPARE(comparison.currentImageId, comparison.images.front().id);
}

void TestDemoRun::threadsAreFoundOutOnce()
{
    for (const int calibrations : {1, 0}) {
        newSession();
        const ComparisonSession& session = *m_probe->session;
        ThreadChooser threads(*m_probe->session);
        const QSignalSpy calibrated(&session, &ComparisonSession::threadsCalibrated);
        DemoRun run(*m_probe->session, m_set, demoCacheFolder(), [&] { threads.choose(); });
        run.start();
        QVERIFY(m_probe->finish());
        QCOMPARE(calibrated.size(), calibrations);
        const Comparison comparison = session.snapshot();
        const Variant& original = comparison.baseline()->variant;
        QCOMPARE(std::optional(comparison.stamp.threads),
                 ThreadMemory().find(comparison.stamp, original.sha256));
        for (const VariantResult& result : comparison.variants)
            QVERIFY(result.latency.n >= demoPlan().minRounds);
    }
}

void TestDemoRun::buildsOnce()
{
    QVERIFY(show());
    QCOMPARE(m_probe->script->builds, 5);
    QVERIFY(show());
    QCOMPARE(m_probe->script->builds, 5);
    QCOMPARE(m_probe->session->snapshot().variants.size(), std::size_t{5});
    QCOMPARE(cached().size(), 1);
}

void TestDemoRun::buildsAgainWhatIsDamaged_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("a file is gone") << QStringLiteral("lite.ptl") << QByteArray();
    QTest::newRow("a file is cut") << QStringLiteral("lite.ptl") << QByteArray("fake l");
    QTest::newRow("a file of the same size differs") << QStringLiteral("lite.ptl") << QByteArray("fake lute");
    QTest::newRow("the manifest is gone") << QStringLiteral("vitrine.json") << QByteArray();
    QTest::newRow("the manifest is cut") << QStringLiteral("vitrine.json") << QByteArray("{\"schema");
}

void TestDemoRun::buildsAgainWhatIsDamaged()
{
    QFETCH(QString, file);
    QFETCH(QByteArray, content);
    QVERIFY(show());
    const QString damaged = QDir(cache()).filePath(cached().front() + u'/' + file);
    QVERIFY(QFile::remove(damaged));
    if (!content.isEmpty())
        writeFile(damaged, content);
    QVERIFY(show());
    QCOMPARE(m_probe->script->builds, 10);
    QCOMPARE(m_probe->session->snapshot().predictions.size(), std::size_t{15});
    QCOMPARE(cached().size(), 1);
}

void TestDemoRun::buildsAgainWhenSomethingElseIsAsked_data()
{
    QTest::addColumn<QString>("changed");
    for (const char* changed : {"the engine's version", "the engines", "the checkpoint", "the labels",
                                "the model's name", "the preprocessing"})
        QTest::newRow(changed) << QString::fromLatin1(changed);
}

void TestDemoRun::buildsAgainWhenSomethingElseIsAsked()
{
    QFETCH(QString, changed);
    QVERIFY(show());
    if (changed == QStringLiteral("the engine's version"))
        m_probe->script->version = QStringLiteral("1.1");
    if (changed == QStringLiteral("the engines"))
        m_probe->script->engines = {QStringLiteral("slow-int8")};
    if (changed == QStringLiteral("the checkpoint")) {
        QByteArray content = readFile(m_set.checkpoint);
        content.back() = 1;
        writeFile(m_set.checkpoint, content);
    }
    if (changed == QStringLiteral("the labels"))
        m_set.labels[1] = QStringLiteral("cube");
    if (changed == QStringLiteral("the model's name"))
        m_set.modelName = QStringLiteral("Others");
    if (changed == QStringLiteral("the preprocessing"))
        m_set.preprocessing->resize = 40;
    QVERIFY(show());
    QCOMPARE(m_probe->script->builds, 10);
    QCOMPARE(cached().size(), 2);
}

void TestDemoRun::forgetsWhatIsOld()
{
    const QString old = writeFile(cache() + QStringLiteral("/.vitrine-build-x/new/lite.ptl"), "half");
    const QString recent = writeFile(cache() + QStringLiteral("/other"), "new");
    QFile file(QDir(cache()).filePath(QStringLiteral("stale")));
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.setFileTime(QDateTime::currentDateTime().addDays(-40), QFileDevice::FileModificationTime));
    file.close();
    QVERIFY(show());
    QVERIFY(!file.exists());
    QVERIFY(QFile::exists(old) && QFile::exists(recent));
}

void TestDemoRun::aBuildThatFailsIsToldAndLeavesNothing()
{
    m_probe->script->failingBuildStep = VariantKind::Quantized;
    newSession();
    const QSignalSpy failed(m_probe->session.get(), &ComparisonSession::buildFailed);
    DemoRun run(*m_probe->session, m_set, demoCacheFolder(), [] {});
    const QSignalSpy ended(&run, &DemoRun::ended);
    run.start();
    QVERIFY(m_probe->finish());
    QCOMPARE(failed.size(), 1);
    QCOMPARE(ended.size(), 1);
    QCOMPARE(cached(), QStringList());
    QVERIFY(m_probe->session->snapshot().variants.empty());
    QVERIFY(m_probe->session->snapshot().images.empty());
    m_probe->script->failingBuildStep.reset();
    QVERIFY(show());
    QCOMPARE(m_probe->session->snapshot().variants.size(), std::size_t{5});
}

void TestDemoRun::cancellingEndsItAndLeavesNothing()
{
    newSession();
    m_probe->script->onBuildStep = [this](VariantKind kind) {
        if (kind == VariantKind::Scripted)
            QMetaObject::invokeMethod(m_probe->session.get(), &ComparisonSession::cancel,
                                      Qt::BlockingQueuedConnection);
    };
    const QSignalSpy failed(m_probe->session.get(), &ComparisonSession::buildFailed);
    DemoRun run(*m_probe->session, m_set, demoCacheFolder(), [] {});
    const QSignalSpy ended(&run, &DemoRun::ended);
    run.start();
    QVERIFY(m_probe->finish());
    QCOMPARE(failed.size(), 0);
    QCOMPARE(ended.size(), 1);
    QCOMPARE(cached(), QStringList());
    QVERIFY(m_probe->session->snapshot().variants.empty());
}

void TestDemoRun::clearingEndsIt()
{
    newSession();
    m_probe->script->onBuildStep = [this](VariantKind kind) {
        if (kind == VariantKind::Lite)
            QMetaObject::invokeMethod(m_probe->session.get(), &ComparisonSession::clear,
                                      Qt::BlockingQueuedConnection);
    };
    DemoRun run(*m_probe->session, m_set, demoCacheFolder(), [] {});
    const QSignalSpy ended(&run, &DemoRun::ended);
    run.start();
    QVERIFY(m_probe->finish());
    QCOMPARE(ended.size(), 1);
    QVERIFY(m_probe->session->snapshot().variants.empty());
    QVERIFY(m_probe->session->snapshot().images.empty());
}

void TestDemoRun::anotherSetIsNotTakenForTheDemos()
{
    newSession();
    m_probe->script->failingBuildStep = VariantKind::Lite;
    DemoRun run(*m_probe->session, m_set, demoCacheFolder(), [] {});
    run.start();
    QVERIFY(m_probe->finish());
    m_probe->script->failingBuildStep.reset();
    BuildRequest request;
    request.source = m_set.checkpoint;
    request.folder = path(QStringLiteral("elsewhere"));
    const QSignalSpy built(m_probe->session.get(), &ComparisonSession::variantSetBuilt);
    m_probe->session->buildVariants(request);
    QVERIFY(m_probe->finish());
    QCOMPARE(built.size(), 1);
    QVERIFY(m_probe->session->snapshot().variants.empty());
}

void TestDemoRun::aCacheThatCannotBeMadeIsTold()
{
    writeFile(path(QStringLiteral("cache")), "not a folder");
    newSession();
    const QSignalSpy failed(m_probe->session.get(), &ComparisonSession::buildFailed);
    DemoRun run(*m_probe->session, m_set, demoCacheFolder(), [] {});
    run.start();
    QVERIFY(m_probe->finish());
    QCOMPARE(failed.size(), 1);
    QVERIFY(failed[0][1].value<Error>().message.contains(QStringLiteral("XDG_CACHE_HOME")));
}

QTEST_GUILESS_MAIN(TestDemoRun)
#include "tst_demo_run.moc"
