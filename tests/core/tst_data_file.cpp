#include "core/base/data_file.h"
#include "core/base/literals.h"
#include "tests/support/files.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace vitrine;

class TestDataFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { qunsetenv("VITRINE_DATA_DIR"); }
    void theStatedFolderIsLookedInAlone();
    void aMissingFileNamesTheFolders();
    void aFolderIsNoFile();
};

void TestDataFile::theStatedFolderIsLookedInAlone()
{
    const QTemporaryDir folder;
    const QString file = test::writeFile(folder.filePath(u"demo/demo.json"_s), "{}");
    qputenv("VITRINE_DATA_DIR", QFile::encodeName(folder.path()));
    const auto found = findDataFile(u"demo/demo.json"_s);
    QVERIFY(found);
    QCOMPARE(*found, file);
    const auto missing = findDataFile(u"demo/other.json"_s);
    QVERIFY(!missing);
    QVERIFY(missing.error().message.contains(folder.path()));
    QVERIFY(!missing.error().message.contains(u"share/vitrine"_s));
}

void TestDataFile::aMissingFileNamesTheFolders()
{
    const auto missing = findDataFile(u"no/such.file"_s);
    QVERIFY(!missing);
    QCOMPARE(missing.error().kind, ErrorKind::NotFound);
    const QString besideTheBuild =
        QDir::cleanPath(QCoreApplication::applicationDirPath() + u"/../share/vitrine"_s);
    QVERIFY2(missing.error().message.contains(besideTheBuild), qPrintable(missing.error().message));
    QVERIFY(missing.error().message.contains(u"no/such.file"_s));
    QVERIFY(missing.error().message.contains(u"VITRINE_DATA_DIR"_s));
}

void TestDataFile::aFolderIsNoFile()
{
    const QTemporaryDir folder;
    QVERIFY(QDir(folder.path()).mkpath(u"demo"_s));
    qputenv("VITRINE_DATA_DIR", QFile::encodeName(folder.path()));
    QVERIFY(!findDataFile(u"demo"_s));
}

QTEST_GUILESS_MAIN(TestDataFile)
#include "tst_data_file.moc"
