#include "core/demo/demo_folder.h"
#include "core/demo/demo_set.h"
#include "tests/support/demo_files.h"
#include "tests/support/files.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

using namespace vitrine;
using namespace vitrine::test;

/// What the demo consists of, and where it writes.
class TestDemoSet : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void readsTheInstalledDemo();
    void takesWhatAUserBrings_data();
    void takesWhatAUserBrings();
    void needsNoDataWhenAllIsBrought();
    void saysWhatIsMissing_data();
    void saysWhatIsMissing();
    void writesWhereNothingIsOverwritten();
    void writesOverAnEarlierDemo();
    void leavesFilesOfOthersAlone_data();
    void leavesFilesOfOthersAlone();
    void saysThatAFolderCannotBeWritten();

private:
    QString path(const QString& name) const { return m_folder->filePath(name); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<DemoEnvironment> m_environment;
};

namespace {

const QStringList charts{QStringLiteral("size.png"), QStringLiteral("size.svg")};

} // namespace

void TestDemoSet::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_environment = std::make_unique<DemoEnvironment>(writeDemoData(path(QStringLiteral("data"))),
                                                      path(QStringLiteral("cache")));
}

void TestDemoSet::cleanup()
{
    m_environment.reset();
}

void TestDemoSet::readsTheInstalledDemo()
{
    const auto set = findDemoSet();
    QVERIFY2(set, qPrintable(set ? QString() : set.error().message));
    QCOMPARE(set->modelName, QStringLiteral("Little shapes"));
    QCOMPARE(set->checkpoint, path(QStringLiteral("data/demo/shapes.safetensors")));
    QCOMPARE(set->labels.size(), 3);
    QCOMPARE(set->preprocessing, std::optional(Preprocessing::imageNet(32)));
    QCOMPARE(set->images.size(), 3);
    QCOMPARE(set->images[1], path(QStringLiteral("data/demo/images/square.png")));
}

void TestDemoSet::takesWhatAUserBrings_data()
{
    QTest::addColumn<QString>("checkpoint");
    QTest::addColumn<QStringList>("images");
    QTest::addColumn<QString>("modelName");
    QTest::addColumn<int>("labels");
    const QStringList one{QStringLiteral("/elsewhere/wolf.png")};
    QTest::newRow("an image") << QString() << one << QStringLiteral("Little shapes") << 3;
    QTest::newRow("a checkpoint, which has its own labels")
        << QStringLiteral("deit_tiny.pth") << QStringList() << QStringLiteral("deit_tiny") << 0;
    QTest::newRow("both") << QStringLiteral("deit_tiny.pth") << one << QStringLiteral("deit_tiny") << 0;
}

void TestDemoSet::takesWhatAUserBrings()
{
    QFETCH(QString, checkpoint);
    QFETCH(QStringList, images);
    if (!checkpoint.isEmpty())
        checkpoint = writeFile(path(checkpoint), "any");
    const auto set = findDemoSet({checkpoint, images});
    QVERIFY(set);
    QTEST(set->modelName, "modelName");
    QTEST(static_cast<int>(set->labels.size()), "labels");
    QCOMPARE(set->preprocessing.has_value(), checkpoint.isEmpty());
    QCOMPARE(set->images.size(), images.isEmpty() ? 3 : images.size());
    if (!checkpoint.isEmpty())
        QCOMPARE(set->checkpoint, checkpoint);
}

void TestDemoSet::needsNoDataWhenAllIsBrought()
{
    QVERIFY(QDir(path(QStringLiteral("data"))).removeRecursively());
    const QString checkpoint = writeFile(path(QStringLiteral("a.pth")), "any");
    QVERIFY(findDemoSet({checkpoint, {QStringLiteral("/b.png")}}));
    QVERIFY(!findDemoSet({checkpoint, {}}));
    QVERIFY(!findDemoSet({path(QStringLiteral("gone.pth")), {QStringLiteral("/b.png")}}));
}

void TestDemoSet::saysWhatIsMissing_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("said");
    const auto row = [](const char* name, const char* file, const char* content, const char* said) {
        QTest::newRow(name) << QString::fromLatin1(file) << QByteArray(content) << QString::fromLatin1(said);
    };
    row("the manifest is gone", "demo.json", "", "VITRINE_DATA_DIR");
    row("the manifest is no JSON", "demo.json", "hello", "install Vitrine again");
    row("the manifest is of a later version", "demo.json", R"({"schemaVersion": 2})",
        "install Vitrine again");
    row("the manifest names no images", "demo.json",
        R"({"schemaVersion": 1, "checkpoint": "shapes.safetensors"})", "no images");
    row("the preprocessing is nonsense", "demo.json",
        R"({"schemaVersion": 1, "preprocessing": {"size": -1}})", "demo.json");
    row("the checkpoint is gone", "shapes.safetensors", "", "shapes.safetensors");
    row("the labels are gone", "labels.txt", "", "labels.txt");
    row("an image is gone", "images/star.png", "", "star.png");
}

void TestDemoSet::saysWhatIsMissing()
{
    QFETCH(QString, file);
    QFETCH(QByteArray, content);
    QFETCH(QString, said);
    const QString changed = path(QStringLiteral("data/demo/") + file);
    QVERIFY(QFile::remove(changed));
    if (!content.isEmpty())
        writeFile(changed, content);
    const auto set = findDemoSet();
    QVERIFY(!set);
    QVERIFY2(set.error().message.contains(said), qPrintable(set.error().message));
}

void TestDemoSet::writesWhereNothingIsOverwritten()
{
    const QString folder = path(QStringLiteral("new/deep"));
    QVERIFY(!whyNotDemoFolder(folder, charts));
    QVERIFY(!QDir(path(QStringLiteral("new"))).exists());
    QVERIFY(writeDemoReport(folder, QStringLiteral("a table")));
    QVERIFY(readFile(folder + QStringLiteral("/vitrine-demo.txt")).contains("a table"));
    writeFile(path(QStringLiteral("mixed/notes.txt")), "mine");
    QVERIFY(!whyNotDemoFolder(path(QStringLiteral("mixed")), charts));
}

void TestDemoSet::writesOverAnEarlierDemo()
{
    const QString folder = path(QStringLiteral("out"));
    QVERIFY(writeDemoReport(folder, QStringLiteral("first")));
    writeFile(folder + QStringLiteral("/size.png"), "a chart");
    QVERIFY(!whyNotDemoFolder(folder, charts));
}

void TestDemoSet::leavesFilesOfOthersAlone_data()
{
    QTest::addColumn<QString>("file");
    QTest::newRow("a chart's name") << QStringLiteral("size.svg");
    QTest::newRow("the report's name") << QStringLiteral("vitrine-demo.txt");
}

void TestDemoSet::leavesFilesOfOthersAlone()
{
    QFETCH(QString, file);
    writeFile(path(QStringLiteral("out/") + file), "mine");
    const auto reason = whyNotDemoFolder(path(QStringLiteral("out")), charts);
    QVERIFY(reason);
    QVERIFY2(reason->message.contains(file) && reason->message.contains(QStringLiteral("--out")),
             qPrintable(reason->message));
}

void TestDemoSet::saysThatAFolderCannotBeWritten()
{
    writeFile(path(QStringLiteral("file")), "not a folder");
    QVERIFY(whyNotDemoFolder(path(QStringLiteral("file")), charts));
    QVERIFY(whyNotDemoFolder(path(QStringLiteral("file/below")), charts));
    QVERIFY(!writeDemoReport(path(QStringLiteral("file/below")), {}));
    if (geteuid() == 0)
        return; // may write anywhere
    QFile::setPermissions(m_folder->path(), QFile::ReadOwner | QFile::ExeOwner);
    QVERIFY(whyNotDemoFolder(path(QStringLiteral("new")), charts));
    QFile::setPermissions(m_folder->path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
}

QTEST_GUILESS_MAIN(TestDemoSet)
#include "tst_demo_set.moc"
