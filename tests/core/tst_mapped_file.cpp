#include "core/base/literals.h"
#include "core/checkpoint/checkpoint.h"
#include "core/checkpoint/mapped_file.h"
#include "core/model/deit.h"
#include "tests/support/files.h"
#include "tests/support/test_data.h"

#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cstdio>
#include <thread>

using namespace vitrine;
using namespace vitrine::test;

namespace {

constexpr qint64 pages = 64;
constexpr qint64 pageSize = 4096;

qint64 sumOf(Bytes bytes)
{
    qint64 sum = 0;
    for (const std::byte byte : bytes)
        sum += qint64(byte);
    return sum;
}

} // namespace

/// Files that somebody changes while they are read.
class TestMappedFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { writeFile(m_path, QByteArray(pages * pageSize, '\x01')); }
    void anUntouchedFileIsWhole();
    void aFileCutShortReadsAsZerosAndIsToldOf_data();
    void aFileCutShortReadsAsZerosAndIsToldOf();
    void anyThreadMayReadWhatIsGone();
    void manyFilesMayBeOpen();
    void whenMemoryCannotHoldItThatIsSaid();
    void whatTheSystemMakesUpIsNotRead();
    void aNameThatIsNoTextIsTold();
    void aFileWrittenAnewIsToldOf();
    void aCheckpointCutShortIsAnError();
    void weightsCutShortAreNotWritten();

private:
    QTemporaryDir m_folder;
    QString m_path = m_folder.filePath(u"model.bin"_s);
};

void TestMappedFile::anUntouchedFileIsWhole()
{
    const auto file = MappedFile::open(m_path);
    QVERIFY(file);
    QCOMPARE(sumOf((*file)->bytes()), pages * pageSize);
    QVERIFY(!(*file)->whyNotWhole());
}

void TestMappedFile::aFileCutShortReadsAsZerosAndIsToldOf_data()
{
    QTest::addColumn<qint64>("kept");
    QTest::newRow("to nothing") << qint64(0);
    QTest::newRow("to a few pages") << 5 * pageSize;
    QTest::newRow("in the middle of a page") << 5 * pageSize + 100;
    QTest::newRow("by less than a page") << pages * pageSize - 1;
}

void TestMappedFile::aFileCutShortReadsAsZerosAndIsToldOf()
{
    QFETCH(qint64, kept);
    const auto file = MappedFile::open(m_path);
    QVERIFY(file);
    QVERIFY(QFile::resize(m_path, kept));
    QCOMPARE(sumOf((*file)->bytes()), kept);
    const auto error = (*file)->whyNotWhole();
    QVERIFY(error);
    QVERIFY2(error->message.contains(u"model.bin: it was changed or cut short while it was read"_s),
             qPrintable(error->message));
}

void TestMappedFile::anyThreadMayReadWhatIsGone()
{
    const auto file = MappedFile::open(m_path);
    QVERIFY(file);
    QVERIFY(QFile::resize(m_path, 0));
    std::vector<std::thread> threads;
    std::vector<qint64> sums(4, -1);
    for (std::size_t i = 0; i < sums.size(); ++i)
        threads.emplace_back([&, i] { sums[i] = sumOf((*file)->bytes()); });
    for (std::thread& thread : threads)
        thread.join();
    QCOMPARE(sums, std::vector<qint64>(4, 0));
}

void TestMappedFile::manyFilesMayBeOpen()
{
    std::vector<std::shared_ptr<const MappedFile>> files;
    for (int i = 0; i < 100; ++i) {
        const auto file = MappedFile::open(m_path);
        QVERIFY(file);
        files.push_back(*file);
    }
    QVERIFY(QFile::resize(m_path, 0));
    for (const auto& file : files) {
        QCOMPARE(sumOf(file->bytes()), 0);
        QVERIFY(file->whyNotWhole());
    }
    // Whoever comes later into the same places has no fault of theirs.
    files.clear();
    init();
    anUntouchedFileIsWhole();
}

void TestMappedFile::whenMemoryCannotHoldItThatIsSaid()
{
    constexpr qint64 sparse = qint64(1) << 43;
    constexpr int more = 20; // than 47 bits of addresses have room for
    if (!QFile::resize(m_path, sparse))
        QSKIP("this file system has no files of 8 TB");
    std::vector<std::shared_ptr<const MappedFile>> opened;
    for (int i = 0; i < more; ++i) {
        const auto file = MappedFile::open(m_path);
        if (!file) {
            const QString& message = file.error().message;
            QVERIFY2(message.startsWith(u"model.bin: it cannot be read: Cannot allocate memory; close"_s),
                     qPrintable(message));
            return;
        }
        opened.push_back(*file);
    }
    QFAIL("160 TB were mapped");
}

/// Reading them may wait for ever, as /proc/kmsg does.
void TestMappedFile::whatTheSystemMakesUpIsNotRead()
{
    const QString path = u"/proc/version"_s;
    if (!QFileInfo(path).isFile())
        QSKIP("there is no /proc");
    const auto file = MappedFile::open(path);
    QVERIFY(!file);
    QVERIFY2(file.error().message.contains(u"the system makes up its content while it is read"_s),
             qPrintable(file.error().message));
    writeFile(m_path, {});
    QVERIFY(MappedFile::open(m_path));
}

void TestMappedFile::aNameThatIsNoTextIsTold()
{
    const QByteArray name = QFile::encodeName(m_folder.path()) + "/m\xff.pt";
    std::FILE* file = std::fopen(name.constData(), "w");
    QVERIFY(file);
    std::fclose(file);
    const auto opened = MappedFile::open(QFile::decodeName(name));
    QVERIFY(!opened);
    QVERIFY2(
        opened.error().message.endsWith(u"its name is not in UTF-8, so it cannot be opened; rename it"_s),
        qPrintable(opened.error().message));
    QVERIFY(QFile::remove(m_path));
    QVERIFY(MappedFile::open(m_path).error().message.contains(u"there is no such file"_s));
    std::remove(name.constData());
}

void TestMappedFile::aFileWrittenAnewIsToldOf()
{
    const auto file = MappedFile::open(m_path);
    QVERIFY(file);
    QTest::qSleep(20); // Linux stamps files by its timer, 100 times a second or more often.
    writeFile(m_path, QByteArray(pages * pageSize, '\x02'));
    QVERIFY((*file)->whyNotWhole());
}

void TestMappedFile::aCheckpointCutShortIsAnError()
{
    const QString path = writeFile(m_folder.filePath(u"tiny.safetensors"_s), readFile(tinyCheckpoint()));
    const auto checkpoint = readCheckpoint(path);
    QVERIFY(checkpoint);
    QVERIFY(!checkpoint->whyNotWhole());
    QVERIFY(QFile::resize(path, 4096));
    for (const CheckpointTensor& tensor : checkpoint->tensors) {
        std::vector<float> values(std::size_t(tensor.count()));
        tensor.copyTo(values);
    }
    QVERIFY(checkpoint->whyNotWhole());
}

void TestMappedFile::weightsCutShortAreNotWritten()
{
    const QString path = writeFile(m_folder.filePath(u"tiny.safetensors"_s), readFile(tinyCheckpoint()));
    const auto weights = readDeit(path, {});
    QVERIFY(weights);
    QVERIFY(QFile::resize(path, 4096));
    const Status written = writeDeit(*weights, m_folder.filePath(u"copy.safetensors"_s));
    QVERIFY(!written);
    QVERIFY2(written.error().message.contains(u"cut short"_s), qPrintable(written.error().message));
}

QTEST_GUILESS_MAIN(TestMappedFile)
#include "tst_mapped_file.moc"
