#include "tests/app/engines_process.h"
#include "tests/support/files.h"
#include "tests/support/model_files.h"

#include <QDir>
#include <QTemporaryDir>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

using namespace vitrine;
using namespace vitrine::test;

namespace {

constexpr qsizetype gigabyte = 1 << 30;

void writePipe(const QString& path)
{
    if (::mkfifo(QFile::encodeName(path).constData(), 0600) != 0)
        qFatal("cannot make %s", qPrintable(path));
}

void writeSocket(const QString& path)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const QByteArray name = QFile::encodeName(path);
    std::copy_n(name.constData(), std::min(std::size_t(name.size()), sizeof address.sun_path - 1),
                std::begin(address.sun_path));
    const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
    if (::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0)
        qFatal("cannot make %s", qPrintable(path));
    ::close(socket);
}

/// A script of 1 MB, one part of which inflates to a thousand times as much.
void writeBomb(const QString& path, const QString& part)
{
    const QString whole = writeScript(path + u".whole"_s);
    QList<std::pair<QString, QByteArray>> entries{{u"model/"_s + part, QByteArray(gigabyte, ' ')}};
    editZip(whole, path, [&](const QString& name, const QByteArray& content) {
        if (name != part)
            entries.append({u"model/"_s + name, content});
        return content;
    });
    QFile::remove(whole);
    writeZip(path, entries, ZipMethod::Deflated);
}

void writeManyEntries(const QString& path)
{
    constexpr int count = 1'000'000;
    QList<std::pair<QString, QByteArray>> entries;
    entries.reserve(count);
    for (int i = 0; i < count; ++i)
        entries.append({u"model/data/%1"_s.arg(i), {}});
    writeZip(path, entries);
}

} // namespace

/// What is named as a model or a picture and is no file, or inflates without end.
class TestOddFiles : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyCommandRefusesIt_data();
    void everyCommandRefusesIt();
    void itIsNoPicture_data();
    void itIsNoPicture();

private:
    QString file(const QString& name) const { return m_folder.filePath(name); }

    QTemporaryDir m_folder;
    QString m_set;
    QString m_image;
};

void TestOddFiles::initTestCase()
{
    m_set = writeVariantSet(file(u"set"_s), {VariantKind::Scripted});
    m_image = writeImage(file(u"image.png"_s));
    QVERIFY(QDir().mkdir(file(u"empty"_s)));
    writePipe(file(u"pipe.pt"_s));
    writeSocket(file(u"socket.pt"_s));
    writeBomb(file(u"data bomb.pt"_s), u"data.pkl"_s);
    writeBomb(file(u"code bomb.pt"_s), u"code/__torch__.py"_s);
    writeBomb(file(u"weights bomb.pt"_s), u"data/0"_s);
    writeManyEntries(file(u"many.pt"_s));
}

void TestOddFiles::everyCommandRefusesIt_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("said");
    const QByteArray notAFile("a device or a pipe");
    QTest::newRow("a pipe that nobody writes to") << file(u"pipe.pt"_s) << notAFile;
    QTest::newRow("a device without an end") << u"/dev/zero"_s << notAFile;
    QTest::newRow("a socket") << file(u"socket.pt"_s) << notAFile;
    QTest::newRow("an empty folder") << file(u"empty"_s) << QByteArray("holds no vitrine.json");
    for (const char* name : {"data bomb.pt", "code bomb.pt", "weights bomb.pt"})
        QTest::newRow(name) << file(QString::fromLatin1(name)) << QByteArray("1073741824 bytes");
    QTest::newRow("a million entries") << file(u"many.pt"_s) << QByteArray("more than 200000 entries");
}

void TestOddFiles::itIsNoPicture_data()
{
    QTest::addColumn<QString>("path");
    for (const QString& name : {u"pipe.pt"_s, u"socket.pt"_s, u"empty"_s, u"data bomb.pt"_s})
        QTest::newRow(qPrintable(name)) << file(name);
    QTest::newRow("a device without an end") << u"/dev/zero"_s;
}

void TestOddFiles::everyCommandRefusesIt()
{
    QFETCH(QString, path);
    QFETCH(QByteArray, said);
    const QString out = file(u"out"_s);
    for (const QStringList& arguments :
         {QStringList{u"inspect"_s, path}, QStringList{u"classify"_s, m_image, u"--model"_s, path},
          QStringList{u"compare"_s, u"--model"_s, path, u"--image"_s, m_image, u"--no-probe"_s},
          QStringList{u"probe"_s, path}, QStringList{u"build"_s, path, u"--out"_s, out}}) {
        const Run run = runVitrine(arguments, withFakeEngines());
        const QByteArray what = arguments.join(u' ').toUtf8() + ": " + run.out + run.err;
        const bool isTold = arguments.first() == u"inspect"_s && run.status == 0; // as what it is
        QVERIFY2(isTold || run.status == 1, what);
        QVERIFY2(run.errorLines() == (isTold ? 0 : 1), what);
        QVERIFY2((isTold ? run.out : run.err).contains(said), what);
        QVERIFY2(!QFile::exists(out), what);
    }
}

void TestOddFiles::itIsNoPicture()
{
    QFETCH(QString, path);
    const Run run = runVitrine({u"classify"_s, path, u"--set"_s, m_set}, withFakeEngines());
    VITRINE_COMPARE_STATUS(run, 1);
    QCOMPARE(run.errorLines(), 1);
    QVERIFY2(run.err.contains(path.toUtf8()), run.err);
}

QTEST_GUILESS_MAIN(TestOddFiles)
#include "tst_odd_files.moc"
