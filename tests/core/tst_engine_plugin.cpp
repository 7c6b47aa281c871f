#include "core/base/literals.h"
#include "core/engine/engine_plugin.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace vitrine;

class TestEnginePlugin : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { qunsetenv("VITRINE_PLUGIN_DIR"); }
    void aMissingPluginNamesTheFolders();
    void aBrokenPluginSaysSo();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestEnginePlugin::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    qputenv("VITRINE_PLUGIN_DIR", QFile::encodeName(m_folder->path()));
}

void TestEnginePlugin::aMissingPluginNamesTheFolders()
{
    const QDir built(QDir::cleanPath(QCoreApplication::applicationDirPath() + u"/../lib"_s));
    if (built.exists(u"libvitrine_torch.so"_s))
        QSKIP("this build has the plugin");
    const auto backend = loadTorchBackend();
    QVERIFY(!backend);
    QCOMPARE(backend.error().kind, ErrorKind::NotFound);
    QVERIFY(backend.error().message.contains(m_folder->path()));
    QVERIFY(backend.error().message.contains(built.path()));
}

void TestEnginePlugin::aBrokenPluginSaysSo()
{
    QFile plugin(m_folder->filePath(u"libvitrine_torch.so"_s));
    QVERIFY(plugin.open(QIODevice::WriteOnly) && plugin.write("not a library") > 0);
    plugin.close();
    const auto backend = loadTorchBackend();
    QVERIFY(!backend);
    QCOMPARE(backend.error().kind, ErrorKind::Engine);
    QVERIFY(backend.error().message.contains(plugin.fileName()));
    QVERIFY(!backend.error().detail.isEmpty());
}

QTEST_GUILESS_MAIN(TestEnginePlugin)
#include "tst_engine_plugin.moc"
