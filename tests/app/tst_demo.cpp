#include "tests/app/vitrine_process.h"
#include "tests/support/demo_files.h"
#include "tests/support/files.h"
#include "tests/support/test_data.h"

#include <QDir>
#include <QTemporaryDir>

using namespace vitrine::test;

namespace {

const QStringList chartFiles{QStringLiteral("drift.png"),       QStringLiteral("drift.svg"),
                             QStringLiteral("latency.png"),     QStringLiteral("latency.svg"),
                             QStringLiteral("predictions.png"), QStringLiteral("predictions.svg"),
                             QStringLiteral("size.png"),        QStringLiteral("size.svg")};

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
    QVERIFY(QDir(m_folder->path()).mkpath(QStringLiteral("here")));
    m_environment = withoutDisplay();
    m_environment.insert(QStringLiteral("XDG_CACHE_HOME"), path(QStringLiteral("cache")));
    m_environment.insert(QStringLiteral("VITRINE_DATA_DIR"), writeDemoData(path(QStringLiteral("data"))));
}

Run TestDemo::demo(const QStringList& arguments) const
{
    return runVitrine(QStringList{QStringLiteral("demo")} + arguments, m_environment,
                      path(QStringLiteral("here")));
}

void TestDemo::missingDataNamesTheFolders()
{
    m_environment.insert(QStringLiteral("VITRINE_DATA_DIR"), path(QStringLiteral("nowhere")));
    const Run run = demo();
    VITRINE_COMPARE_STATUS(run, 1);
    QCOMPARE(run.errorLines(), 1);
    QVERIFY2(run.err.contains("nowhere"), run.err.constData());
    QCOMPARE(run.out, QByteArray());
    QCOMPARE(filesIn(path(QStringLiteral("here/vitrine-demo"))), QStringList());
}

void TestDemo::missingCheckpointIsSaid()
{
    const Run run = demo({QStringLiteral("--checkpoint"), QStringLiteral("gone.pth")});
    VITRINE_COMPARE_STATUS(run, 1);
    QVERIFY2(run.err.contains("gone.pth"), run.err.constData());
    QCOMPARE(run.out, QByteArray());
    QVERIFY(!QDir(path(QStringLiteral("here/vitrine-demo"))).exists());
}

void TestDemo::comparesInTheTerminal()
{
    VITRINE_REQUIRE_TORCH();
    const Run run = demo();
    VITRINE_COMPARE_STATUS(run, 0);
    for (const char* said : {"Little shapes", "circle.png", "variant", "prediction", "probability", "size",
                             "median ms", "IQR ms", "ratio", "mobile-optimized", "baseline"})
        QVERIFY2(run.out.contains(said), said);
    const QString folder = path(QStringLiteral("here/vitrine-demo"));
    QVERIFY2(run.out.contains(QDir(folder).canonicalPath().toUtf8()), run.out.constData());
    QCOMPARE(filesIn(folder), QStringList(chartFiles) << QStringLiteral("vitrine-demo.txt"));
    QVERIFY(readFile(folder + QStringLiteral("/size.png")).startsWith("\x89PNG"));
    QVERIFY(readFile(folder + QStringLiteral("/size.svg")).contains("<svg"));
    QVERIFY(readFile(folder + QStringLiteral("/vitrine-demo.txt")).contains("mobile-optimized"));
}

void TestDemo::writesIntoTheNamedFolder()
{
    VITRINE_REQUIRE_TORCH();
    const Run run = demo({QStringLiteral("--out"), path(QStringLiteral("a/b"))});
    VITRINE_COMPARE_STATUS(run, 0);
    QCOMPARE(filesIn(path(QStringLiteral("a/b"))).size(), 9);
    QVERIFY(!QDir(path(QStringLiteral("here/vitrine-demo"))).exists());
}

void TestDemo::repeatsIntoItsOwnFolder()
{
    VITRINE_REQUIRE_TORCH();
    VITRINE_COMPARE_STATUS(demo(), 0);
    VITRINE_COMPARE_STATUS(demo(), 0);
    QCOMPARE(
        QDir(path(QStringLiteral("cache/vitrine/demo"))).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size(),
        1);
}

void TestDemo::overwritesNothingOfOthers()
{
    const QString mine = writeFile(path(QStringLiteral("here/vitrine-demo/size.png")), "mine");
    const Run run = demo();
    VITRINE_COMPARE_STATUS(run, 1);
    QVERIFY2(run.err.contains("size.png") && run.err.contains("--out"), run.err.constData());
    QCOMPARE(readFile(mine), QByteArray("mine"));
    QCOMPARE(filesIn(path(QStringLiteral("here/vitrine-demo"))).size(), 1);
}

void TestDemo::takesACheckpoint()
{
    VITRINE_REQUIRE_TORCH();
    const Run run =
        demo({QStringLiteral("--checkpoint"), tinyCheckpoint(), QStringLiteral("--image"), photograph()});
    VITRINE_COMPARE_STATUS(run, 0);
    QVERIFY2(run.out.contains("timm_plain") && run.out.contains("exif_1.jpg"), run.out.constData());
    QVERIFY2(run.out.contains("class "), run.out.constData());
}

void TestDemo::theShippedDemoAgreesWithItself()
{
    VITRINE_REQUIRE_TORCH();
    if (!QFile::exists(QStringLiteral(VITRINE_DEMO "/demo.json")))
        QSKIP("resources/demo has no model yet");
    m_environment.remove(QStringLiteral("VITRINE_DATA_DIR"));
    const Run run = demo();
    VITRINE_COMPARE_STATUS(run, 0);
    QVERIFY2(run.out.contains("same top-1 on 12 of 12 images"), run.out.constData());
}

QTEST_APPLESS_MAIN(TestDemo)
#include "tst_demo.moc"
