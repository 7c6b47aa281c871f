#include "core/base/literals.h"
#include "tests/app/vitrine_process.h"
#include "tests/support/demo_files.h"
#include "tests/support/files.h"
#include "tests/support/test_data.h"

#include <QDir>
#include <QTemporaryDir>

using namespace vitrine;
using namespace vitrine::test;

namespace {

const QStringList chartFiles{u"drift.png"_s,       u"drift.svg"_s,       u"latency.png"_s, u"latency.svg"_s,
                             u"predictions.png"_s, u"predictions.svg"_s, u"size.png"_s,    u"size.svg"_s};

QStringList filesIn(const QString& folder)
{
    return QDir(folder).entryList(QDir::Files | QDir::Hidden, QDir::Name);
}

} // namespace

/// `vitrine demo` where there is no display.
class TestDemo : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void missingDataNamesTheFolders();
    void missingCheckpointIsSaid();
    void comparesInTheTerminal();
    void writesIntoTheNamedFolder();
    void repeatsIntoItsOwnFolder();
    void overwritesNothingOfOthers();
    void takesACheckpoint();
    void theShippedDemoAgreesWithItself();

private:
    QString path(const QString& name) const { return m_folder->filePath(name); }
    /// In a working directory of its own, "here".
    Run demo(const QStringList& arguments = {}) const;

    std::unique_ptr<QTemporaryDir> m_folder;
    QProcessEnvironment m_environment;
};

void TestDemo::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(QDir(m_folder->path()).mkpath(u"here"_s));
    m_environment = withoutDisplay();
    m_environment.insert(u"XDG_CACHE_HOME"_s, path(u"cache"_s));
    m_environment.insert(u"VITRINE_DATA_DIR"_s, writeDemoData(path(u"data"_s)));
}

Run TestDemo::demo(const QStringList& arguments) const
{
    return runVitrine(QStringList{u"demo"_s} + arguments, m_environment, path(u"here"_s));
}

void TestDemo::missingDataNamesTheFolders()
{
    m_environment.insert(u"VITRINE_DATA_DIR"_s, path(u"nowhere"_s));
    const Run run = demo();
    VITRINE_COMPARE_STATUS(run, 1);
    QCOMPARE(run.errorLines(), 1);
    QVERIFY2(run.err.contains("nowhere"), run.err.constData());
    QCOMPARE(run.out, QByteArray());
    QCOMPARE(filesIn(path(u"here/vitrine-demo"_s)), QStringList());
}

void TestDemo::missingCheckpointIsSaid()
{
    const Run run = demo({u"--checkpoint"_s, u"gone.pth"_s});
    VITRINE_COMPARE_STATUS(run, 1);
    QVERIFY2(run.err.contains("gone.pth"), run.err.constData());
    QCOMPARE(run.out, QByteArray());
    QVERIFY(!QDir(path(u"here/vitrine-demo"_s)).exists());
}

void TestDemo::comparesInTheTerminal()
{
    VITRINE_REQUIRE_TORCH();
    const Run run = demo();
    VITRINE_COMPARE_STATUS(run, 0);
    for (const char* said : {"Little shapes", "circle.png", "variant", "prediction", "probability", "size",
                             "median ms", "IQR ms", "ratio", "mobile-optimized", "baseline"})
        QVERIFY2(run.out.contains(said), said);
    const QString folder = path(u"here/vitrine-demo"_s);
    QVERIFY2(run.out.contains(QDir(folder).canonicalPath().toUtf8()), run.out.constData());
    QCOMPARE(filesIn(folder), QStringList(chartFiles) << u"vitrine-demo.txt"_s);
    QVERIFY(readFile(folder + u"/size.png"_s).startsWith("\x89PNG"));
    QVERIFY(readFile(folder + u"/size.svg"_s).contains("<svg"));
    QVERIFY(readFile(folder + u"/vitrine-demo.txt"_s).contains("mobile-optimized"));
}

void TestDemo::writesIntoTheNamedFolder()
{
    VITRINE_REQUIRE_TORCH();
    const Run run = demo({u"--out"_s, path(u"a/b"_s)});
    VITRINE_COMPARE_STATUS(run, 0);
    QCOMPARE(filesIn(path(u"a/b"_s)).size(), 9);
    QVERIFY(!QDir(path(u"here/vitrine-demo"_s)).exists());
}

void TestDemo::repeatsIntoItsOwnFolder()
{
    VITRINE_REQUIRE_TORCH();
    VITRINE_COMPARE_STATUS(demo(), 0);
    VITRINE_COMPARE_STATUS(demo(), 0);
    QCOMPARE(QDir(path(u"cache/vitrine/demo"_s)).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size(), 1);
}

void TestDemo::overwritesNothingOfOthers()
{
    const QString mine = writeFile(path(u"here/vitrine-demo/size.png"_s), "mine");
    const Run run = demo();
    VITRINE_COMPARE_STATUS(run, 1);
    QVERIFY2(run.err.contains("size.png") && run.err.contains("--out"), run.err.constData());
    QCOMPARE(readFile(mine), QByteArray("mine"));
    QCOMPARE(filesIn(path(u"here/vitrine-demo"_s)).size(), 1);
}

void TestDemo::takesACheckpoint()
{
    VITRINE_REQUIRE_TORCH();
    const Run run = demo({u"--checkpoint"_s, tinyCheckpoint(), u"--image"_s, photograph()});
    VITRINE_COMPARE_STATUS(run, 0);
    QVERIFY2(run.out.contains("timm_plain") && run.out.contains("exif_1.jpg"), run.out.constData());
    QVERIFY2(run.out.contains("class "), run.out.constData());
}

void TestDemo::theShippedDemoAgreesWithItself()
{
    VITRINE_REQUIRE_TORCH();
    if (!QFile::exists(QStringLiteral(VITRINE_DEMO "/demo.json")))
        QSKIP("resources/demo has no model yet");
    m_environment.remove(u"VITRINE_DATA_DIR"_s);
    const Run run = demo();
    VITRINE_COMPARE_STATUS(run, 0);
    QVERIFY2(run.out.contains("same top-1 on 12 of 12 images"), run.out.constData());
}

QTEST_APPLESS_MAIN(TestDemo)
#include "tst_demo.moc"
