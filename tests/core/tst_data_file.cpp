#include "core/data_file.h"
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
    const QString file = test::writeFile(folder.filePath(QStringLiteral("demo/demo.json")), "{}");
    qputenv("VITRINE_DATA_DIR", QFile::encodeName(folder.path()));
    const auto found = findDataFile(QStringLiteral("demo/demo.json"));
    QVERIFY(found);
    QCOMPARE(*found, file);
    const auto missing = findDataFile(QStringLiteral("demo/other.json"));
    QVERIFY(!missing);
    QVERIFY(missing.error().message.contains(folder.path()));
    QVERIFY(!missing.error().message.contains(QStringLiteral("share/vitrine")));
}

void TestDataFile::aMissingFileNamesTheFolders()
{
    const auto missing = findDataFile(QStringLiteral("no/such.file"));
    QVERIFY(!missing);
    QCOMPARE(missing.error().kind, ErrorKind::NotFound);
    const QString besideTheBuild =
        QDir::cleanPath(QCoreApplication::applicationDirPath() + QStringLiteral("/../share/vitrine"));
    QVERIFY2(missing.error().message.contains(besideTheBuild), qPrintable(missing.error().message));
    QVERIFY(missing.error().message.contains(QStringLiteral("no/such.file")));
    QVERIFY(missing.error().message.contains(QStringLiteral("VITRINE_DATA_DIR")));
}

void TestDataFile::aFolderIsNoFile()
{
    const QTemporaryDir folder;
    QVERIFY(QDir(folder.path()).mkpath(QStringLiteral("demo")));
    qputenv("VITRINE_DATA_DIR", QFile::encodeName(folder.path()));
    QVERIFY(!findDataFile(QStringLiteral("demo")));
}

QTEST_GUILESS_MAIN(TestDataFile)
#include "tst_data_file.moc"
