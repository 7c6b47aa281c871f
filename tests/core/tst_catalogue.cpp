#include "core/base/literals.h"
#include "core/fetch/catalogue.h"
#include "core/fetch/fetch_places.h"
#include "core/fetch/transfer_rate.h"
#include "tests/support/files.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace vitrine;
using namespace std::chrono_literals;

class TestCatalogue : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theOfficialOnesAreComplete();
    void googlesVitIsAFolderOfHuggingFace();
    void namesFindTheirFiles_data();
    void namesFindTheirFiles();
    void nearestNameIsSuggested_data();
    void nearestNameIsSuggested();
    void furtherOnesAreAdded();
    void whatTheCatalogueGivesCanBeReadAgain();
    void badFilesAreRefused_data();
    void badFilesAreRefused();
    void baseUrls_data();
    void baseUrls();
    void theEnvironmentNamesAMirror();
    void rateIsThatOfTheLastSeconds();

private:
    QTemporaryDir m_folder;
};

void TestCatalogue::theOfficialOnesAreComplete()
{
    QCOMPARE(officialCheckpoints().size(), std::size_t(9));
    for (const CatalogueEntry& entry : officialCheckpoints()) {
        if (!entry.address.isEmpty())
            continue;
        QVERIFY2(entry.file.endsWith(QLatin1Char('-') + entry.sha256 + u".pth"_s), qPrintable(entry.file));
        QCOMPARE(entry.sha256.size(), 8);
        QVERIFY(entry.top1 > 72 && entry.top1 < entry.top5 && entry.top5 < 98);
        QVERIFY(entry.parameters > 5'000'000 && entry.approximateBytes() == 4 * entry.parameters);
    }
}

void TestCatalogue::googlesVitIsAFolderOfHuggingFace()
{
    const CatalogueEntry* entry = entryNamed(officialCheckpoints(), u"vit-base"_s);
    QVERIFY(entry != nullptr);
    QVERIFY(parseBaseUrl(entry->address).ok());
    QVERIFY(entry->address.endsWith(u"/google/"_s + entry->folder + u"/resolve/main/"_s));
    QCOMPARE(entry->beside, QStringList({u"config.json"_s, u"preprocessor_config.json"_s}));
    QVERIFY(entry->folder != entry->name); // its variants lie there
    QCOMPARE(filesOf(*entry).size(), std::size_t(3));
}

void TestCatalogue::namesFindTheirFiles_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("file");
    const auto row = [](const char* name, const char* file) {
        QTest::newRow(name) << QString::fromLatin1(name) << QString::fromLatin1(file);
    };
    row("deit-tiny", "deit_tiny_patch16_224-a1311bcf.pth");
    row("deit-tiny-distilled", "deit_tiny_distilled_patch16_224-b40b3cf7.pth");
    row("deit-small", "deit_small_patch16_224-cd65a155.pth");
    row("deit-small-distilled", "deit_small_distilled_patch16_224-649709d9.pth");
    row("deit-base", "deit_base_patch16_224-b5f2ef4d.pth");
    row("deit-base-distilled", "deit_base_distilled_patch16_224-df68dfff.pth");
    row("deit-base-384", "deit_base_patch16_384-8de9b5d1.pth");
    row("deit-base-distilled-384", "deit_base_distilled_patch16_384-d0272ac0.pth");
}

void TestCatalogue::namesFindTheirFiles()
{
    QFETCH(QString, name);
    QFETCH(QString, file);
    const CatalogueEntry* entry = entryNamed(officialCheckpoints(), name);
    QVERIFY(entry != nullptr);
    QCOMPARE(entry->file, file);
    QCOMPARE(entryNamed(officialCheckpoints(), name + QLatin1Char('x')), nullptr);
}

void TestCatalogue::nearestNameIsSuggested_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("nearest");
    const auto row = [](const char* what, const char* typed, const char* nearest) {
        QTest::newRow(what) << QString::fromLatin1(typed) << QString::fromLatin1(nearest);
    };
    row("a letter is missing", "deit-tny", "deit-tiny");
    row("another separator, and capitals", "DeiT_Base", "deit-base");
    row("a part in the wrong place", "deit-384-base", "deit-base");
    row("something else altogether", "resnet50", "");
    row("nothing", "", "");
}

void TestCatalogue::nearestNameIsSuggested()
{
    QFETCH(QString, typed);
    QFETCH(QString, nearest);
    QCOMPARE(nearestName(officialCheckpoints(), typed), nearest);
}

void TestCatalogue::furtherOnesAreAdded()
{
    const QString path = test::writeFile(m_folder.filePath(u"own.json"_s),
                                         R"([{"name": "ours", "file": "ours.pth", "sha256": "0123ABCD",
                                              "address": "https://mirror.example/ours"},
                                             {"name": "deit-tiny", "file": "t.pth", "sha256": "00000000ff"}])");
    const auto catalogue = catalogueWith(path);
    QVERIFY(catalogue.ok());
    QCOMPARE(catalogue->size(), officialCheckpoints().size() + 1);
    QCOMPARE(entryNamed(*catalogue, u"ours"_s)->sha256, u"0123abcd"_s);
    QCOMPARE(entryNamed(*catalogue, u"ours"_s)->title, u"ours"_s);
    QCOMPARE(entryNamed(*catalogue, u"ours"_s)->address, u"https://mirror.example/ours/"_s);
    QCOMPARE(entryNamed(*catalogue, u"deit-tiny"_s)->file, u"t.pth"_s);
    QCOMPARE(catalogueWith({})->size(), officialCheckpoints().size());
}

void TestCatalogue::whatTheCatalogueGivesCanBeReadAgain()
{
    QJsonArray array;
    for (const CatalogueEntry& entry : officialCheckpoints())
        array.append(entry.toJson());
    const auto read =
        readCatalogue(test::writeFile(m_folder.filePath(u"again.json"_s), QJsonDocument(array).toJson()));
    QVERIFY(read.ok());
    QCOMPARE(read->size(), officialCheckpoints().size());
    for (std::size_t i = 0; i < read->size(); ++i)
        QCOMPARE((*read)[i].toJson(), officialCheckpoints()[i].toJson());
}

void TestCatalogue::badFilesAreRefused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("said");
    const auto row = [](const char* what, const char* text, const char* said) {
        QTest::newRow(what) << QByteArray(text) << QString::fromLatin1(said);
    };
    row("no JSON", "ours: ours.pth", "no JSON array");
    row("an object", "{}", "no JSON array");
    row("a number in the array", "[1]", "no name");
    row("a name that is a path", R"([{"name": "../up", "file": "a.pth", "sha256": "01234567"}])", "../up");
    row("a file in another folder", R"([{"name": "a", "file": "b/a.pth", "sha256": "01234567"}])", "b/a.pth");
    row("a hidden file", R"([{"name": "a", "file": "..", "sha256": "01234567"}])", "without a folder");
    row("no hash", R"([{"name": "a", "file": "a.pth"}])", "sha256");
    row("a short hash", R"([{"name": "a", "file": "a.pth", "sha256": "0123456"}])", "sha256");
    row("a file beside it in another folder",
        R"([{"name": "a", "file": "a.pth", "sha256": "server", "folder": "f", "beside": ["../c"]}])", "../c");
    row("several files and no folder",
        R"([{"name": "a", "file": "a.pth", "sha256": "server", "beside": ["config.json"]}])", "folder");
    row("a folder of its variants' name",
        R"([{"name": "a", "file": "a.pth", "sha256": "server", "folder": "a"}])", "variants");
    row("a hash that anybody on the way may state",
        R"([{"name": "a", "file": "a.pth", "sha256": "server", "address": "http://mirror.example/"}])",
        "https");
    row("a file named twice",
        R"([{"name": "a", "file": "a.pth", "sha256": "server", "folder": "f", "beside": ["a.pth"]}])",
        "twice");
    row("a folder above", R"([{"name": "a", "file": "a.pth", "sha256": "server", "folder": ".."}])",
        "folder");
    row("an address that is none",
        R"([{"name": "a", "file": "a.pth", "sha256": "server", "address": "file:///etc/"}])", "file:///etc/");
    row("a hash of other letters", R"([{"name": "a", "file": "a.pth", "sha256": "0123456x"}])", "sha256");
}

void TestCatalogue::badFilesAreRefused()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, said);
    const auto catalogue = catalogueWith(test::writeFile(m_folder.filePath(u"bad.json"_s), text));
    QVERIFY(!catalogue.ok());
    QVERIFY2(catalogue.error().message.contains(said), qPrintable(catalogue.error().message));
    QVERIFY2(catalogue.error().message.contains(u"bad.json"_s), qPrintable(catalogue.error().message));
}

void TestCatalogue::baseUrls_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("url");
    const auto row = [](const char* what, const char* text, const char* url) {
        QTest::newRow(what) << QString::fromLatin1(text) << QString::fromLatin1(url);
    };
    row("the official one", officialBaseUrl, "https://dl.fbaipublicfiles.com/deit/");
    row("a slash is added", "http://mirror.example:8080/deit", "http://mirror.example:8080/deit/");
    row("a server alone", " https://mirror.example ", "https://mirror.example/");
    row("no scheme", "mirror.example/deit", "");
    row("a file", "file:///tmp/deit/", "");
    row("no host", "https:///deit/", "");
    row("a question", "https://mirror.example/?deit", "");
    row("nothing", "", "");
}

void TestCatalogue::baseUrls()
{
    QFETCH(QString, text);
    QFETCH(QString, url);
    const auto parsed = parseBaseUrl(text);
    QCOMPARE(parsed.ok() ? parsed->toString() : QString(), url);
    if (!parsed)
        QVERIFY2(parsed.error().message.contains(text), qPrintable(parsed.error().message));
}

void TestCatalogue::theEnvironmentNamesAMirror()
{
    qunsetenv("VITRINE_CHECKPOINT_URL");
    QCOMPARE(defaultBaseUrl(), QString::fromLatin1(officialBaseUrl));
    qputenv("VITRINE_CHECKPOINT_URL", "https://mirror.example/");
    QCOMPARE(defaultBaseUrl(), u"https://mirror.example/"_s);
    qunsetenv("VITRINE_CHECKPOINT_URL");
}

void TestCatalogue::rateIsThatOfTheLastSeconds()
{
    TransferRate rate;
    const TransferRate::Clock::time_point start{};
    QCOMPARE(rate.bytesPerSecond(), 0.0);
    rate.add(1000, start);
    rate.add(1100, start + 100ms);
    QCOMPARE(rate.bytesPerSecond(), 0.0);
    for (int second = 1; second <= 20; ++second)
        rate.add(1000 + second * 500, start + second * 1s);
    QCOMPARE(rate.bytesPerSecond(), 500.0);
    for (int second = 21; second <= 30; ++second)
        rate.add(11'000 + (second - 20) * 2000, start + second * 1s);
    QCOMPARE(rate.bytesPerSecond(), 2000.0);
}

QTEST_APPLESS_MAIN(TestCatalogue)
#include "tst_catalogue.moc"
