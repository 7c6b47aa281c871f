#include "core/base/literals.h"
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

const QStringList charts{u"size.png"_s, u"size.svg"_s};

} // namespace

void TestDemoSet::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_environment = std::make_unique<DemoEnvironment>(writeDemoData(path(u"data"_s)), path(u"cache"_s));
}

void TestDemoSet::cleanup()
{
    m_environment.reset();
}

void TestDemoSet::readsTheInstalledDemo()
{
    const auto set = findDemoSet();
    QVERIFY2(set, qPrintable(set ? QString() : set.error().message));
    QCOMPARE(set->modelName, u"Little shapes"_s);
    QCOMPARE(set->checkpoint, path(u"data/demo/shapes.safetensors"_s));
    QCOMPARE(set->labels.size(), 3);
    QCOMPARE(set->preprocessing, std::optional(Preprocessing::imageNet(32)));
    QCOMPARE(set->images.size(), 3);
    QCOMPARE(set->images[1], path(u"data/demo/images/square.png"_s));
}

void TestDemoSet::takesWhatAUserBrings_data()
{
    QTest::addColumn<QString>("checkpoint");
    QTest::addColumn<QStringList>("images");
    QTest::addColumn<QString>("modelName");
    QTest::addColumn<int>("labels");
    const QStringList one{u"/elsewhere/wolf.png"_s};
    QTest::newRow("an image") << QString() << one << u"Little shapes"_s << 3;
    QTest::newRow("a checkpoint, which has its own labels")
        << u"deit_tiny.pth"_s << QStringList() << u"deit_tiny"_s << 0;
    QTest::newRow("both") << u"deit_tiny.pth"_s << one << u"deit_tiny"_s << 0;
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
    QVERIFY(QDir(path(u"data"_s)).removeRecursively());
    const QString checkpoint = writeFile(path(u"a.pth"_s), "any");
    QVERIFY(findDemoSet({checkpoint, {u"/b.png"_s}}));
    QVERIFY(!findDemoSet({checkpoint, {}}));
    QVERIFY(!findDemoSet({path(u"gone.pth"_s), {u"/b.png"_s}}));
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
    const QString changed = path(u"data/demo/"_s + file);
    QVERIFY(QFile::remove(changed));
    if (!content.isEmpty())
        writeFile(changed, content);
    const auto set = findDemoSet();
    QVERIFY(!set);
    QVERIFY2(set.error().message.contains(said), qPrintable(set.error().message));
}

void TestDemoSet::writesWhereNothingIsOverwritten()
{
    const QString folder = path(u"new/deep"_s);
    QVERIFY(!whyNotDemoFolder(folder, charts));
    QVERIFY(!QDir(path(u"new"_s)).exists());
    QVERIFY(writeDemoReport(folder, u"a table"_s));
    QVERIFY(readFile(folder + u"/vitrine-demo.txt"_s).contains("a table"));
    writeFile(path(u"mixed/notes.txt"_s), "mine");
    QVERIFY(!whyNotDemoFolder(path(u"mixed"_s), charts));
}

void TestDemoSet::writesOverAnEarlierDemo()
{
    const QString folder = path(u"out"_s);
    QVERIFY(writeDemoReport(folder, u"first"_s));
    writeFile(folder + u"/size.png"_s, "a chart");
    QVERIFY(!whyNotDemoFolder(folder, charts));
}

void TestDemoSet::leavesFilesOfOthersAlone_data()
{
    QTest::addColumn<QString>("file");
    QTest::newRow("a chart's name") << u"size.svg"_s;
    QTest::newRow("the report's name") << u"vitrine-demo.txt"_s;
}

void TestDemoSet::leavesFilesOfOthersAlone()
{
    QFETCH(QString, file);
    writeFile(path(u"out/"_s + file), "mine");
    const auto reason = whyNotDemoFolder(path(u"out"_s), charts);
    QVERIFY(reason);
    QVERIFY2(reason->message.contains(file) && reason->message.contains(u"--out"_s),
             qPrintable(reason->message));
}

void TestDemoSet::saysThatAFolderCannotBeWritten()
{
    writeFile(path(u"file"_s), "not a folder");
    QVERIFY(whyNotDemoFolder(path(u"file"_s), charts));
    QVERIFY(whyNotDemoFolder(path(u"file/below"_s), charts));
    QVERIFY(!writeDemoReport(path(u"file/below"_s), {}));
    if (geteuid() == 0)
        return; // may write anywhere
    QFile::setPermissions(m_folder->path(), QFile::ReadOwner | QFile::ExeOwner);
    QVERIFY(whyNotDemoFolder(path(u"new"_s), charts));
    QFile::setPermissions(m_folder->path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
}

QTEST_GUILESS_MAIN(TestDemoSet)
#include "tst_demo_set.moc"
