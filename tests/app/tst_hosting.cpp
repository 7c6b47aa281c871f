#include "core/base/literals.h"
#include "core/engine/engine_registry.h"
#include "core/host/remembered_files.h"
#include "core/session/comparison_session.h"
#include "core/session/model_store.h"
#include "tests/app/vitrine_process.h"
#include "tests/support/model_files.h"

#include <QTemporaryDir>

using namespace vitrine;
using namespace vitrine::test;
using namespace std::chrono_literals;

/// Files that crash, hang and write, beside one that does not: in the hosting process, from commands and in a
/// session.
class TestHosting : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void aBadFileFailsAlone_data();
    void aBadFileFailsAlone();
    void probingABadFileIsAnError_data() { aBadFileFailsAlone_data(); }
    void probingABadFileIsAnError();
    void theWayToTheHostIsToldApart();
    void whatHasCrashedIsNotRunOnTheNextPicture();
    void theOthersGoOnWhenOneDiesAmidTheRounds();
    void whatAModelPrintsIsNotInTheOutput();
    void withoutAHostWhatItPrintsIsSeen();
    void aModelWritesNothing();
    void withoutAHostItWrites();
    void aCrashIsRemembered();
    void itIsTriedAgainWhenAsked();
    void aShortLimitIsNotRemembered();
    void aCrashUnderAShortLimitIsRemembered();
    void whatALimitOfMemoryHasKilledIsNotRemembered();
    void aLimitThatLeavesNoRoomIsRefused();
    void aBuildThatCrashesIsAnError();
    void stopEndsAnEndlessForward();
    void removingAVariantEndsItsEndlessLoad();
    void whatWasBuiltHereRunsInThisProcess();
    void besideAForeignFileItRunsInTheHost();
    void whatHasChangedSinceItWasBuiltIsForeign();
    void theHostAnswersNothingSenseless_data();
    void theHostAnswersNothingSenseless();

private:
    /// Of other bytes than those of other names.
    QString model(const QString& name) const
    {
        return writeScript(m_folder->filePath(name), "x: Tensor", "salt = \"" + name.toUtf8() + '"');
    }
    Run run(const QString& command, const QStringList& models, const QStringList& further = {}) const;
    Run classify(const QStringList& models, const QStringList& further = {}) const
    {
        return run(u"classify"_s, models, QStringList{m_image, u"--json"_s} + further);
    }
    Run compare(const QStringList& models, const QStringList& further = {}) const
    {
        return run(u"compare"_s, models,
                   QStringList{u"--image"_s, m_image, u"--rounds"_s, u"3"_s, u"--threads"_s, u"1"_s,
                               u"--no-probe"_s, u"--json"_s, u"-"_s} +
                       further);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_image;
};

void TestHosting::initTestCase()
{
    qputenv("VITRINE_PLUGIN_DIR", VITRINE_HOSTILE_ENGINE);
}

void TestHosting::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_image = writeImage(m_folder->filePath(u"image.png"_s));
    qputenv("XDG_CACHE_HOME", m_folder->filePath(u"cache"_s).toUtf8());
}

Run TestHosting::run(const QString& command, const QStringList& models, const QStringList& further) const
{
    QStringList arguments{command};
    arguments += further;
    for (const QString& path : models)
        arguments << u"--model"_s << path;
    return runVitrine(arguments);
}

void TestHosting::aBadFileFailsAlone_data()
{
    QTest::addColumn<QString>("bad");
    QTest::addColumn<QString>("reason");

    QTest::newRow("it crashes in its forward")
        << u"crash.pt"_s << u"Hostile crashed on crash.pt (signal 11"_s;
    QTest::newRow("it crashes while it is loaded") << u"load-crash.pt"_s << u"(signal 11"_s;
    QTest::newRow("its forward never ends") << u"hang.pt"_s << u"gave no answer within 1 s"_s;
    QTest::newRow("loading it never ends") << u"load-hang.pt"_s << u"gave no answer within 1 s"_s;
    QTest::newRow("it ends the process") << u"exit.pt"_s << u"ended the process that ran it"_s;
}

void TestHosting::aBadFileFailsAlone()
{
    QFETCH(QString, bad);
    QFETCH(QString, reason);

    const Run run = classify({model(bad), model(u"good.pt"_s)}, {u"--time-limit"_s, u"1"_s});

    VITRINE_COMPARE_STATUS(run, 1);
    QVERIFY2(run.err.contains(reason.toUtf8()), run.err);
    QCOMPARE(run.errorLines(), 1);
    const QJsonArray predictions = run.json().array();
    QCOMPARE(predictions.size(), 1);
    QVERIFY(predictions[0].toObject()[u"model"].toString().endsWith(u"good.pt"_s));
}

void TestHosting::probingABadFileIsAnError()
{
    QFETCH(QString, bad);

    const Run run = runVitrine({u"probe"_s, model(bad), u"--json"_s, u"--time-limit"_s, u"1"_s});

    VITRINE_COMPARE_STATUS(run, 1);
    QCOMPARE(run.errorLines(), 1);
    QVERIFY2(run.json()[u"error"].toString().contains(bad), run.out);
}

void TestHosting::theWayToTheHostIsToldApart()
{
    auto variant = readVariant(model(u"good.pt"_s));
    QVERIFY(variant.ok());
    variant->engine = u"hostile"_s;
    ModelStore models(EngineRegistry::installed(), [](const Engine&) {});
    models.setHost({QStringLiteral(VITRINE_EXECUTABLE)});
    models.begin({&*variant}, {});
    const RunSubject subject{u"id"_s, *variant};
    const auto loaded = models.model(subject, {}, FileOperators::Refused);
    QVERIFY(loaded.ok());
    QCOMPARE((*loaded)->overhead(), 0ns);

    const auto begin = std::chrono::steady_clock::now();
    QVERIFY((*loaded)->forward({1, 1, 1, {0.0F}}).ok());
    const auto whole = std::chrono::steady_clock::now() - begin;

    QVERIFY((*loaded)->overhead() > 0ns);
    QVERIFY((*loaded)->overhead() < whole);
}

void TestHosting::whatHasCrashedIsNotRunOnTheNextPicture()
{
    const auto variant = readVariant(model(u"crash.pt"_s));
    QVERIFY(variant.ok());
    ModelStore models(EngineRegistry::installed(), [](const Engine&) {});
    models.setHost({QStringLiteral(VITRINE_EXECUTABLE)});
    Variant hostile = *variant;
    hostile.engine = u"hostile"_s;
    models.begin({&hostile}, {});
    const RunSubject subject{u"id"_s, hostile};
    const auto loaded = models.model(subject, {}, FileOperators::Refused);
    QVERIFY(loaded.ok());
    const auto scores = (*loaded)->forward({1, 1, 1, {0.0F}});
    QVERIFY(!scores.ok());

    const auto again = models.model(subject, {}, FileOperators::Refused);

    QVERIFY(!again.ok());
    QCOMPARE(again.error(), scores.error());
    models.begin({&hostile}, {}); // the next task
    const auto later = models.model(subject, {}, FileOperators::Refused);
    QVERIFY(!later.ok());
    QVERIFY2(later.error().message.contains(u"was not tried again"_s), qPrintable(later.error().message));
}

void TestHosting::theOthersGoOnWhenOneDiesAmidTheRounds()
{
    const Run run = compare({model(u"second.pt"_s), model(u"good.pt"_s)}, {u"--time-limit"_s, u"1"_s});

    VITRINE_COMPARE_STATUS(run, 1);
    QVERIFY2(run.err.contains("second.pt gave no answer within 1 s"), run.err);
    const QJsonArray variants = run.json().object()[u"variants"].toArray();
    QCOMPARE(variants.size(), 2);
    QCOMPARE(variants[1].toObject()[u"n"].toInt(), 3);
    QCOMPARE(run.json()[u"stamp"][u"process"].toString(), u"host"_s);
}

void TestHosting::whatAModelPrintsIsNotInTheOutput()
{
    const Run run = classify({model(u"print.pt"_s), model(u"flood.pt"_s)});

    VITRINE_COMPARE_STATUS(run, 0);
    QCOMPARE(run.json().array().size(), 2);
    QVERIFY2(run.err.isEmpty(), run.err);
}

void TestHosting::withoutAHostWhatItPrintsIsSeen()
{
    const Run run = classify({model(u"print.pt"_s)}, {u"--no-host"_s});

    VITRINE_COMPARE_STATUS(run, 0);
    QCOMPARE(run.json().array().size(), 1);
    QVERIFY2(run.err.contains("what a model prints"), run.err);
}

void TestHosting::aModelWritesNothing()
{
    const QString path = model(u"write.pt"_s);

    VITRINE_COMPARE_STATUS(classify({path}), 0);

    QVERIFY(!QFile::exists(path + u".written"_s));
}

void TestHosting::withoutAHostItWrites()
{
    const QString path = model(u"write.pt"_s);

    VITRINE_COMPARE_STATUS(classify({path}, {u"--no-host"_s}), 0);

    QVERIFY(QFile::exists(path + u".written"_s));
}

void TestHosting::aCrashIsRemembered()
{
    const QString path = model(u"crash.pt"_s);
    VITRINE_COMPARE_STATUS(classify({path}), 1);

    const Run again = classify({path});

    VITRINE_COMPARE_STATUS(again, 1);
    QVERIFY2(again.err.contains("was not tried again"), again.err);
    QVERIFY2(again.err.contains("--try-again"), again.err);
}

void TestHosting::itIsTriedAgainWhenAsked()
{
    const QString path = model(u"crash.pt"_s);
    VITRINE_COMPARE_STATUS(classify({path}), 1);

    const Run again = classify({path}, {u"--try-again"_s});

    VITRINE_COMPARE_STATUS(again, 1);
    QVERIFY2(!again.err.contains("was not tried again"), again.err);
}

void TestHosting::aShortLimitIsNotRemembered()
{
    const QString path = model(u"second.pt"_s);
    VITRINE_COMPARE_STATUS(compare({path}, {u"--time-limit"_s, u"1"_s}), 1);

    VITRINE_COMPARE_STATUS(classify({path}), 0);
}

void TestHosting::aCrashUnderAShortLimitIsRemembered()
{
    const QString path = model(u"crash.pt"_s);
    VITRINE_COMPARE_STATUS(classify({path}, {u"--time-limit"_s, u"30"_s}), 1);

    QVERIFY(classify({path}).err.contains("was not tried again"));
}

void TestHosting::whatALimitOfMemoryHasKilledIsNotRemembered()
{
#ifdef __SANITIZE_THREAD__
    QSKIP("The sanitizer alone takes terabytes of private memory");
#endif
    const QString path = model(u"crash.pt"_s);
    const Run limited = classify({path}, {u"--memory-limit"_s, u"4000000000"_s});
    VITRINE_COMPARE_STATUS(limited, 1);
    QVERIFY2(limited.err.contains("crash.pt: ") && limited.err.contains("(--memory-limit)"), limited.err);

    const Run unlimited = classify({path});

    VITRINE_COMPARE_STATUS(unlimited, 1);
    QVERIFY2(unlimited.err.contains("Hostile crashed on crash.pt"), unlimited.err);
    QVERIFY2(!unlimited.err.contains("was not tried again"), unlimited.err);
}

void TestHosting::aLimitThatLeavesNoRoomIsRefused()
{
    const Run run = classify({model(u"good.pt"_s)}, {u"--memory-limit"_s, u"1000000"_s});

    VITRINE_COMPARE_STATUS(run, 1);
    QVERIFY2(run.err.contains("Allow at least"), run.err);
}

void TestHosting::aBuildThatCrashesIsAnError()
{
    const QString folder = m_folder->filePath(u"set"_s);
    qputenv("VITRINE_HOSTILE_BUILDS", "1");
    const Run run = runVitrine({u"build"_s, model(u"good.pt"_s), u"--out"_s, folder});
    qunsetenv("VITRINE_HOSTILE_BUILDS");

    VITRINE_COMPARE_STATUS(run, 1);
    QVERIFY2(run.err.contains("Hostile crashed on good.pt (signal 11"), run.err);
    QVERIFY(!QFile::exists(folder));
}

void TestHosting::stopEndsAnEndlessForward()
{
    ComparisonSession session(EngineRegistry::installed());
    session.setHost({QStringLiteral(VITRINE_EXECUTABLE), 10min});
    session.addFiles({m_image, model(u"good.pt"_s), model(u"hang.pt"_s)});
    session.classify();
    QTRY_COMPARE_WITH_TIMEOUT(session.snapshot()->predictionCount(), 1, 60'000);

    session.cancel();
    QTRY_VERIFY_WITH_TIMEOUT(!session.isBusy(), 60'000);

    QCOMPARE(session.snapshot()->predictionCount(), 1);
}

void TestHosting::removingAVariantEndsItsEndlessLoad()
{
    ComparisonSession session(EngineRegistry::installed());
    session.setHost({QStringLiteral(VITRINE_EXECUTABLE), 10min});
    session.addFiles({m_image, model(u"load-hang.pt"_s), model(u"good.pt"_s)});
    session.classify();
    const auto first = [&] { return session.snapshot()->variants.front(); };
    QTRY_VERIFY_WITH_TIMEOUT(
        session.snapshot()->variants.size() == 2 && first().state == VariantState::Loading, 60'000);

    session.removeVariant(first().id);
    QTRY_VERIFY_WITH_TIMEOUT(!session.isBusy(), 60'000);

    QCOMPARE(first().variant.name, u"good.pt"_s);
    QCOMPARE(session.snapshot()->predictionCount(), 1);
}

void TestHosting::whatWasBuiltHereRunsInThisProcess()
{
    const QString path = model(u"write.pt"_s);
    const auto sha256 = fileSha256(path);
    QVERIFY(sha256.ok());
    RememberedFiles().rememberBuilt({*sha256});

    VITRINE_COMPARE_STATUS(classify({path}), 0);

    QVERIFY(QFile::exists(path + u".written"_s));
}

void TestHosting::besideAForeignFileItRunsInTheHost()
{
    const QString built = model(u"write.pt"_s);
    RememberedFiles().rememberBuilt({*fileSha256(built)});

    const Run run = compare({built, model(u"good.pt"_s)});

    VITRINE_COMPARE_STATUS(run, 0);
    QCOMPARE(run.json()[u"stamp"][u"process"].toString(), u"host"_s);
    QVERIFY(!QFile::exists(built + u".written"_s));
}

void TestHosting::whatHasChangedSinceItWasBuiltIsForeign()
{
    const QString path = model(u"write.pt"_s);
    RememberedFiles().rememberBuilt({*fileSha256(path)});
    writeScript(path, "x: Tensor", "salt = \"changed\"");

    VITRINE_COMPARE_STATUS(classify({path}), 0);

    QVERIFY(!QFile::exists(path + u".written"_s));
}

void TestHosting::theHostAnswersNothingSenseless_data()
{
    QTest::addColumn<QByteArray>("input");

    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("a text") << QByteArray("GET / HTTP/1.1\r\n\r\n");
    QTest::newRow("a frame that is no map") << QByteArray("\x01\x00\x00\x00\x01", 5);
}

void TestHosting::theHostAnswersNothingSenseless()
{
    QFETCH(QByteArray, input);
    QProcess process;
    process.start(QStringLiteral(VITRINE_EXECUTABLE), {u"host"_s});

    process.write(input);
    process.closeWriteChannel();

    QVERIFY(process.waitForFinished());
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.readAllStandardOutput(), QByteArray());
}

QTEST_GUILESS_MAIN(TestHosting)

#include "tst_hosting.moc"
