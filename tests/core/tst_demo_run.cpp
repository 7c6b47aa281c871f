#include "core/base/literals.h"
#include "core/demo/demo_run.h"
#include "core/session/thread_chooser.h"
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
    QString cache() const { return path(u"cache/vitrine/demo"_s); }
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
    m_environment = std::make_unique<DemoEnvironment>(writeDemoData(path(u"data"_s)), path(u"cache"_s));
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
    m_probe->session = std::make_unique<ComparisonSession>(fakeEngine(m_probe->script));
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
    const Comparison comparison = *m_probe->session->snapshot();
    QCOMPARE(comparison.images.size(), std::size_t{3});
    QCOMPARE(comparison.variants.size(), std::size_t{5});
    QCOMPARE(comparison.predictionCount(), qsizetype{15});
    for (const VariantResult& result : comparison.variants) {
        QVERIFY(result.latency->n >= demoPlan().minRounds);
        QCOMPARE(result.variant.modelName, u"Little shapes"_s);
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
    const Comparison comparison = *m_probe->session->snapshot();
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
        const Comparison comparison = *session.snapshot();
        const Variant& original = comparison.baseline()->variant;
        QCOMPARE(std::optional(comparison.stamp.threads),
                 ThreadMemory().find(comparison.stamp, original.sha256));
        for (const VariantResult& result : comparison.variants)
            QVERIFY(result.latency->n >= demoPlan().minRounds);
    }
}

void TestDemoRun::buildsOnce()
{
    QVERIFY(show());
    QCOMPARE(m_probe->script->builds, 5);
    QVERIFY(show());
    QCOMPARE(m_probe->script->builds, 5);
    QCOMPARE(m_probe->session->snapshot()->variants.size(), std::size_t{5});
    QCOMPARE(cached().size(), 1);
}

void TestDemoRun::buildsAgainWhatIsDamaged_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("a file is gone") << u"lite.ptl"_s << QByteArray();
    QTest::newRow("a file is cut") << u"lite.ptl"_s << QByteArray("fake l");
    QTest::newRow("a file of the same size differs") << u"lite.ptl"_s << QByteArray("fake lute");
    QTest::newRow("the manifest is gone") << u"vitrine.json"_s << QByteArray();
    QTest::newRow("the manifest is cut") << u"vitrine.json"_s << QByteArray("{\"schema");
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
    QCOMPARE(m_probe->session->snapshot()->predictionCount(), qsizetype{15});
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
    if (changed == u"the engine's version"_s)
        m_probe->script->version = u"1.1"_s;
    if (changed == u"the engines"_s)
        m_probe->script->engines = {u"slow-int8"_s};
    if (changed == u"the checkpoint"_s) {
        QByteArray content = readFile(m_set.checkpoint);
        content.back() = 1;
        writeFile(m_set.checkpoint, content);
    }
    if (changed == u"the labels"_s)
        m_set.labels[1] = u"cube"_s;
    if (changed == u"the model's name"_s)
        m_set.modelName = u"Others"_s;
    if (changed == u"the preprocessing"_s)
        m_set.preprocessing->resize = 40;
    QVERIFY(show());
    QCOMPARE(m_probe->script->builds, 10);
    QCOMPARE(cached().size(), 2);
}

void TestDemoRun::forgetsWhatIsOld()
{
    const QString killed = writeFile(cache() + u"/.vitrine-build-x/new/lite.ptl"_s, "half");
    const QString recent = writeFile(cache() + u"/other"_s, "new");
    QFile file(QDir(cache()).filePath(u"stale"_s));
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.setFileTime(QDateTime::currentDateTime().addDays(-40), QFileDevice::FileModificationTime));
    file.close();
    QVERIFY(show());
    QVERIFY(!file.exists());
    QVERIFY(!QFile::exists(killed)); // nobody works in it any more
    QVERIFY(QFile::exists(recent));
}

void TestDemoRun::aBuildThatFailsIsToldAndLeavesNothing()
{
    m_probe->script->failingBuildStep = VariantKind::Quantized;
    newSession();
    DemoRun run(*m_probe->session, m_set, demoCacheFolder(), [] {});
    const QSignalSpy failed(&run, &DemoRun::unbuilt);
    const QSignalSpy ended(&run, &DemoRun::ended);
    run.start();
    QVERIFY(m_probe->finish());
    QCOMPARE(failed.size(), 1);
    QCOMPARE(ended.size(), 1);
    QCOMPARE(cached(), QStringList());
    QVERIFY(m_probe->session->snapshot()->variants.empty());
    QVERIFY(m_probe->session->snapshot()->images.empty());
    m_probe->script->failingBuildStep.reset();
    QVERIFY(show());
    QCOMPARE(m_probe->session->snapshot()->variants.size(), std::size_t{5});
}

void TestDemoRun::cancellingEndsItAndLeavesNothing()
{
    newSession();
    m_probe->script->onBuildStep = [this](VariantKind kind) {
        if (kind == VariantKind::Scripted)
            QMetaObject::invokeMethod(m_probe->session.get(), &ComparisonSession::cancel,
                                      Qt::BlockingQueuedConnection);
    };
    DemoRun run(*m_probe->session, m_set, demoCacheFolder(), [] {});
    const QSignalSpy failed(&run, &DemoRun::unbuilt);
    const QSignalSpy ended(&run, &DemoRun::ended);
    run.start();
    QVERIFY(m_probe->finish());
    QCOMPARE(failed.size(), 0);
    QCOMPARE(ended.size(), 1);
    QCOMPARE(cached(), QStringList());
    QVERIFY(m_probe->session->snapshot()->variants.empty());
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
    QVERIFY(m_probe->session->snapshot()->variants.empty());
    QVERIFY(m_probe->session->snapshot()->images.empty());
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
    request.folder = path(u"elsewhere"_s);
    const QSignalSpy built(m_probe->session.get(), &ComparisonSession::buildEnded);
    m_probe->session->buildVariants(request);
    QVERIFY(m_probe->finish());
    QCOMPARE(built.size(), 1);
    QVERIFY(holdsVariantSet(request.folder));
    QVERIFY(m_probe->session->snapshot()->variants.empty());
}

void TestDemoRun::aCacheThatCannotBeMadeIsTold()
{
    writeFile(path(u"cache"_s), "not a folder");
    newSession();
    DemoRun run(*m_probe->session, m_set, demoCacheFolder(), [] {});
    const QSignalSpy failed(&run, &DemoRun::unbuilt);
    run.start();
    QVERIFY(m_probe->finish());
    QCOMPARE(failed.size(), 1);
    QVERIFY(failed[0][0].value<Error>().message.contains(u"XDG_CACHE_HOME"_s));
}

QTEST_GUILESS_MAIN(TestDemoRun)
#include "tst_demo_run.moc"
