#include "core/base/literals.h"
#include "tests/ui/window_fixture.h"

#include "core/fetch/fetch_places.h"
#include "tests/support/files.h"
#include "tests/support/http_server.h"
#include "tests/support/session_probe.h"
#include "tests/support/test_data.h"
#include "ui/dialogs/fetch_dialog.h"
#include "ui/dialogs/fetch_form.h"
#include "ui/models/catalogue_model.h"
#include "ui/widgets/message_area.h"
#include "ui/window_actions.h"

#include <QCryptographicHash>
#include <QLineEdit>
#include <QPushButton>
#include <QStandardPaths>
#include <QTableView>
#include <QTest>

using namespace vitrine;
using namespace std::chrono_literals;
using test::HttpReply;
using vitrine::test::named;
using vitrine::test::WindowFixture;

namespace {

QPushButton* button(const QWidget& dialog, const QString& text)
{
    for (QPushButton* button : dialog.findChildren<QPushButton*>())
        if (button->text().remove(QLatin1Char('&')) == text)
            return button;
    return nullptr;
}

} // namespace

/// The dialog over a server on this machine and a catalogue whose ninth checkpoint is small.
class TestFetchDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void theActionOpensIt();
    void tellsWhatThereIs();
    void nothingIsDownloadedUnasked();
    void downloadsBuildsAndOpens();
    void aSetThatIsThereIsOnlyOpened();
    void refusesNonsenseInPlace();
    void showsWhatWentWrong();
    void showsWhyTheBuildFailed();
    void cancelKeepsThePartAndResumes();
    void closingTheDialogKeepsThePart();
    void closingTheWindowKeepsThePart();
    void theWindowStaysUsable();
    void cancelOfABuildLeavesTheBenchmark();
    void aWrongFileThatIsThereIsNotReplacedUnasked();
    void anOccupiedFolderIsToldBeforeTheDownload();
    void placesAreRemembered();

private:
    FetchDialog* open();
    QByteArray body() const { return test::readFile(test::tinyCheckpoint()); }
    QString models(const QString& name = {}) const { return m_fixture->path(u"models/"_s + name); }
    void stallAfter(int bytes);
    bool hasPart(int bytes) const { return QFile(models(u"tiny.safetensors.part"_s)).size() == bytes; }

    std::unique_ptr<test::HttpServer> m_server;
    std::unique_ptr<WindowFixture> m_fixture;
    std::unique_ptr<test::Warnings> m_warnings;
};

void TestFetchDialog::initTestCase()
{
    QStandardPaths::setTestModeEnabled(true);
}

void TestFetchDialog::init()
{
    m_warnings = std::make_unique<test::Warnings>();
    m_server = std::make_unique<test::HttpServer>();
    m_fixture = std::make_unique<WindowFixture>();
    HttpReply reply;
    reply.body = body();
    m_server->answer(u"tiny.safetensors"_s, {reply});
    const QByteArray sha256 = QCryptographicHash::hash(body(), QCryptographicHash::Sha256).toHex();
    const QString path = m_fixture->path(u"catalogue.json"_s);
    test::writeFile(path, R"([{"name": "tiny", "title": "Tiny", "file": "tiny.safetensors", "sha256": ")" +
                              sha256 + R"("}])");
    qputenv("VITRINE_CATALOGUE", path.toUtf8());
    qputenv("VITRINE_CHECKPOINT_URL", m_server->url().toEncoded());
}

void TestFetchDialog::cleanup()
{
    m_fixture.reset();
    QCOMPARE(m_warnings->all(), QStringList());
}

FetchDialog* TestFetchDialog::open()
{
    FetchDialog* dialog = m_fixture->window.showFetchDialog();
    dialog->downloader().setPatience({60s, {}});
    named<QLineEdit>(*dialog, "Target folder")->setText(models());
    auto* table = named<QTableView>(*dialog, "Models");
    table->setCurrentIndex(table->model()->index(table->model()->rowCount() - 1, 0));
    return dialog;
}

void TestFetchDialog::stallAfter(int bytes)
{
    HttpReply stalling;
    stalling.body = body();
    stalling.stallAfter = bytes;
    m_server->answer(u"tiny.safetensors"_s, {stalling});
}

void TestFetchDialog::theActionOpensIt()
{
    const QAction* action = m_fixture->window.actions().getModel;
    QVERIFY(!action->toolTip().isEmpty() && !action->shortcut().isEmpty());
    m_fixture->window.actions().getModel->trigger();
    const auto* dialog = m_fixture->window.findChild<FetchDialog*>();
    QVERIFY(dialog != nullptr && dialog->isVisible());
    QCOMPARE(m_fixture->window.showFetchDialog(), dialog);
}

void TestFetchDialog::tellsWhatThereIs()
{
    test::writeFile(models(u"deit_tiny_patch16_224-a1311bcf.pth"_s), "x");
    test::writeFile(models(u"tiny.safetensors.part"_s), QByteArray(1'500'000, 'x'));
    FetchDialog* dialog = open();
    const QAbstractItemModel* table = named<QTableView>(*dialog, "Models")->model();
    QCOMPARE(table->rowCount(), 10);
    const auto row = [table](int number) {
        QStringList texts;
        for (int column = 0; column < table->columnCount(); ++column)
            texts << table->index(number, column).data().toString().replace(QChar(0xa0), QLatin1Char(' '));
        return texts.join(u" | "_s);
    };
    QCOMPARE(row(0), u"DeiT-Tiny | 5.72 million | 72.2 % | 91.1 % | 22.9 MB | yes"_s);
    QCOMPARE(row(7), u"DeiT-Base, distilled, 384 pixels | 87.6 million | 85.2 % | 97.2 % | 351 MB | "_s);
    QCOMPARE(row(8), u"Google's ViT-B/16 | 86.6 million | – | – | 346 MB | "_s);
    QCOMPARE(row(9), u"Tiny | – | – | – | – | 1.50 MB of it"_s);
    QVERIFY(button(*dialog, u"Resume download"_s) != nullptr);
}

void TestFetchDialog::nothingIsDownloadedUnasked()
{
    FetchDialog* dialog = open();
    QCOMPARE(dialog->stage(), FetchDialog::Stage::Idle);
    dialog->reject();
    QCOMPARE(m_server->requests().size(), 0);
    QVERIFY(!QFile::exists(models()));
}

void TestFetchDialog::downloadsBuildsAndOpens()
{
    const QPointer<FetchDialog> dialog = open();
    QTest::mouseClick(button(*dialog, u"Download and build"_s), Qt::LeftButton);
    QCOMPARE(dialog->stage(), FetchDialog::Stage::Downloading);
    QTRY_COMPARE_WITH_TIMEOUT(m_fixture->session.snapshot()->variants.size(), std::size_t(5), 60'000);
    QTRY_VERIFY(dialog.isNull());
    for (const Comparison now = *m_fixture->session.snapshot(); const VariantResult& variant : now.variants) {
        QCOMPARE(QFileInfo(variant.variant.path).path(), models(u"tiny"_s));
        QCOMPARE(variant.variant.modelName, u"tiny"_s);
    }
    QVERIFY(m_fixture->waitUntilIdle());
}

void TestFetchDialog::aSetThatIsThereIsOnlyOpened()
{
    test::writeFile(models(u"tiny.safetensors"_s), body());
    QVERIFY(QDir().mkpath(models(u"tiny"_s)));
    QVERIFY(test::writeVariantSet(models(u"tiny"_s), {u"lite"_s}));
    open()->start();
    QTRY_COMPARE_WITH_TIMEOUT(m_fixture->session.snapshot()->variants.size(), std::size_t(1), 60'000);
    QVERIFY(m_fixture->waitUntilIdle());
    QCOMPARE(m_fixture->script->builds, 0);
    QCOMPARE(m_server->requests().size(), 0);
}

void TestFetchDialog::refusesNonsenseInPlace()
{
    FetchDialog* dialog = open();
    named<QLineEdit>(*dialog, "Mirror")->setText(u"mirror.example"_s);
    QVERIFY2(dialog->message().contains(u"mirror.example"_s), qPrintable(dialog->message()));
    QVERIFY(!button(*dialog, u"Download and build"_s)->isEnabled());
    named<QLineEdit>(*dialog, "Mirror")->clear();
    QCOMPARE(dialog->message(), QString());
    QVERIFY(button(*dialog, u"Download and build"_s)->isEnabled());
    named<QLineEdit>(*dialog, "Target folder")->clear();
    QVERIFY2(dialog->message().contains(u"folder"_s), qPrintable(dialog->message()));
}

void TestFetchDialog::showsWhatWentWrong()
{
    HttpReply other;
    other.body = "other bytes";
    m_server->answer(u"tiny.safetensors"_s, {other});
    FetchDialog* dialog = open();
    dialog->start();
    QTRY_COMPARE_WITH_TIMEOUT(dialog->stage(), FetchDialog::Stage::Idle, 60'000);
    QVERIFY2(dialog->message().contains(u"SHA-256"_s), qPrintable(dialog->message()));
    QVERIFY(dialog->isVisible());
    QCOMPARE(m_fixture->window.messages().messages(), QStringList());
}

void TestFetchDialog::showsWhyTheBuildFailed()
{
    m_fixture->script->failingBuildStep = VariantKind::Quantized;
    FetchDialog* dialog = open();
    dialog->start();
    QTRY_VERIFY_WITH_TIMEOUT(dialog->message().contains(u"quantized"_s), 60'000);
    QCOMPARE(dialog->stage(), FetchDialog::Stage::Idle);
    QVERIFY(QFile::exists(models(u"tiny.safetensors"_s)));
    QVERIFY(button(*dialog, u"Build and open"_s)->isEnabled());
    QCOMPARE(m_fixture->window.messages().messages(), QStringList());
}

void TestFetchDialog::cancelKeepsThePartAndResumes()
{
    stallAfter(5000);
    FetchDialog* dialog = open();
    dialog->start();
    QTRY_VERIFY_WITH_TIMEOUT(hasPart(5000), 60'000);
    QTest::mouseClick(button(*dialog, u"Cancel"_s), Qt::LeftButton);
    QVERIFY(dialog->isVisible());
    QVERIFY2(dialog->message().contains(u"kept"_s), qPrintable(dialog->message()));
    stallAfter(-1);
    QTest::mouseClick(button(*dialog, u"Resume download"_s), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(m_fixture->session.snapshot()->variants.size(), std::size_t(5), 60'000);
    QCOMPARE(m_server->requests()[1].headers.value("range"), QByteArray("bytes=5000-"));
    QVERIFY(m_fixture->waitUntilIdle());
}

void TestFetchDialog::closingTheDialogKeepsThePart()
{
    stallAfter(5000);
    const QPointer<FetchDialog> dialog = open();
    dialog->start();
    QTRY_VERIFY_WITH_TIMEOUT(hasPart(5000), 60'000);
    dialog->close();
    QTRY_VERIFY(dialog.isNull());
    QVERIFY(hasPart(5000));
    QVERIFY(!QFile::exists(models(u"tiny.safetensors.lock"_s)));
}

void TestFetchDialog::closingTheWindowKeepsThePart()
{
    stallAfter(5000);
    const QPointer<FetchDialog> dialog = open();
    dialog->start();
    QTRY_VERIFY_WITH_TIMEOUT(hasPart(5000), 60'000);
    m_fixture->window.close();
    QVERIFY(!dialog || !dialog->isVisible());
    QVERIFY(hasPart(5000));
    QVERIFY(!QFile::exists(models(u"tiny.safetensors.lock"_s)));
}

void TestFetchDialog::theWindowStaysUsable()
{
    stallAfter(5000);
    FetchDialog* dialog = open();
    dialog->start();
    QTRY_VERIFY_WITH_TIMEOUT(hasPart(5000), 60'000);
    QVERIFY(!dialog->isModal());
    QVERIFY(m_fixture->dropAndWait({m_fixture->variantSet(2), m_fixture->picture()}));
    QCOMPARE(m_fixture->session.snapshot()->predictionCount(), qsizetype(2));
    m_fixture->window.stop(); // stops the session's work, not the download
    QCOMPARE(dialog->stage(), FetchDialog::Stage::Downloading);
    dialog->reject();
}

void TestFetchDialog::cancelOfABuildLeavesTheBenchmark()
{
    for (const VariantKind kind : allKinds())
        m_fixture->script->delays.insert(kindName(kind), 50us);
    QVERIFY(m_fixture->dropAndWait({m_fixture->variantSet(2), m_fixture->picture()}));
    QSignalSpy finished(&m_fixture->session, &ComparisonSession::benchmarkFinished);
    m_fixture->session.benchmark(test::endlessPlan());
    FetchDialog* dialog = open();
    dialog->start();
    QTRY_COMPARE_WITH_TIMEOUT(dialog->stage(), FetchDialog::Stage::Building, 60'000);
    QVERIFY2(dialog->progress().contains(u"when what is running is done"_s), qPrintable(dialog->progress()));
    QTest::mouseClick(button(*dialog, u"Cancel"_s), Qt::LeftButton);
    QCOMPARE(dialog->stage(), FetchDialog::Stage::Idle);
    QVERIFY2(dialog->message().contains(u"not built"_s), qPrintable(dialog->message()));
    QVERIFY(m_fixture->session.isBusy());
    QCOMPARE(finished.size(), 0);
    m_fixture->session.cancel();
    QVERIFY(m_fixture->waitUntilIdle());
}

void TestFetchDialog::aWrongFileThatIsThereIsNotReplacedUnasked()
{
    test::writeFile(models(u"tiny.safetensors"_s), "cut off");
    FetchDialog* dialog = open();
    QTest::mouseClick(button(*dialog, u"Build and open"_s), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(dialog->message().contains(u"Move it away"_s), 60'000);
    QCOMPARE(dialog->stage(), FetchDialog::Stage::Idle);
    QCOMPARE(m_server->requests().size(), std::size_t(0));
    QCOMPARE(test::readFile(models(u"tiny.safetensors"_s)), QByteArray("cut off"));
}

void TestFetchDialog::anOccupiedFolderIsToldBeforeTheDownload()
{
    FetchDialog* dialog = open();
    test::writeFile(models(u"tiny/mine.txt"_s), "mine");
    dialog->start();
    QVERIFY2(dialog->message().contains(u"not a variant set"_s), qPrintable(dialog->message()));
    QCOMPARE(dialog->stage(), FetchDialog::Stage::Idle);
    QVERIFY(!QFile::exists(models(u"tiny.safetensors"_s)));
}

void TestFetchDialog::placesAreRemembered()
{
    const auto settings = AppSettings::temporary();
    {
        FetchDialog dialog(m_fixture->session, *settings);
        QCOMPARE(named<QLineEdit>(dialog, "Target folder")->text(), defaultModelsFolder());
        named<QLineEdit>(dialog, "Target folder")->setText(models());
        named<QLineEdit>(dialog, "Mirror")->setText(m_server->url(u"mirror"_s).toString());
        dialog.start();
        dialog.stop();
    }
    const FetchDialog dialog(m_fixture->session, *settings);
    QCOMPARE(named<QLineEdit>(dialog, "Target folder")->text(), models());
    QVERIFY(named<QLineEdit>(dialog, "Mirror")->text().endsWith(u"/mirror"_s));
}

QTEST_MAIN(TestFetchDialog)
#include "tst_fetch_dialog.moc"
