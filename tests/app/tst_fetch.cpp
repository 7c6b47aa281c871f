#include "tests/app/vitrine_process.h"
#include "tests/support/files.h"
#include "tests/support/http_server.h"
#include "tests/support/test_data.h"

#include <QCryptographicHash>
#include <QDir>
#include <QTemporaryDir>

#include <csignal>

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
    void interruptKeepsThePart();
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
    m_server->answer(QStringLiteral("tiny.safetensors"), {reply});
    const QByteArray sha256 = QCryptographicHash::hash(checkpoint(), QCryptographicHash::Sha256).toHex();
    writeFile(file(QStringLiteral("catalogue.json")),
              R"([{"name": "tiny", "file": "tiny.safetensors", "sha256": ")" + sha256 + R"("},
                  {"name": "absent", "file": "absent.pth", "sha256": "01234567"},
                  {"name": "wrong", "file": "tiny.safetensors", "sha256": "01234567"}])");
}

QStringList TestFetch::arguments(const QStringList& further) const
{
    return QStringList{QStringLiteral("fetch"),
                       QStringLiteral("--out"),
                       file(QStringLiteral("models")),
                       QStringLiteral("--base-url"),
                       m_server->url().toString(),
                       QStringLiteral("--catalogue"),
                       file(QStringLiteral("catalogue.json"))} +
           further;
}

void TestFetch::listsWhatThereIs()
{
    writeFile(file(QStringLiteral("models/deit_tiny_patch16_224-a1311bcf.pth")), "x");
    writeFile(file(QStringLiteral("models/tiny.safetensors.part")), QByteArray(1'500'000, 'x'));
    const Run run = runVitrine(arguments({QStringLiteral("--list")}));
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
    const Run run = runVitrine({QStringLiteral("fetch"), QStringLiteral("--list"), QStringLiteral("--json")});
    VITRINE_COMPARE_STATUS(run, 0);
    const QJsonArray list = run.json().array();
    QCOMPARE(list.size(), 8);
    const QJsonObject first = list[0].toObject();
    QCOMPARE(first[u"name"].toString(), QStringLiteral("deit-tiny"));
    QCOMPARE(first[u"parameters"].toInt(), 5'717'416);
    QCOMPARE(first[u"url"].toString(),
             QStringLiteral("https://dl.fbaipublicfiles.com/deit/deit_tiny_patch16_224-a1311bcf.pth"));
    QCOMPARE(run.err, QByteArray());
}

void TestFetch::unknownNameSuggestsTheNearest()
{
    const Run run = runVitrine({QStringLiteral("fetch"), QStringLiteral("deit-tyni")});
    VITRINE_COMPARE_STATUS(run, 2);
    QVERIFY2(run.err.contains("Did you mean deit-tiny?"), run.err.constData());
    QVERIFY2(run.err.contains("deit-small-distilled, deit-base"), run.err.constData());
    QCOMPARE(run.errorLines(), 2);
}

void TestFetch::theDefaultFolderIsTheUsersData()
{
    QProcessEnvironment environment = withoutDisplay();
    environment.insert(QStringLiteral("XDG_DATA_HOME"), file(QStringLiteral("data")));
    environment.insert(QStringLiteral("VITRINE_CHECKPOINT_URL"), m_server->url().toString());
    environment.insert(QStringLiteral("VITRINE_CATALOGUE"), file(QStringLiteral("catalogue.json")));
    const Run run = runVitrine(
        {QStringLiteral("fetch"), QStringLiteral("tiny"), QStringLiteral("--no-build")}, environment);
    VITRINE_COMPARE_STATUS(run, 0);
    const QString path = file(QStringLiteral("data/vitrine/models/tiny.safetensors"));
    QVERIFY2(run.out.contains(path.toUtf8()), run.out.constData());
    QCOMPARE(readFile(path), checkpoint());
}

void TestFetch::downloadsWithoutBuilding()
{
    const Run run = runVitrine(arguments({QStringLiteral("tiny"), QStringLiteral("--no-build")}));
    VITRINE_COMPARE_STATUS(run, 0);
    QCOMPARE(readFile(file(QStringLiteral("models/tiny.safetensors"))), checkpoint());
    QCOMPARE(QDir(file(QStringLiteral("models")))
                 .entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
             QStringList{QStringLiteral("tiny.safetensors")});
    QVERIFY2(run.err.contains("Fetching tiny.safetensors from http://127.0.0.1"), run.err.constData());
    QCOMPARE(run.errorLines(), 1);
}

void TestFetch::whatIsThereIsNotDownloadedAgain()
{
    writeFile(file(QStringLiteral("models/tiny.safetensors")), checkpoint());
    const Run run = runVitrine(arguments({QStringLiteral("tiny"), QStringLiteral("--no-build")}));
    VITRINE_COMPARE_STATUS(run, 0);
    QVERIFY2(run.out.contains("already"), run.out.constData());
    QCOMPARE(m_server->requests().size(), 0);
}

void TestFetch::printsJsonAlone()
{
    const Run run = runVitrine(
        arguments({QStringLiteral("tiny"), QStringLiteral("--no-build"), QStringLiteral("--json")}));
    VITRINE_COMPARE_STATUS(run, 0);
    const QJsonObject json = run.json().object();
    QCOMPARE(json[u"path"].toString(), file(QStringLiteral("models/tiny.safetensors")));
    QCOMPARE(json[u"was_there"].toBool(), false);
    QVERIFY(json[u"set"].isNull());
}

void TestFetch::failuresAreOneLine()
{
    for (const auto& [name, said] : {std::pair("absent", "404"), std::pair("wrong", "SHA-256")}) {
        const Run run = runVitrine(arguments({QString::fromLatin1(name), QStringLiteral("--no-build")}));
        VITRINE_COMPARE_STATUS(run, 1);
        QVERIFY2(run.err.contains(said), run.err.constData());
        QCOMPARE(run.errorLines(), 2); // what is fetched, and why it is not
        QCOMPARE(run.out, QByteArray());
    }
    QVERIFY(QDir(file(QStringLiteral("models"))).isEmpty());
}

void TestFetch::brokenCatalogueFails()
{
    writeFile(file(QStringLiteral("catalogue.json")), "{}");
    const Run run = runVitrine(arguments({QStringLiteral("--list")}));
    VITRINE_COMPARE_STATUS(run, 1);
    QVERIFY2(run.err.contains("catalogue.json"), run.err.constData());
}

void TestFetch::interruptKeepsThePart()
{
    HttpReply stalling;
    stalling.body = checkpoint();
    stalling.stallAfter = 1000;
    m_server->answer(QStringLiteral("tiny.safetensors"), {stalling});
    const QString part = file(QStringLiteral("models/tiny.safetensors.part"));
    QProcess process;
    process.setProcessEnvironment(withoutDisplay());
    process.start(QStringLiteral(VITRINE_EXECUTABLE), arguments({QStringLiteral("tiny")}));
    QTRY_COMPARE_WITH_TIMEOUT(QFile(part).size(), 1000, 60'000);
    ::kill(static_cast<pid_t>(process.processId()), SIGINT);
    QVERIFY(process.waitForFinished(60'000));
    const QByteArray said = process.readAllStandardError();
    QCOMPARE(process.exitCode(), 130);
    QVERIFY2(said.contains("stopped. 1.0 kB are kept in " + part.toUtf8()), said.constData());
    QCOMPARE(readFile(part), checkpoint().left(1000));

    stalling.stallAfter = -1;
    m_server->answer(QStringLiteral("tiny.safetensors"), {stalling});
    const Run run = runVitrine(arguments({QStringLiteral("tiny"), QStringLiteral("--no-build")}));
    VITRINE_COMPARE_STATUS(run, 0);
    QCOMPARE(m_server->requests().back().headers.value("range"), QByteArray("bytes=1000-"));
    QCOMPARE(readFile(file(QStringLiteral("models/tiny.safetensors"))), checkpoint());
}

void TestFetch::buildsTheVariants()
{
    VITRINE_REQUIRE_TORCH();
    const Run first = runVitrine(arguments({QStringLiteral("tiny")}));
    VITRINE_COMPARE_STATUS(first, 0);
    QVERIFY2(first.out.contains("mobile-optimized"), first.out.constData());
    QVERIFY(QFile::exists(file(QStringLiteral("models/tiny/vitrine.json"))));
    QVERIFY2(first.err.contains("Building"), first.err.constData());
    const Run second = runVitrine(arguments({QStringLiteral("tiny"), QStringLiteral("--json")}));
    VITRINE_COMPARE_STATUS(second, 0);
    QVERIFY2(!second.err.contains("Building"), second.err.constData());
    QCOMPARE(second.json()[u"set"].toString(), file(QStringLiteral("models/tiny")));
    QCOMPARE(m_server->requests().size(), 1);
}

QTEST_GUILESS_MAIN(TestFetch)
#include "tst_fetch.moc"
