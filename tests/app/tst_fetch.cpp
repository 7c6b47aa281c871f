#include "core/base/literals.h"
#include "tests/app/vitrine_process.h"
#include "tests/support/files.h"
#include "tests/support/http_server.h"
#include "tests/support/test_data.h"

#include <QCryptographicHash>
#include <QDir>
#include <QTemporaryDir>

#include <csignal>

using namespace vitrine;
using namespace vitrine::test;

/// `vitrine fetch` against a server on this machine, with a catalogue that has one small checkpoint more.
class TestFetch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void listsWhatThereIs();
    void listAsJson();
    void unknownNameSuggestsTheNearest();
    void theDefaultFolderIsTheUsersData();
    void downloadsWithoutBuilding();
    void whatIsThereIsNotDownloadedAgain();
    void printsJsonAlone();
    void failuresAreOneLine();
    void brokenCatalogueFails();
    void severalFilesAreAFolder();
    void whatEndsItKeepsThePart_data();
    void whatEndsItKeepsThePart();
    void buildsTheVariants();

private:
    QString file(const QString& name) const { return m_folder->filePath(name); }
    QStringList arguments(const QStringList& further) const;
    QByteArray checkpoint() const { return readFile(tinyCheckpoint()); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<HttpServer> m_server;
};

void TestFetch::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_server = std::make_unique<HttpServer>();
    HttpReply reply;
    reply.body = checkpoint();
    m_server->answer(u"tiny.safetensors"_s, {reply});
    const QByteArray sha256 = QCryptographicHash::hash(checkpoint(), QCryptographicHash::Sha256).toHex();
    writeFile(file(u"catalogue.json"_s),
              R"([{"name": "tiny", "file": "tiny.safetensors", "sha256": ")" + sha256 + R"("},
                  {"name": "absent", "file": "absent.pth", "sha256": "01234567"},
                  {"name": "wrong", "file": "tiny.safetensors", "sha256": "01234567"}])");
}

QStringList TestFetch::arguments(const QStringList& further) const
{
    return QStringList{u"fetch"_s,
                       u"--out"_s,
                       file(u"models"_s),
                       u"--base-url"_s,
                       m_server->url().toString(),
                       u"--catalogue"_s,
                       file(u"catalogue.json"_s)} +
           further;
}

void TestFetch::listsWhatThereIs()
{
    writeFile(file(u"models/deit_tiny_patch16_224-a1311bcf.pth"_s), "x");
    writeFile(file(u"models/tiny.safetensors.part"_s), QByteArray(1'500'000, 'x'));
    const Run run = runVitrine(arguments({u"--list"_s}));
    VITRINE_COMPARE_STATUS(run, 0);
    for (const char* text :
         {"deit-base-distilled-384", "87630032", "85.2 %", "97.2 %", "350.5 MB", "1.5 MB here"})
        QVERIFY2(run.out.contains(text), run.out.constData());
    for (const QByteArray& line : run.out.split('\n'))
        if (line.startsWith("deit-tiny "))
            QVERIFY2(line.endsWith("  here"), line.constData());
    QCOMPARE(run.err, QByteArray());
    QCOMPARE(m_server->requests().size(), 0);
}

void TestFetch::listAsJson()
{
    const Run run = runVitrine({u"fetch"_s, u"--list"_s, u"--json"_s});
    VITRINE_COMPARE_STATUS(run, 0);
    const QJsonArray list = run.json().array();
    QCOMPARE(list.size(), 9);
    const QJsonObject first = list[0].toObject();
    QCOMPARE(first[u"name"].toString(), u"deit-tiny"_s);
    QCOMPARE(first[u"parameters"].toInt(), 5'717'416);
    QCOMPARE(first[u"url"].toString(),
             u"https://dl.fbaipublicfiles.com/deit/deit_tiny_patch16_224-a1311bcf.pth"_s);
    QCOMPARE(list[8][u"url"].toString(),
             u"https://huggingface.co/google/vit-base-patch16-224/resolve/main/model.safetensors"_s);
    QCOMPARE(run.err, QByteArray());
}

void TestFetch::unknownNameSuggestsTheNearest()
{
    const Run run = runVitrine({u"fetch"_s, u"deit-tyni"_s});
    VITRINE_COMPARE_STATUS(run, 2);
    QVERIFY2(run.err.contains("Did you mean deit-tiny?"), run.err.constData());
    QVERIFY2(run.err.contains("deit-small-distilled, deit-base"), run.err.constData());
    QCOMPARE(run.errorLines(), 2);
}

void TestFetch::theDefaultFolderIsTheUsersData()
{
    QProcessEnvironment environment = withoutDisplay();
    environment.insert(u"XDG_DATA_HOME"_s, file(u"data"_s));
    environment.insert(u"VITRINE_CHECKPOINT_URL"_s, m_server->url().toString());
    environment.insert(u"VITRINE_CATALOGUE"_s, file(u"catalogue.json"_s));
    const Run run = runVitrine({u"fetch"_s, u"tiny"_s, u"--no-build"_s}, environment);
    VITRINE_COMPARE_STATUS(run, 0);
    const QString path = file(u"data/vitrine/models/tiny.safetensors"_s);
    QVERIFY2(run.out.contains(path.toUtf8()), run.out.constData());
    QCOMPARE(readFile(path), checkpoint());
}

void TestFetch::downloadsWithoutBuilding()
{
    const Run run = runVitrine(arguments({u"tiny"_s, u"--no-build"_s}));
    VITRINE_COMPARE_STATUS(run, 0);
    QCOMPARE(readFile(file(u"models/tiny.safetensors"_s)), checkpoint());
    QCOMPARE(QDir(file(u"models"_s)).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
             QStringList{u"tiny.safetensors"_s});
    QVERIFY2(run.err.contains("Fetching tiny.safetensors from http://127.0.0.1"), run.err.constData());
    QCOMPARE(run.errorLines(), 1);
}

void TestFetch::whatIsThereIsNotDownloadedAgain()
{
    writeFile(file(u"models/tiny.safetensors"_s), checkpoint());
    const Run run = runVitrine(arguments({u"tiny"_s, u"--no-build"_s}));
    VITRINE_COMPARE_STATUS(run, 0);
    QVERIFY2(run.out.contains("already"), run.out.constData());
    QCOMPARE(m_server->requests().size(), 0);
}

void TestFetch::printsJsonAlone()
{
    const Run run = runVitrine(arguments({u"tiny"_s, u"--no-build"_s, u"--json"_s}));
    VITRINE_COMPARE_STATUS(run, 0);
    const QJsonObject json = run.json().object();
    QCOMPARE(json[u"path"].toString(), file(u"models/tiny.safetensors"_s));
    QCOMPARE(json[u"was_there"].toBool(), false);
    QVERIFY(json[u"set"].isNull());
}

void TestFetch::failuresAreOneLine()
{
    for (const auto& [name, said] : {std::pair("absent", "404"), std::pair("wrong", "SHA-256")}) {
        const Run run = runVitrine(arguments({QString::fromLatin1(name), u"--no-build"_s}));
        VITRINE_COMPARE_STATUS(run, 1);
        QVERIFY2(run.err.contains(said), run.err.constData());
        QCOMPARE(run.errorLines(), 2); // what is fetched, and why it is not
        QCOMPARE(run.out, QByteArray());
    }
    QVERIFY(QDir(file(u"models"_s)).isEmpty());
}

void TestFetch::brokenCatalogueFails()
{
    writeFile(file(u"catalogue.json"_s), "{}");
    const Run run = runVitrine(arguments({u"--list"_s}));
    VITRINE_COMPARE_STATUS(run, 1);
    QVERIFY2(run.err.contains("catalogue.json"), run.err.constData());
}

void TestFetch::severalFilesAreAFolder()
{
    writeFile(file(u"catalogue.json"_s),
              R"([{"name": "vit", "file": "tiny.safetensors", "sha256": "server", "folder": "vit-tiny",
                   "beside": ["config.json"]}])");
    const auto stated = [](const QByteArray& body) {
        HttpReply reply;
        reply.body = body;
        reply.etag = '"' + QCryptographicHash::hash(body, QCryptographicHash::Sha256).toHex() + '"';
        return reply;
    };
    m_server->answer(u"vit-tiny/tiny.safetensors"_s, {stated(checkpoint())});
    m_server->answer(u"vit-tiny/config.json"_s, {stated("{}")});

    const Run run = runVitrine(arguments({u"vit"_s, u"--no-build"_s, u"--json"_s}));

    VITRINE_COMPARE_STATUS(run, 0);
    QCOMPARE(run.json()[u"path"].toString(), file(u"models/vit-tiny"_s));
    QCOMPARE(QDir(file(u"models/vit-tiny"_s)).entryList(QDir::Files | QDir::Hidden),
             QStringList({u"config.json"_s, u"tiny.safetensors"_s}));
    const Run again = runVitrine(arguments({u"vit"_s, u"--no-build"_s}));
    QVERIFY2(again.out.contains("vit-tiny was there already"), again.out);
    QCOMPARE(m_server->requests().size(), 5); // what the model's hash is now
}

void TestFetch::whatEndsItKeepsThePart_data()
{
    QTest::addColumn<int>("signal");
    QTest::newRow("SIGINT") << SIGINT;
    QTest::newRow("SIGTERM") << SIGTERM;
    QTest::newRow("SIGKILL") << SIGKILL;
}

void TestFetch::whatEndsItKeepsThePart()
{
    QFETCH(int, signal);
    HttpReply stalling;
    stalling.body = checkpoint();
    stalling.stallAfter = 1000;
    m_server->answer(u"tiny.safetensors"_s, {stalling});
    const QString part = file(u"models/tiny.safetensors.part"_s);
    QProcess process;
    process.setProcessEnvironment(withoutDisplay());
    process.start(QStringLiteral(VITRINE_EXECUTABLE), arguments({u"tiny"_s}));
    QTRY_COMPARE_WITH_TIMEOUT(QFile(part).size(), 1000, 60'000);
    ::kill(static_cast<pid_t>(process.processId()), signal);
    QVERIFY(process.waitForFinished(60'000));
    const QByteArray said = process.readAllStandardError();
    QCOMPARE(process.exitStatus(), signal == SIGKILL ? QProcess::CrashExit : QProcess::NormalExit);
    if (signal != SIGKILL) {
        QCOMPARE(process.exitCode(), 128 + signal);
        QVERIFY2(said.contains("stopped. 1.0 kB are kept in " + part.toUtf8()), said.constData());
    }
    QCOMPARE(readFile(part), checkpoint().left(1000));
    QVERIFY(!QFile::exists(file(u"models/tiny.safetensors"_s)));

    stalling.stallAfter = -1;
    m_server->answer(u"tiny.safetensors"_s, {stalling});
    const Run run = runVitrine(arguments({u"tiny"_s, u"--no-build"_s}));
    VITRINE_COMPARE_STATUS(run, 0);
    QCOMPARE(m_server->requests().back().headers.value("range"), QByteArray("bytes=1000-"));
    QCOMPARE(readFile(file(u"models/tiny.safetensors"_s)), checkpoint());
}

void TestFetch::buildsTheVariants()
{
    VITRINE_REQUIRE_TORCH();
    const Run first = runVitrine(arguments({u"tiny"_s}));
    VITRINE_COMPARE_STATUS(first, 0);
    QVERIFY2(first.out.contains("mobile-optimized"), first.out.constData());
    QVERIFY(QFile::exists(file(u"models/tiny/vitrine.json"_s)));
    QVERIFY2(first.err.contains("Building"), first.err.constData());
    const Run second = runVitrine(arguments({u"tiny"_s, u"--json"_s}));
    VITRINE_COMPARE_STATUS(second, 0);
    QVERIFY2(!second.err.contains("Building"), second.err.constData());
    QCOMPARE(second.json()[u"set"].toString(), file(u"models/tiny"_s));
    QCOMPARE(m_server->requests().size(), 1);
}

QTEST_GUILESS_MAIN(TestFetch)
#include "tst_fetch.moc"
