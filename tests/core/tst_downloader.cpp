#include "core/base/literals.h"
#include "core/fetch/downloader.h"
#include "core/fetch/fetch_places.h"
#include "tests/support/files.h"
#include "tests/support/http_server.h"

#include <QCryptographicHash>
#include <QDir>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QFile>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <csignal>
#include <sys/resource.h>
#include <unistd.h>

using namespace vitrine;
using namespace std::chrono_literals;
using test::HttpReply;
using test::HttpRequestSeen;

namespace {

const QString fileName = u"model.pth"_s;

/// Bytes that differ everywhere, so that a part in the wrong place is noticed.
QByteArray someBytes(int count, char salt = 0)
{
    QByteArray bytes;
    bytes.reserve(count);
    for (int i = 0; bytes.size() < count; ++i)
        bytes += QByteArray::number(i * 7 + salt) + ' ';
    return bytes.left(count);
}

CatalogueEntry entryOf(const QByteArray& body)
{
    CatalogueEntry entry;
    entry.name = u"model"_s;
    entry.file = fileName;
    const QByteArray hash = QCryptographicHash::hash(body, QCryptographicHash::Sha256).toHex();
    entry.sha256 = QString::fromLatin1(hash.left(8));
    return entry;
}

HttpReply replyOf(const QByteArray& body, const QByteArray& etag = {})
{
    HttpReply reply;
    reply.body = body;
    reply.etag = etag;
    return reply;
}

HttpReply statusOf(int status)
{
    HttpReply reply;
    reply.status = status;
    reply.body = "Sorry.";
    return reply;
}

QByteArray sha256Of(const QByteArray& body)
{
    return QCryptographicHash::hash(body, QCryptographicHash::Sha256).toHex();
}

/// As `git hash-object` gives it.
QByteArray gitHashOf(const QByteArray& body)
{
    return QCryptographicHash::hash("blob " + QByteArray::number(body.size()) + '\0' + body,
                                    QCryptographicHash::Sha1)
        .toHex();
}

HttpReply redirectionTo(const QByteArray& location, const QByteArray& linkedEtag = {})
{
    HttpReply reply = statusOf(302);
    reply.location = location;
    reply.linkedEtag = linkedEtag;
    return reply;
}

/// Where a request goes on: all that had arrived when the connection broke, which may be less than was sent.
qint64 offsetOf(const HttpRequestSeen& request)
{
    const QByteArray range = request.headers.value("range");
    return range.startsWith("bytes=") && range.endsWith('-') ? range.mid(6).chopped(1).toLongLong() : -1;
}

} // namespace

/// The downloader against a server that misbehaves.
class TestDownloader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void aFileArrives();
    void aFileThatIsThereIsNotAskedFor();
    void aWrongFileThatIsThereIsReplaced();
    void foldersAreMade();
    void unknownLengthIsNoProblem();
    void progressIsToldWithSpeed();

    void aDropIsGoneOnFrom();
    void aDropWithoutAnyLengthIsFoundByTheHash();
    void aStallIsGoneOnFrom();
    void cancelKeepsThePart();
    void aLaterRunGoesOn();
    void ignoredRangeStartsOver();
    void aFileThatChangedStartsOver();
    void aFileThatChangedUnnoticedStartsOver();
    void aPartThatIsWholeIsTaken();
    void aPartThatIsTooLongStartsOver();
    void aWrongRangeIsRefused();

    void passingTroubleIsTriedAgain_data();
    void passingTroubleIsTriedAgain();
    void lastingTroubleIsSaid_data();
    void lastingTroubleIsSaid();
    void redirectionsAreFollowed();
    void aCircleOfRedirectionsEnds();
    void aLoginPageLeavesThePartAlone();
    void wrongHashDeletesThePart();
    void cancelWorksBetweenTries();

    void theHashThatTheServerStatesIsChecked_data();
    void theHashThatTheServerStatesIsChecked();
    void aHashIsLookedForBehindRedirections();
    void aHashIsNotTakenFromAnUnsafePlace();
    void withoutAnyHashNothingIsAskedFor();
    void aServerWithoutTheFileSaysSo();
    void whatIsThereIsComparedWithWhatTheServerStates_data();
    void whatIsThereIsComparedWithWhatTheServerStates();
    void aRedirectionsOwnTagIsNotTheFiles();
    void settingsMayLackAHash();
    void settingsThatAreThereAreTheUsers();
    void aStallBeforeTheHashIsTriedAgain();
    void severalFilesLieInTheirFolder();

    void nobodyListens();
    void unknownHostIsSaid();
    void aFolderThatCannotBeWrittenIsSaid();
    void aFileInPlaceOfTheFolderIsSaid();
    void moreThanTheDiskHoldsIsNotBegun();
    void aWriteThatFailsIsSaid();
    void twoAtOnceDoNotMix();
    void aLockOfAnotherComputerSaysWhatToRemove();
    void theProxyOfTheEnvironmentIsUsed();
    void destructionKeepsThePart();
    void oneAfterTheOther();

private:
    QString path(const QString& name = fileName) const { return m_folder->filePath(name); }
    QString part() const { return path(fileName + u".part"_s); }
    DownloadRequest request(const QByteArray& body) const;
    void start(const QByteArray& body) { m_downloader->start(request(body)); }
    bool waitForEnd();
    QString ending() const; ///< "finished", "was there", "cancelled N", or the error's message.
    QString fetch(const QByteArray& body);
    QString fetchAsStated(); ///< Of the hash that the server states.

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<test::HttpServer> m_server;
    std::unique_ptr<Downloader> m_downloader;
    std::unique_ptr<QSignalSpy> m_finished, m_failed, m_cancelled;
};

void TestDownloader::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_server = std::make_unique<test::HttpServer>();
    m_downloader = std::make_unique<Downloader>();
    m_downloader->setPatience({60s, {1ms, 1ms, 1ms}}); // a busy machine's silence is no stall
    m_finished = std::make_unique<QSignalSpy>(m_downloader.get(), &Downloader::finished);
    m_failed = std::make_unique<QSignalSpy>(m_downloader.get(), &Downloader::failed);
    m_cancelled = std::make_unique<QSignalSpy>(m_downloader.get(), &Downloader::cancelled);
}

void TestDownloader::cleanup()
{
    if (m_downloader)
        QVERIFY(!m_downloader->isRunning());
    QVERIFY2(!QFile::exists(path(fileName + u".lock"_s)), "the lock was left behind");
    m_downloader.reset();
}

DownloadRequest TestDownloader::request(const QByteArray& body) const
{
    return {entryOf(body), m_server->url(), m_folder->path()};
}

bool TestDownloader::waitForEnd()
{
    QEventLoop loop;
    connect(m_downloader.get(), &Downloader::finished, &loop, &QEventLoop::quit);
    connect(m_downloader.get(), &Downloader::failed, &loop, &QEventLoop::quit);
    QTimer::singleShot(60'000, &loop, &QEventLoop::quit);
    loop.exec();
    return !m_downloader->isRunning();
}

QString TestDownloader::ending() const
{
    if (m_finished->size() + m_failed->size() + m_cancelled->size() != 1)
        return u"not one end"_s;
    if (m_cancelled->size() == 1)
        return u"cancelled %1"_s.arg(m_cancelled->first()[0].toLongLong());
    if (m_failed->size() == 1)
        return m_failed->first()[0].value<Error>().message;
    return m_finished->first()[1].toBool() ? u"was there"_s : u"finished"_s;
}

QString TestDownloader::fetch(const QByteArray& body)
{
    for (QSignalSpy* spy : {m_finished.get(), m_failed.get(), m_cancelled.get()})
        spy->clear();
    start(body);
    return waitForEnd() ? ending() : u"no end"_s;
}

QString TestDownloader::fetchAsStated()
{
    DownloadRequest asStated = request({});
    asStated.entry.sha256.clear();
    m_downloader->start(asStated);
    return waitForEnd() ? ending() : u"no end"_s;
}

void TestDownloader::aFileArrives()
{
    const QByteArray body = someBytes(3'000'000);
    m_server->answer(fileName, {replyOf(body, "\"1\"")});
    QCOMPARE(fetch(body), u"finished"_s);
    QCOMPARE(m_finished->first()[0].toString(), path());
    QCOMPARE(test::readFile(path()), body);
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden), QStringList{fileName});
    QVERIFY(!m_server->requests().first().headers.contains("range"));
}

void TestDownloader::aFileThatIsThereIsNotAskedFor()
{
    const QByteArray body = someBytes(9'000'000);
    test::writeFile(path(), body);
    QCOMPARE(fetch(body), u"was there"_s);
    QCOMPARE(m_server->requests().size(), 0);
    QVERIFY(!QFile::exists(part()));
}

void TestDownloader::aWrongFileThatIsThereIsReplaced()
{
    const QByteArray body = someBytes(50'000);
    test::writeFile(path(), body.left(40'000));
    m_server->answer(fileName, {statusOf(404), replyOf(body)});
    QVERIFY(fetch(body).contains(u"404"_s));
    QCOMPARE(test::readFile(path()), body.left(40'000)); // untouched until there is something better
    QCOMPARE(fetch(body), u"finished"_s);
    QCOMPARE(test::readFile(path()), body);
}

void TestDownloader::foldersAreMade()
{
    const QByteArray body = someBytes(1000);
    m_server->answer(fileName, {replyOf(body)});
    DownloadRequest deep = request(body);
    deep.folder = path(u"a/b"_s);
    m_downloader->start(deep);
    QVERIFY(waitForEnd());
    QCOMPARE(test::readFile(path(u"a/b/model.pth"_s)), body);
}

void TestDownloader::unknownLengthIsNoProblem()
{
    const QByteArray body = someBytes(200'000);
    HttpReply reply = replyOf(body);
    reply.tellsLength = false;
    m_server->answer(fileName, {reply});
    QCOMPARE(fetch(body), u"finished"_s);
    QCOMPARE(test::readFile(path()), body);
}

void TestDownloader::progressIsToldWithSpeed()
{
    const QByteArray body = someBytes(4'000'000);
    HttpReply slow = replyOf(body);
    slow.chunkBytes = 8'000;
    m_server->answer(fileName, {slow});
    std::vector<DownloadProgress> seen;
    connect(m_downloader.get(), &Downloader::progressed, m_downloader.get(),
            [&seen](const DownloadProgress& progress) { seen.push_back(progress); });
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(fetch(body), u"finished"_s);
    // Each 50 ms, and at the few turns of events.
    QVERIFY2(seen.size() <= static_cast<std::size_t>(timer.elapsed() / 50 + 8),
             qPrintable(QString::number(seen.size())));
    qint64 before = 0;
    bool hadSpeed = false;
    for (const DownloadProgress& progress : seen) {
        QVERIFY(progress.receivedBytes >= before);
        before = progress.receivedBytes;
        hadSpeed = hadSpeed || (progress.bytesPerSecond > 0 && progress.remaining().has_value());
    }
    QVERIFY(hadSpeed);
    QCOMPARE(seen.back().receivedBytes, body.size());
    QCOMPARE(seen.back().totalBytes, body.size());
}

void TestDownloader::aDropIsGoneOnFrom()
{
    const QByteArray body = someBytes(2'000'000);
    HttpReply dropping = replyOf(body, "\"1\"");
    dropping.dropAfter = 600'000;
    m_server->answer(fileName, {dropping, dropping, dropping, replyOf(body, "\"1\"")});
    QCOMPARE(fetch(body), u"finished"_s);
    QCOMPARE(test::readFile(path()), body);
    const auto requests = m_server->requests();
    QCOMPARE(requests.size(), 4);
    QVERIFY(offsetOf(requests[1]) > 0 && offsetOf(requests[1]) <= 600'000);
    QCOMPARE(requests[1].headers.value("if-range"), QByteArray("\"1\""));
    QVERIFY(offsetOf(requests[3]) > offsetOf(requests[1]) && offsetOf(requests[3]) <= 1'800'000);
}

void TestDownloader::aDropWithoutAnyLengthIsFoundByTheHash()
{
    const QByteArray body = someBytes(100'000);
    HttpReply dropping = replyOf(body);
    dropping.tellsLength = false;
    dropping.dropAfter = 50'000;
    m_server->answer(fileName, {dropping});
    QVERIFY(fetch(body).contains(u"SHA-256"_s));
    QVERIFY(!QFile::exists(path()) && !QFile::exists(part()));
}

void TestDownloader::aStallIsGoneOnFrom()
{
    m_downloader->setPatience({500ms, {1ms, 1ms, 1ms}});
    const QByteArray body = someBytes(300'000);
    HttpReply stalling = replyOf(body);
    stalling.stallAfter = 100'000;
    m_server->answer(fileName, {stalling, replyOf(body)});
    QCOMPARE(fetch(body), u"finished"_s);
    QCOMPARE(test::readFile(path()), body);
    QVERIFY(offsetOf(m_server->requests()[1]) > 0 && offsetOf(m_server->requests()[1]) <= 100'000);
    stalling.stallAfter = 0;
    m_server->answer(fileName, {stalling});
    QVERIFY(QFile::remove(path()));
    QVERIFY(fetch(body).contains(u"does not answer"_s));
}

void TestDownloader::cancelKeepsThePart()
{
    const QByteArray body = someBytes(300'000);
    HttpReply stalling = replyOf(body, "\"1\"");
    stalling.stallAfter = 100'000;
    m_server->answer(fileName, {stalling});
    m_downloader->setPatience({60s, {}});
    start(body);
    QTRY_COMPARE_WITH_TIMEOUT(QFile(part()).size(), 100'000, 60'000);
    m_downloader->cancel();
    QVERIFY(!m_downloader->isRunning());
    QCOMPARE(ending(), u"cancelled 100000"_s);
    QCOMPARE(test::readFile(part()), body.left(100'000));
    QCOMPARE(keptBytes(entryOf(body), m_folder->path()), 100'000);
    QVERIFY(!isHere(entryOf(body), m_folder->path()));
    m_downloader->cancel(); // of nothing is nothing
    QCOMPARE(m_cancelled->size(), 1);
}

void TestDownloader::aLaterRunGoesOn()
{
    const QByteArray body = someBytes(9'000'000);
    HttpReply dropping = replyOf(body, "\"1\"");
    dropping.dropAfter = 5'000'000;
    m_server->answer(fileName, {dropping});
    m_downloader->setPatience({60s, {}});
    const QString said = fetch(body);
    QVERIFY2(said.contains(u"broke off"_s) && said.contains(u"kept"_s), qPrintable(said));
    m_downloader.reset();
    m_server->answer(fileName, {replyOf(body, "\"1\"")});

    Downloader later;
    const QSignalSpy finished(&later, &Downloader::finished);
    later.start(request(body));
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 60'000);
    QCOMPARE(test::readFile(path()), body);
    const qint64 offset = offsetOf(m_server->requests().back());
    QVERIFY(offset > 0 && offset <= 5'000'000);
    QCOMPARE(m_server->requests().back().headers.value("if-range"), QByteArray("\"1\""));
}

void TestDownloader::ignoredRangeStartsOver()
{
    const QByteArray body = someBytes(400'000);
    test::writeFile(part(), body.left(150'000));
    HttpReply whole = replyOf(body);
    whole.honoursRange = false;
    m_server->answer(fileName, {whole});
    QCOMPARE(fetch(body), u"finished"_s);
    QCOMPARE(test::readFile(path()), body);
    QCOMPARE(m_server->requests().size(), 1);
    QCOMPARE(m_server->requests()[0].headers.value("range"), QByteArray("bytes=150000-"));
}

void TestDownloader::aFileThatChangedStartsOver()
{
    const QByteArray body = someBytes(400'000);
    HttpReply old = replyOf(someBytes(400'000, 3), "\"old\"");
    old.dropAfter = 200'000;
    m_server->answer(fileName, {old, replyOf(body, "\"new\"")});
    QCOMPARE(fetch(body), u"finished"_s);
    QCOMPARE(test::readFile(path()), body);
    QVERIFY(m_server->requests().size() >= 2);
}

void TestDownloader::aFileThatChangedUnnoticedStartsOver()
{
    const QByteArray body = someBytes(400'000);
    HttpReply old = replyOf(someBytes(400'000, 3));
    old.dropAfter = 200'000;
    m_server->answer(fileName, {old, replyOf(body)});
    QCOMPARE(fetch(body), u"finished"_s);
    QCOMPARE(test::readFile(path()), body);
    QCOMPARE(m_server->requests().size(), 3);
    QVERIFY(!m_server->requests()[2].headers.contains("range"));
}

void TestDownloader::aPartThatIsWholeIsTaken()
{
    const QByteArray body = someBytes(100'000);
    test::writeFile(part(), body);
    m_server->answer(fileName, {replyOf(body)});
    QCOMPARE(fetch(body), u"finished"_s);
    QCOMPARE(test::readFile(path()), body);
    QCOMPARE(m_server->requests().size(), 1); // which was answered with 416
}

void TestDownloader::aPartThatIsTooLongStartsOver()
{
    const QByteArray body = someBytes(100'000);
    test::writeFile(part(), body + body);
    m_server->answer(fileName, {replyOf(body)});
    QCOMPARE(fetch(body), u"finished"_s);
    QCOMPARE(test::readFile(path()), body);
    QCOMPARE(m_server->requests().size(), 2);
}

void TestDownloader::aWrongRangeIsRefused()
{
    const QByteArray body = someBytes(300'000);
    HttpReply shifted = replyOf(body);
    shifted.rangeShift = 10;
    test::writeFile(part(), body.left(100'000));
    m_server->answer(fileName, {shifted});
    QCOMPARE(fetch(body), u"finished"_s); // from the beginning there is nothing to shift
    QCOMPARE(test::readFile(path()), body);
    QVERIFY(!m_server->requests()[1].headers.contains("range"));
}

void TestDownloader::passingTroubleIsTriedAgain_data()
{
    QTest::addColumn<int>("status");
    for (const int status : {408, 429, 500, 502, 503, 504})
        QTest::addRow("status %d", status) << status;
}

void TestDownloader::passingTroubleIsTriedAgain()
{
    QFETCH(int, status);
    const QByteArray body = someBytes(1000);
    m_server->answer(fileName, {statusOf(status), statusOf(status), replyOf(body)});
    QCOMPARE(fetch(body), u"finished"_s);
    QCOMPARE(m_server->requests().size(), 3);
    m_server->answer(fileName, {statusOf(status)});
    QVERIFY(QFile::remove(path()));
    const QString said = fetch(body);
    QVERIFY2(said.contains(QString::number(status)) && said.contains(u"later"_s), qPrintable(said));
    QCOMPARE(m_server->requests().size(), 3 + 4);
}

void TestDownloader::lastingTroubleIsSaid_data()
{
    QTest::addColumn<HttpReply>("reply");
    QTest::addColumn<QString>("said");
    HttpReply page;
    page.contentType = "text/html; charset=utf-8";
    page.body = "Log in here";
    QTest::newRow("a web page") << page << u"web page"_s;
    page.contentType = "application/octet-stream";
    page.body = "\n<!DOCTYPE html><html>Log in here</html>";
    QTest::newRow("a web page that hides") << page << u"web page"_s;
    QTest::newRow("not found") << statusOf(404) << u"There is no file at http://127.0.0.1"_s;
    QTest::newRow("gone") << statusOf(410) << u"410"_s;
    QTest::newRow("forbidden") << statusOf(403) << u"403"_s;
    QTest::newRow("a teapot") << statusOf(418) << u"418"_s;
}

void TestDownloader::lastingTroubleIsSaid()
{
    QFETCH(HttpReply, reply);
    QFETCH(QString, said);
    m_server->answer(fileName, {reply});
    const QString message = fetch(someBytes(100));
    QVERIFY2(message.contains(said), qPrintable(message));
    QCOMPARE(m_server->requests().size(), 1);
    QCOMPARE(m_failed->first()[0].value<Error>().kind, ErrorKind::Network);
    QVERIFY(QDir(m_folder->path()).isEmpty());
}

void TestDownloader::redirectionsAreFollowed()
{
    const QByteArray body = someBytes(300'000);
    HttpReply moved = statusOf(302);
    moved.location = m_server->url(u"elsewhere/f"_s).toEncoded();
    test::writeFile(part(), body.left(100'000));
    m_server->answer(fileName, {moved});
    m_server->answer(u"elsewhere/f"_s, {replyOf(body)});
    QCOMPARE(fetch(body), u"finished"_s);
    QCOMPARE(test::readFile(path()), body);
    QVERIFY(offsetOf(m_server->requests()[1]) > 0 && offsetOf(m_server->requests()[1]) <= 100'000);
}

void TestDownloader::aCircleOfRedirectionsEnds()
{
    HttpReply moved = statusOf(302);
    moved.location = m_server->url(fileName).toEncoded();
    m_server->answer(fileName, {moved});
    const QString message = fetch(someBytes(100));
    QVERIFY2(message.contains(u"without end"_s), qPrintable(message));
}

void TestDownloader::aLoginPageLeavesThePartAlone()
{
    const QByteArray body = someBytes(300'000);
    test::writeFile(part(), body.left(100'000));
    HttpReply page = replyOf("<html>Log in</html>");
    page.contentType = "text/html";
    page.honoursRange = false;
    m_server->answer(fileName, {page});
    const QString message = fetch(body);
    QVERIFY2(message.contains(u"web page"_s), qPrintable(message));
    QCOMPARE(test::readFile(part()), body.left(100'000));
}

void TestDownloader::wrongHashDeletesThePart()
{
    const QByteArray body = someBytes(100'000);
    m_server->answer(fileName, {replyOf(someBytes(100'000, 5))});
    const QString message = fetch(body);
    for (const QString& text : {fileName, entryOf(body).sha256, entryOf(someBytes(100'000, 5)).sha256})
        QVERIFY2(message.contains(text), qPrintable(message));
    QVERIFY(QDir(m_folder->path()).isEmpty());
    QCOMPARE(m_server->requests().size(), 1);
}

void TestDownloader::cancelWorksBetweenTries()
{
    m_downloader->setPatience({500ms, {1h}});
    m_server->answer(fileName, {statusOf(503)});
    QString step;
    connect(m_downloader.get(), &Downloader::progressed, m_downloader.get(),
            [&step](const DownloadProgress& progress) { step = progress.step; });
    start(someBytes(100));
    QTRY_VERIFY_WITH_TIMEOUT(step.contains(u"again in 3600 s"_s), 60'000);
    m_downloader->cancel();
    QCOMPARE(ending(), u"cancelled 0"_s);
    QVERIFY(QDir(m_folder->path()).isEmpty());
}

void TestDownloader::theHashThatTheServerStatesIsChecked_data()
{
    QTest::addColumn<QByteArray>("etag");
    QTest::addColumn<QString>("end");
    const QByteArray body = someBytes(2000);
    const auto row = [](const char* what, const QByteArray& etag, const char* end) {
        QTest::newRow(what) << etag << QString::fromLatin1(end);
    };
    row("the SHA-256 of the bytes", '"' + sha256Of(body) + '"', "finished");
    row("Git's hash of the file", '"' + gitHashOf(body) + '"', "finished");
    row("a weak one, in capitals", "W/\"" + gitHashOf(body).toUpper() + '"', "finished");
    row("another SHA-256", '"' + sha256Of("other") + '"', "SHA-256 should begin with");
    row("another hash of Git's", '"' + gitHashOf("other") + '"', "Git hash should begin with");
}

void TestDownloader::theHashThatTheServerStatesIsChecked()
{
    QFETCH(QByteArray, etag);
    QFETCH(QString, end);
    const QByteArray body = someBytes(2000);
    m_server->answer(fileName, {replyOf(body, etag)});

    const QString ended = fetchAsStated();

    QVERIFY2(ended.contains(end), qPrintable(ended));
    QCOMPARE(QFile::exists(path()), end == u"finished"_s);
    QVERIFY(!QFile::exists(part()));
    QCOMPARE(m_server->requests().front().method, QByteArray("HEAD"));
    QCOMPARE(m_server->requests().size(), 2);
}

void TestDownloader::aHashIsLookedForBehindRedirections()
{
    const QByteArray body = someBytes(2000);
    m_server->answer(fileName, {redirectionTo("/moved/model.pth")});
    m_server->answer(u"moved/model.pth"_s, {redirectionTo("/store/1", '"' + sha256Of(body) + '"')});
    m_server->answer(u"store/1"_s, {replyOf(body, "\"of the store\"")});

    QCOMPARE(fetchAsStated(), u"finished"_s);

    QCOMPARE(test::readFile(path()), body);
    QCOMPARE(m_server->requests().size(), 2 + 3); // the store itself states none
}

void TestDownloader::aHashIsNotTakenFromAnUnsafePlace()
{
    m_server->answer(fileName, {redirectionTo("file:///etc/passwd")});

    const QString ended = fetchAsStated();

    QVERIFY2(ended.contains(u"without encryption"_s), qPrintable(ended));
    QCOMPARE(m_server->requests().size(), 1);
}

void TestDownloader::withoutAnyHashNothingIsAskedFor()
{
    m_server->answer(fileName, {replyOf(someBytes(2000), "\"5f3b-1\"")});

    const QString ended = fetchAsStated();

    QVERIFY2(ended.contains(u"does not state the SHA-256"_s), qPrintable(ended));
    QCOMPARE(m_server->requests().size(), 1);
    QVERIFY(!QFile::exists(part()));
}

void TestDownloader::aServerWithoutTheFileSaysSo()
{
    const QString ended = fetchAsStated();

    QVERIFY2(ended.contains(u"There is no file at"_s), qPrintable(ended));
    QCOMPARE(m_server->requests().size(), 1);
}

void TestDownloader::whatIsThereIsComparedWithWhatTheServerStates_data()
{
    QTest::addColumn<QByteArray>("etag");
    QTest::addColumn<QByteArray>("here");
    QTest::addColumn<QString>("end");
    const QByteArray body = someBytes(2000);
    QTest::newRow("the right one, by SHA-256") << '"' + sha256Of(body) + '"' << body << u"was there"_s;
    QTest::newRow("the right one, by Git's hash") << '"' + gitHashOf(body) + '"' << body << u"was there"_s;
    QTest::newRow("another one") << '"' + sha256Of(body) + '"' << body.left(1000) << u"finished"_s;
    QTest::newRow("the server states nothing") << QByteArray() << body.left(1000) << u"was there"_s;
    QTest::newRow("the server does not have it") << QByteArray("404") << body.left(1000) << u"was there"_s;
}

void TestDownloader::whatIsThereIsComparedWithWhatTheServerStates()
{
    QFETCH(QByteArray, etag);
    QFETCH(QByteArray, here);
    QFETCH(QString, end);
    if (etag != "404")
        m_server->answer(fileName, {replyOf(someBytes(2000), etag)});
    test::writeFile(path(), here);

    QCOMPARE(fetchAsStated(), end);

    QCOMPARE(test::readFile(path()), end == u"finished"_s ? someBytes(2000) : here);
}

void TestDownloader::aRedirectionsOwnTagIsNotTheFiles()
{
    const QByteArray body = someBytes(2000);
    HttpReply leading = redirectionTo("/store/1");
    leading.etag = '"' + sha256Of("of the redirection") + '"';
    m_server->answer(fileName, {leading});
    m_server->answer(u"store/1"_s, {replyOf(body, '"' + sha256Of(body) + '"')});

    QCOMPARE(fetchAsStated(), u"finished"_s);
}

void TestDownloader::settingsMayLackAHash()
{
    m_server->answer(fileName, {replyOf("{}")});
    DownloadRequest settings = request({});
    settings.entry.sha256.clear();
    settings.mayLackHash = true;

    m_downloader->start(settings);

    QVERIFY(waitForEnd());
    QCOMPARE(ending(), u"finished"_s);
    QCOMPARE(test::readFile(path()), QByteArray("{}"));
}

void TestDownloader::settingsThatAreThereAreTheUsers()
{
    const QByteArray edited = "{\"edited\": true}";
    test::writeFile(path(), edited);
    DownloadRequest settings = request({});
    settings.entry.sha256.clear();
    settings.mayLackHash = true;

    m_downloader->start(settings);

    QVERIFY(waitForEnd());
    QCOMPARE(ending(), u"was there"_s);
    QCOMPARE(test::readFile(path()), edited);
    QVERIFY(m_server->requests().isEmpty());
}

void TestDownloader::aStallBeforeTheHashIsTriedAgain()
{
    const QByteArray body = someBytes(2000);
    m_server->answer(fileName, {statusOf(503), replyOf(body, '"' + sha256Of(body) + '"')});

    QCOMPARE(fetchAsStated(), u"finished"_s);

    QCOMPARE(m_server->requests().size(), 3);
}

void TestDownloader::severalFilesLieInTheirFolder()
{
    CatalogueEntry entry = entryOf(someBytes(2000));
    entry.folder = u"vit"_s;
    entry.beside = QStringList{u"config.json"_s};
    entry.address = u"https://example.org/main/"_s;
    const Catalogue files = filesOf(entry);
    QCOMPARE(files.size(), std::size_t(2));
    QCOMPARE(files.front().file, u"config.json"_s);
    QVERIFY(files.front().sha256.isEmpty());
    QCOMPARE(files.back().sha256, entry.sha256);

    const DownloadRequest onMirror{files.front(), m_server->url(), m_folder->path()};
    QCOMPARE(onMirror.url(), m_server->url(u"vit/config.json"_s));
    QCOMPARE(onMirror.target(), path(u"vit/config.json"_s));
    QCOMPARE(onMirror.model(), path(u"vit"_s));
    const DownloadRequest usual{files.back(), QUrl(QLatin1String(officialBaseUrl)), m_folder->path()};
    QCOMPARE(usual.url(), QUrl(u"https://example.org/main/model.pth"_s));

    test::writeFile(path(u"vit/model.pth"_s), "x");
    QVERIFY(!isHere(entry, m_folder->path()));
    test::writeFile(path(u"vit/config.json.part"_s), "xyz");
    QCOMPARE(keptBytes(entry, m_folder->path()), 3);
    test::writeFile(path(u"vit/config.json"_s), "{}");
    QVERIFY(isHere(entry, m_folder->path()));
}

void TestDownloader::nobodyListens()
{
    QTcpServer closed;
    QVERIFY(closed.listen(QHostAddress::LocalHost));
    const QString address = u"http://127.0.0.1:%1/"_s.arg(closed.serverPort());
    closed.close();
    DownloadRequest wanted = request(someBytes(100));
    wanted.baseUrl = QUrl(address);
    m_downloader->setPatience({60s, {1h}}); // a server that was never reached is not tried again
    m_downloader->start(wanted);
    QVERIFY(waitForEnd());
    QVERIFY2(ending().contains(u"refuses"_s), qPrintable(ending()));
}

void TestDownloader::unknownHostIsSaid()
{
    DownloadRequest wanted = request(someBytes(100));
    wanted.baseUrl = QUrl(u"http://no-such-host.invalid/"_s);
    m_downloader->setPatience({60s, {1h}});
    m_downloader->start(wanted);
    QVERIFY(waitForEnd());
    QVERIFY2(ending().contains(u"no-such-host.invalid"_s) && ending().contains(u"online"_s),
             qPrintable(ending()));
}

void TestDownloader::aFolderThatCannotBeWrittenIsSaid()
{
    if (geteuid() == 0)
        QSKIP("root may write anywhere");
    QVERIFY(QFile::setPermissions(m_folder->path(), QFile::ReadOwner | QFile::ExeOwner));
    const QString message = fetch(someBytes(100));
    QFile::setPermissions(m_folder->path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    QVERIFY2(message.contains(m_folder->path()), qPrintable(message));
    QCOMPARE(m_server->requests().size(), 0);
}

void TestDownloader::aFileInPlaceOfTheFolderIsSaid()
{
    DownloadRequest wanted = request(someBytes(100));
    wanted.folder = test::writeFile(path(u"file"_s), "x");
    m_downloader->start(wanted);
    QVERIFY(waitForEnd());
    QVERIFY2(ending().contains(wanted.folder), qPrintable(ending()));
    QCOMPARE(m_server->requests().size(), 0);
}

void TestDownloader::moreThanTheDiskHoldsIsNotBegun()
{
    const QByteArray body = someBytes(100'000);
    HttpReply huge = replyOf(body);
    huge.announcedBytes = 1'000'000'000'000'000'000;
    m_server->answer(fileName, {huge});
    const QString message = fetch(body);
    QVERIFY2(message.contains(u"too full"_s) && message.contains(m_folder->path()), qPrintable(message));
    QVERIFY(QDir(m_folder->path()).isEmpty());
}

void TestDownloader::aWriteThatFailsIsSaid()
{
    // Files of this process may not grow beyond a limit: to it, that is a disk that fills up.
    ::signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    QCOMPARE(getrlimit(RLIMIT_FSIZE, &before), 0);
    rlimit small = before;
    small.rlim_cur = 100'000;
    QCOMPARE(setrlimit(RLIMIT_FSIZE, &small), 0);
    const QByteArray body = someBytes(400'000);
    m_server->answer(fileName, {replyOf(body)});
    const QString message = fetch(body);
    QCOMPARE(setrlimit(RLIMIT_FSIZE, &before), 0);
    QVERIFY2(message.contains(fileName) && message.contains(u"written"_s), qPrintable(message));
    QCOMPARE(fetch(body), u"finished"_s); // what could be written is gone on with
    QCOMPARE(test::readFile(path()), body);
}

void TestDownloader::twoAtOnceDoNotMix()
{
    const QByteArray body = someBytes(300'000);
    HttpReply stalling = replyOf(body);
    stalling.stallAfter = 100'000;
    m_server->answer(fileName, {stalling});
    m_downloader->setPatience({60s, {}});
    start(body);
    QTRY_COMPARE_WITH_TIMEOUT(QFile(part()).size(), 100'000, 60'000);

    Downloader second;
    QSignalSpy failed(&second, &Downloader::failed);
    second.start(request(body));
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, 60'000);
    const QString message = failed[0][0].value<Error>().message;
    QVERIFY2(message.contains(u"already"_s) && message.contains(QString::number(getpid())),
             qPrintable(message));
    QCOMPARE(m_server->requests().size(), 1);
    m_downloader->cancel();
    QCOMPARE(test::readFile(part()), body.left(100'000));
}

void TestDownloader::aLockOfAnotherComputerSaysWhatToRemove()
{
    const QString lock = test::writeFile(path(fileName + u".lock"_s), "4242\nvitrine\nelsewhere\n");
    const QString message = fetch(someBytes(100));
    QFile::remove(lock);
    QVERIFY2(message.contains(u"process 4242 on elsewhere"_s), qPrintable(message));
    QVERIFY2(message.contains(u"remove "_s) && message.contains(lock), qPrintable(message));
}

void TestDownloader::theProxyOfTheEnvironmentIsUsed()
{
    const QByteArray body = someBytes(1000);
    m_server->answer(fileName, {replyOf(body)});
    qputenv("http_proxy", m_server->url().toEncoded());
    DownloadRequest wanted = request(body);
    wanted.baseUrl = QUrl(u"http://far-away.invalid/"_s);
    m_downloader->start(wanted);
    const bool hasEnded = waitForEnd();
    qunsetenv("http_proxy");
    QVERIFY(hasEnded);
    QCOMPARE(ending(), u"finished"_s);
    QCOMPARE(m_server->requests()[0].target, QByteArray("http://far-away.invalid/model.pth"));
}

void TestDownloader::destructionKeepsThePart()
{
    const QByteArray body = someBytes(300'000);
    HttpReply stalling = replyOf(body);
    stalling.stallAfter = 100'000;
    m_server->answer(fileName, {stalling});
    start(body);
    QTRY_COMPARE_WITH_TIMEOUT(QFile(part()).size(), 100'000, 60'000);
    m_downloader.reset();
    QCOMPARE(test::readFile(part()), body.left(100'000));
    QCOMPARE(m_failed->size() + m_finished->size() + m_cancelled->size(), 0);
}

void TestDownloader::oneAfterTheOther()
{
    const QByteArray body = someBytes(100'000);
    m_server->answer(fileName, {replyOf(body)});
    start(body);
    m_downloader->cancel(); // before the event loop ran
    QCOMPARE(ending(), u"cancelled 0"_s);
    QCOMPARE(fetch(body), u"finished"_s);
    QCOMPARE(fetch(body), u"was there"_s);
    QCOMPARE(m_server->requests().size(), 1);
}

QTEST_GUILESS_MAIN(TestDownloader)
#include "tst_downloader.moc"
