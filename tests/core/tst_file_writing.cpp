#include "core/base/file_writing.h"
#include "core/base/literals.h"
#include "core/host/remembered_files.h"
#include "tests/support/file_size_limit.h"
#include "tests/support/files.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace vitrine;
using namespace vitrine::test;

namespace {

/// Whether a child of this process was killed in the middle of `write`, at its first 1,000 bytes.
template <typename Write>
bool isKilledAmid(Write write)
{
    const pid_t child = fork();
    if (child == 0) {
        const FileSizeLimit limit(1'000);
        std::signal(SIGXFSZ, SIG_DFL);
        write();
        _exit(0);
    }
    int status = 0;
    return waitpid(child, &status, 0) == child && WIFSIGNALED(status);
}

} // namespace

/// What is written is there whole, or what was there before is.
class TestFileWriting : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void newContentTakesTheOldOnesPlace();
    void whatDoesNotFitLeavesTheOld_data();
    void whatDoesNotFitLeavesTheOld();
    void aKillInTheMiddleLeavesTheOld();
    void aKillWhileSomethingIsRememberedLosesNothing();
    void aFullDeviceIsAnError();
    void aPipeGetsWhatIsWritten();
    void aMissingFolderIsNamed();

private:
    QString file(const QString& name) const { return m_folder.filePath(name); }

    QTemporaryDir m_folder;
};

void TestFileWriting::newContentTakesTheOldOnesPlace()
{
    const QString path = writeFile(file(u"results.json"_s), "old and longer");
    QVERIFY(writeFileAtomically(path, "new"));
    QCOMPARE(readFile(path), "new");
    QVERIFY(writeFileAtomically(path, {}));
    QCOMPARE(readFile(path), QByteArray());
}

void TestFileWriting::whatDoesNotFitLeavesTheOld_data()
{
    QTest::addColumn<int>("size");
    QTest::newRow("all of it in the buffer of QSaveFile") << 5'000;
    QTest::newRow("more than the buffer") << 16 * 1024 + 10;
    QTest::newRow("much more") << 1'000'000;
}

void TestFileWriting::whatDoesNotFitLeavesTheOld()
{
    QFETCH(int, size);
    const QString path = writeFile(file(u"results.csv"_s), "good");
    Status written = Done{};
    {
        const FileSizeLimit limit(1'000);
        written = writeFileAtomically(path, QByteArray(size, 'x'));
    }
    QVERIFY(!written);
    QVERIFY2(written.error().message.contains(u"What was there before is unchanged."_s),
             qPrintable(written.error().message));
    QCOMPARE(readFile(path), "good");
    QCOMPARE(QDir(m_folder.path()).entryList(QDir::Files | QDir::Hidden).filter(u"results.csv"_s),
             QStringList{u"results.csv"_s});
}

void TestFileWriting::aKillInTheMiddleLeavesTheOld()
{
    const QString path = writeFile(file(u"killed.json"_s), "good");
    const QByteArray more(100'000, 'x');
    QVERIFY(isKilledAmid([&] { (void)writeFileAtomically(path, more); }));
    QCOMPARE(readFile(path), "good");

    QVERIFY(writeFileAtomically(path, more));
    QCOMPARE(readFile(path), more);
}

/// The killed one held the lock, too.
void TestFileWriting::aKillWhileSomethingIsRememberedLosesNothing()
{
    const RememberedFiles files(file(u"cache/files.json"_s));
    std::vector<QByteArray> more;
    for (int i = 0; i < 1'000; ++i)
        more.push_back(QCryptographicHash::hash(QByteArray::number(i), QCryptographicHash::Sha256));
    files.rememberBuilt({"first"});
    QVERIFY(isKilledAmid([&] { files.rememberBuilt(more); }));
    QVERIFY(files.isBuiltHere("first"));
    QVERIFY(!files.isBuiltHere(more.front()));

    files.rememberBuilt(more);
    QVERIFY(files.isBuiltHere("first") && files.areBuiltHere(more));
}

void TestFileWriting::aFullDeviceIsAnError()
{
    const QFileInfo device(u"/dev/full"_s);
    if (!device.exists() || device.isFile())
        QSKIP("needs /dev/full");
    // By a link, so that the device itself is safe from a test that runs as root.
    const QString link = file(u"link"_s);
    QVERIFY(QFile::link(device.filePath(), link));
    const Status written = writeFileAtomically(link, "some words");
    QVERIFY(!written);
    QVERIFY2(written.error().message.contains(u"link cannot be written"_s),
             qPrintable(written.error().message));
}

void TestFileWriting::aPipeGetsWhatIsWritten()
{
    const QString path = file(u"pipe"_s);
    QCOMPARE(mkfifo(QFile::encodeName(path).constData(), 0600), 0);
    const int reader = open(QFile::encodeName(path).constData(), O_RDONLY | O_NONBLOCK);
    QVERIFY(reader >= 0);
    QVERIFY(writeFileAtomically(path, "some words"));
    char words[20] = {};
    QCOMPARE(read(reader, words, sizeof words), 10);
    close(reader);
    QCOMPARE(words, "some words");
    QVERIFY(!QFileInfo(path).isFile());
}

void TestFileWriting::aMissingFolderIsNamed()
{
    const Status written = writeFileAtomically(file(u"nowhere/results.json"_s), "{}");
    QVERIFY(!written);
    QCOMPARE(written.error().kind, ErrorKind::NotFound);
}

QTEST_GUILESS_MAIN(TestFileWriting)
#include "tst_file_writing.moc"
