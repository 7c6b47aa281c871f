#include "core/base/literals.h"
#include "core/engine/engine_registry.h"
#include "tests/support/fake_engine.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

using namespace vitrine;

class TestEngineRegistry : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { qunsetenv("VITRINE_PLUGIN_DIR"); }
    void aMissingPluginNamesTheFolders();
    void aBrokenPluginSaysSo();
    void pluginsSayWhatTheyDoBeforeTheyAreLoaded();
    void aPluginIsLoaded();
    void aBrokenPluginDoesNotHideTheOthers();
    void aFormatHasItsEngine();
    void aStatedEngineStays();
    void anUnknownEngineListsWhatThereIs();
    void infoIsRead_data();
    void infoIsRead();

private:
    /// Puts a file that is no library among the plugins, and gives its path.
    QString addBrokenPlugin() const;

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestEngineRegistry::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    qputenv("VITRINE_PLUGIN_DIR", QFile::encodeName(m_folder->path()));
}

QString TestEngineRegistry::addBrokenPlugin() const
{
    QFile plugin(m_folder->filePath(u"libvitrine_engine_broken.so"_s));
    return plugin.open(QIODevice::WriteOnly) && plugin.write("not a library") > 0 ? plugin.fileName()
                                                                                  : QString();
}

void TestEngineRegistry::aMissingPluginNamesTheFolders()
{
    const QDir built(QDir::cleanPath(QCoreApplication::applicationDirPath() + u"/../lib"_s));
    if (built.exists(u"libvitrine_engine_torch.so"_s))
        QSKIP("this build has the plugin");
    const auto engine = EngineRegistry::installed().make({});
    QVERIFY(!engine);
    QCOMPARE(engine.error().kind, ErrorKind::NotFound);
    QVERIFY(engine.error().message.contains(m_folder->path()));
    QVERIFY(engine.error().message.contains(built.path()));
}

void TestEngineRegistry::aBrokenPluginSaysSo()
{
    const QString plugin = addBrokenPlugin();
    const auto engine = EngineRegistry::installed().make({});
    QVERIFY(!engine);
    QCOMPARE(engine.error().kind, ErrorKind::Engine);
    QVERIFY(engine.error().message.contains(plugin));
    QVERIFY(!engine.error().detail.isEmpty());
}

void TestEngineRegistry::pluginsSayWhatTheyDoBeforeTheyAreLoaded()
{
    qputenv("VITRINE_PLUGIN_DIR", VITRINE_FAKE_ENGINES);
    const EngineRegistry registry = EngineRegistry::installed();
    QCOMPARE(registry.engines().size(), 2U);
    const AvailableEngine* lite = registry.forFormat(FileFormat::LiteArchive);
    QVERIFY(lite);
    QCOMPARE(lite->info.id, u"second"_s);
    QCOMPARE(lite->info.name, u"Second"_s);
    QVERIFY(lite->info.builds.empty());
    QCOMPARE(registry.forFormat(FileFormat::Safetensors)->info.id, u"first"_s);
    QCOMPARE(registry.builderFrom(FileFormat::TorchScript)->info.id, u"first"_s);
    QCOMPARE(registry.builderFrom(FileFormat::LiteArchive), nullptr);
    QFile maps(u"/proc/self/maps"_s);
    QVERIFY(maps.open(QIODevice::ReadOnly));
    QVERIFY(!maps.readAll().contains("libvitrine_engine_second.so\n"));
}

void TestEngineRegistry::aPluginIsLoaded()
{
    qputenv("VITRINE_PLUGIN_DIR", VITRINE_FAKE_ENGINES);
    const EngineRegistry registry = EngineRegistry::installed();
    const auto first = registry.make(u"first"_s);
    const auto second = registry.make(u"second"_s);
    QVERIFY(first && second);
    QCOMPARE((*first)->info().name, u"First"_s);
    QCOMPARE((*first)->version(), u"1.0"_s);
    QVERIFY((*first)->factory());
    QCOMPARE((*second)->info().id, u"second"_s);
    QCOMPARE((*second)->version(), u"2.5"_s);
    QVERIFY(!(*second)->factory());
}

void TestEngineRegistry::aBrokenPluginDoesNotHideTheOthers()
{
    const QString broken = addBrokenPlugin();
    const auto name = u"libvitrine_engine_first.so"_s;
    QVERIFY(QFile::copy(QDir(QStringLiteral(VITRINE_FAKE_ENGINES)).filePath(name), m_folder->filePath(name)));
    const EngineRegistry registry = EngineRegistry::installed();
    QVERIFY(registry.find(u"first"_s));
    const auto missing = registry.make(u"onnx"_s);
    QVERIFY(!missing);
    QVERIFY(missing.error().message.contains(broken));
}

void TestEngineRegistry::aFormatHasItsEngine()
{
    const EngineRegistry registry = test::fakeEngines(test::twoFakeScripts());
    Variant lite;
    lite.kind = VariantKind::Lite;
    registry.assign(lite);
    QCOMPARE(lite.engine, u"second"_s);
    Variant checkpoint;
    registry.assign(checkpoint, FileFormat::ZipCheckpoint);
    QCOMPARE(checkpoint.engine, u"fake"_s);
    Variant picture;
    registry.assign(picture, FileFormat::Image);
    QCOMPARE(picture.engine, QString());
}

void TestEngineRegistry::aStatedEngineStays()
{
    Variant variant;
    variant.engine = u"onnx"_s;
    test::fakeEngines(test::twoFakeScripts()).assign(variant, FileFormat::TorchScript);
    QCOMPARE(variant.engine, u"onnx"_s);
}

void TestEngineRegistry::anUnknownEngineListsWhatThereIs()
{
    const EngineRegistry registry = test::fakeEngines(test::twoFakeScripts());
    const auto unknown = registry.make(u"onnx"_s);
    QVERIFY(!unknown);
    QCOMPARE(unknown.error().kind, ErrorKind::NotFound);
    QVERIFY(unknown.error().message.contains(u"onnx"_s));
    QVERIFY(unknown.error().message.contains(u"fake, second"_s));
    const auto none = registry.make({});
    QVERIFY(!none);
    QCOMPARE(none.error().kind, ErrorKind::Unsupported);
}

void TestEngineRegistry::infoIsRead_data()
{
    QTest::addColumn<QJsonObject>("json");
    QTest::addColumn<bool>("valid");
    const QJsonObject whole{{u"id"_s, u"onnx"_s},
                            {u"name"_s, u"ONNX Runtime"_s},
                            {u"opens"_s, QJsonArray{u"safetensors"_s, u"a format of tomorrow"_s, 3}},
                            {u"builds"_s, QJsonArray{u"lite"_s, u"a kind of tomorrow"_s}}};
    const auto without = [&](const QString& key) {
        QJsonObject json = whole;
        json.remove(key);
        return json;
    };
    QTest::newRow("whole") << whole << true;
    QTest::newRow("no id") << without(u"id"_s) << false;
    QTest::newRow("no name") << without(u"name"_s) << false;
    QTest::newRow("nothing") << QJsonObject() << false;
}

void TestEngineRegistry::infoIsRead()
{
    QFETCH(QJsonObject, json);
    QFETCH(bool, valid);
    const auto info = engineInfoFromJson(json);
    QCOMPARE(info.has_value(), valid);
    if (!info)
        return;
    QCOMPARE(info->opens, std::vector{FileFormat::Safetensors});
    QCOMPARE(info->builds, std::vector{VariantKind::Lite});
    QVERIFY(info->opensFormat(FileFormat::Safetensors) && !info->opensFormat(FileFormat::TorchScript));
    QVERIFY(info->buildsKind(VariantKind::Lite) && !info->buildsKind(VariantKind::Original));
}

QTEST_GUILESS_MAIN(TestEngineRegistry)
#include "tst_engine_registry.moc"
