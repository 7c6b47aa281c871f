#include "core/host/remembered_files.h"
#include "tests/support/files.h"
#include "tests/support/model_files.h"
#include "tests/ui/window_fixture.h"
#include "ui/models/variant_list_model.h"
#include "ui/widgets/variant_list.h"
#include "ui/workspace.h"

#include <QMenu>
#include <QTest>

using namespace vitrine;
using namespace vitrine::test;

namespace {

/// The real window over a session whose models run in a hosting process, with the engine that does harm.
struct HostedWindow
{
    HostedWindow() { session.setHost({QStringLiteral(VITRINE_EXECUTABLE)}); }

    bool open(const QStringList& paths)
    {
        window.openFiles(paths);
        return waitUntilIdle();
    }
    bool waitUntilIdle() const { return test::waitUntilIdle(session); }
    VariantList* list() { return window.workspace().variants(); }
    QString error(int row) { return at(row).data(VariantListModel::ErrorRole).toString(); }
    QModelIndex at(int row) { return list()->variants()->index(row); }
    bool hasPrediction(int row) const
    {
        const auto now = session.snapshot();
        return now->prediction(now->currentImageId, now->variants.at(std::size_t(row)).id) != nullptr;
    }

    ComparisonSession session{EngineRegistry::installed()};
    MainWindow window{session, WindowFixture::settings()};
};

} // namespace

/// A model that crashes its engine beside a good one, in the window.
class TestHostedModels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void theGoodOneHasItsResultAndTheBadOneItsLine_data();
    void theGoodOneHasItsResultAndTheBadOneItsLine();
    void tryAgainRunsItAgain();

private:
    QString model(const QString& name) const
    {
        return writeScript(m_folder->filePath(name), "x: Tensor", "salt = \"" + name.toUtf8() + '"');
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_image;
};

void TestHostedModels::initTestCase()
{
    qputenv("VITRINE_PLUGIN_DIR", VITRINE_HOSTILE_ENGINE);
}

void TestHostedModels::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_image = writeImage(m_folder->filePath(u"image.png"_s));
    qputenv("XDG_CACHE_HOME", m_folder->filePath(u"cache"_s).toUtf8());
}

void TestHostedModels::theGoodOneHasItsResultAndTheBadOneItsLine_data()
{
    QTest::addColumn<QString>("bad");
    QTest::newRow("its forward crashes") << u"crash.pt"_s;
    QTest::newRow("loading it crashes") << u"load-crash.pt"_s;
}

void TestHostedModels::theGoodOneHasItsResultAndTheBadOneItsLine()
{
    QFETCH(QString, bad);
    HostedWindow shown;
    QVERIFY(shown.open({m_image, model(bad), model(u"good.pt"_s)}));

    QCOMPARE(shown.list()->variants()->rowCount(), 2);
    const QString line = shown.error(0);
    QVERIFY2(line.startsWith(u"Hostile crashed on %1 (signal 11"_s.arg(bad)), qPrintable(line));
    QVERIFY2(!line.contains(u'\n'), qPrintable(line));
    QCOMPARE(shown.error(1), QString());
    QVERIFY(!shown.hasPrediction(0));
    QVERIFY(shown.hasPrediction(1));
}

void TestHostedModels::tryAgainRunsItAgain()
{
    const QString moody = model(u"moody.pt"_s);
    const QStringList files{m_image, moody, model(u"good.pt"_s)};
    {
        HostedWindow first;
        QVERIFY(first.open(files));
        QVERIFY2(first.error(0).contains(u"crashed"_s), qPrintable(first.error(0)));
    }
    HostedWindow shown;
    QVERIFY(shown.open(files));
    QVERIFY2(shown.error(0).contains(u"was not tried again (Try again in its menu"_s),
             qPrintable(shown.error(0)));

    writeFile(moody + u".mended"_s, {});
    const auto menu = shown.list()->menuFor(shown.at(0));
    for (QAction* action : menu->actions())
        if (action->text().remove(u'&') == u"Try again"_s && action->isEnabled())
            action->trigger();
    QVERIFY(shown.waitUntilIdle());

    QCOMPARE(shown.error(0), QString());
    QVERIFY(shown.hasPrediction(0) && shown.hasPrediction(1));
}

QTEST_MAIN(TestHostedModels)
#include "tst_hosted_models.moc"
