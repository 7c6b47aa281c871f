#include "core/base/literals.h"
#include "core/image/preprocessor.h"
#include "core/probe/model_probe.h"

#include "tests/support/fake_child.h"
#include "tests/support/fake_engine.h"
#include "tests/support/files.h"
#include "tests/support/model_files.h"

#include <QElapsedTimer>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <thread>

using namespace vitrine;
using namespace std::chrono_literals;

/// What becomes of a child process that tries a model, however it ends.
class TestModelProbe : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aReportIsRead();
    void theChildIsToldEverything();
    void failuresAreTold_data();
    void failuresAreTold();
    void aMissingProgramIsNamed();
    void aSlowChildIsStopped();
    void anEndlessAnswerIsStopped();
    void cancelKillsTheChild();
    void cancelBeforeTheStartStartsNothing();
    void reportsSurviveJson();
    void failuresSurviveJson_data();
    void failuresSurviveJson();
    void whatIsNoAnswerIsTold_data();
    void whatIsNoAnswerIsTold();
    void probingHereRunsTheModelOnce();
    void probingHereTakesTheModelsSize();
    void probingHereTellsWhatFails();
    void probingHereRunsTheEngineOfTheFile();

private:
    Result<ProbeReport> runChild(const QByteArray& script, ProbeRequest request = modelRequest(),
                                 std::chrono::milliseconds timeout = 60s, const std::stop_token& stop = {})
    {
        const QString program = test::writeChild(file(u"child"_s), script);
        return ModelProbe({program, timeout}).run(request, stop);
    }
    static ProbeRequest modelRequest()
    {
        ProbeRequest request;
        request.path = u"/models/some model.pt"_s;
        return request;
    }
    QString file(const QString& name) const { return m_folder.filePath(name); }

    QTemporaryDir m_folder;
};

void TestModelProbe::aReportIsRead()
{
    const auto report = runChild(test::reportingChild());
    QVERIFY(report.ok());
    QCOMPARE(report->kind, VariantKind::Lite);
    QCOMPARE(report->run.coldStart.total(), 42'500us);
    QCOMPARE(report->run.peakMemoryBytes(), 50'000'000);
    QCOMPARE(report->run.outputs, 3);
}

void TestModelProbe::theChildIsToldEverything()
{
    ProbeRequest request = modelRequest();
    request.image = u"a picture.png"_s;
    request.preprocessing = u"size=28,resize=28"_s;
    request.deit.heads = 4;
    request.deit.weights = u"state_dict_ema"_s;
    request.threads = 2;
    request.engine = u"libtorch"_s;
    request.quantizedEngine = u"onednn"_s;
    request.memoryLimitBytes = 3'000'000'000;
    const QString told = file(u"told"_s);
    QVERIFY(
        runChild("printf '%s\\n' \"$@\" > '" + told.toUtf8() + "'\n" + test::reportingChild(), request).ok());
    const QByteArray arguments = test::readFile(told);
    QCOMPARE(arguments,
             QByteArray("probe\n/models/some model.pt\n--here\n--json\n--threads\n2\n--image\na picture.png\n"
                        "--preprocess\nsize=28,resize=28\n--heads\n4\n--weights\nstate_dict_ema\n--"
                        "engine\nlibtorch\n--quant-engine\nonednn\n"
                        "--memory-limit\n3000000000\n"));
}

void TestModelProbe::failuresAreTold_data()
{
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<qint64>("memoryLimit");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<QString>("said");
    const auto row = [](const char* what, const QByteArray& script, ErrorKind kind, const char* said,
                        qint64 memoryLimit = 0) {
        QTest::newRow(what) << script << memoryLimit << kind << QString::fromLatin1(said);
    };
    row("the model's own failure", R"(echo '{"error": "it is torn", "error_kind": "malformed"}'; exit 1)",
        ErrorKind::Malformed, "it is torn");
    row("it crashes", "kill -SEGV $$", ErrorKind::Engine, "signal 11");
    row("it aborts", "kill -ABRT $$", ErrorKind::Engine, "signal 6");
    row("it crashes where memory is limited", "kill -SEGV $$", ErrorKind::TooLarge, "100 MB", 100'000'000);
    row("the system kills it", "kill -KILL $$", ErrorKind::TooLarge, "memory");
    row("it says nothing", "exit 0", ErrorKind::Engine, "no answer");
    row("it says something else", "echo Hello", ErrorKind::Engine, "no answer");
    row("it says half of an answer", "echo '{\"kind\": \"lite\", '", ErrorKind::Engine, "no answer");
    row("it does not understand", "echo 'unknown option' >&2; exit 2", ErrorKind::Engine, "no answer");
}

void TestModelProbe::failuresAreTold()
{
    QFETCH(QByteArray, script);
    QFETCH(qint64, memoryLimit);
    QFETCH(QString, said);
    ProbeRequest request = modelRequest();
    request.memoryLimitBytes = memoryLimit;
    const auto report = runChild("echo 'a remark' >&2\n" + script, request);
    QVERIFY(!report.ok() && !report.isCancelled());
    QTEST(report.error().kind, "kind");
    QVERIFY2(report.error().message.contains(said), qPrintable(report.error().message));
    if (report.error().kind != ErrorKind::Malformed) {
        QVERIFY2(report.error().message.contains(u"some model.pt"_s), qPrintable(report.error().message));
        QVERIFY2(report.error().detail.contains(u"a remark"_s), qPrintable(report.error().detail));
    }
}

void TestModelProbe::aMissingProgramIsNamed()
{
    const auto report = ModelProbe({file(u"absent"_s), 60s}).run(modelRequest());
    QVERIFY(!report.ok());
    QVERIFY2(report.error().message.contains(u"absent"_s), qPrintable(report.error().message));
}

void TestModelProbe::aSlowChildIsStopped()
{
    QElapsedTimer timer;
    timer.start();
    const auto report = runChild("exec sleep 1000", modelRequest(), 200ms);
    QVERIFY(!report.ok() && !report.isCancelled());
    QCOMPARE(report.error().kind, ErrorKind::Engine);
    QVERIFY2(report.error().message.contains(u"within 1 s"_s), qPrintable(report.error().message));
    QVERIFY(timer.elapsed() >= 200);
}

void TestModelProbe::anEndlessAnswerIsStopped()
{
    const auto report = runChild("exec yes");
    QVERIFY(!report.ok());
    QVERIFY2(report.error().message.contains(u"no answer"_s), qPrintable(report.error().message));
}

void TestModelProbe::cancelKillsTheChild()
{
    const QString idFile = file(u"id"_s);
    std::stop_source stop;
    std::optional<Result<ProbeReport>> report;
    std::thread thread([&] {
        report = runChild("echo $$ > '" + idFile.toUtf8() + "'\nexec sleep 1000", modelRequest(), 10min,
                          stop.get_token());
    });
    const auto id = [&] {
        QFile content(idFile);
        return content.open(QIODevice::ReadOnly) ? content.readAll().trimmed().toLongLong() : 0;
    };
    const bool started = QTest::qWaitFor([&] { return id() > 0; }, 60'000);
    stop.request_stop();
    thread.join();
    QVERIFY(started);
    QVERIFY(report->isCancelled());
    QVERIFY(!test::processExists(id()));
}

void TestModelProbe::cancelBeforeTheStartStartsNothing()
{
    std::stop_source stop;
    stop.request_stop();
    const QString trace = file(u"trace"_s);
    QVERIFY(runChild("touch '" + trace.toUtf8() + "'", modelRequest(), 60s, stop.get_token()).isCancelled());
    QVERIFY(!QFile::exists(trace));
}

void TestModelProbe::reportsSurviveJson()
{
    ProbeReport report;
    report.path = u"/models/original.safetensors"_s;
    report.kind = VariantKind::Original;
    report.input = u"/images/wolf.png"_s;
    report.run = {{1'234'567ns, 89ns}, 1'000, 5'000'000'000, 1000};
    const auto read = probeAnswerFromJson(QJsonDocument(report.toJson()).toJson());
    QVERIFY(read && read->ok());
    QCOMPARE((*read)->toJson(), report.toJson());
    QCOMPARE((*read)->run.coldStart, report.run.coldStart);
    QCOMPARE((*read)->run.peakMemoryBytes(), 4'999'999'000);
    QVERIFY((*read)->quantizedEngine.isEmpty());
}

void TestModelProbe::failuresSurviveJson_data()
{
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("the first kind") << ErrorKind::NotFound;
    QTest::newRow("a middle one") << ErrorKind::TooLarge;
    QTest::newRow("the last kind") << ErrorKind::Usage;
}

void TestModelProbe::failuresSurviveJson()
{
    QFETCH(ErrorKind, kind);
    const Error error{kind, u"It is \"torn\"."_s, u"line 1\nline 2"_s};
    const auto read = probeAnswerFromJson(QJsonDocument(probeFailureToJson(u"a"_s, error)).toJson());
    QVERIFY(read && !read->ok());
    QCOMPARE(read->error(), error);
}

void TestModelProbe::whatIsNoAnswerIsTold_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("no JSON") << QByteArray("Segmentation fault");
    QTest::newRow("an array") << QByteArray("[1, 2]");
    QTest::newRow("an empty object") << QByteArray("{}");
    QTest::newRow("an unknown kind") << QByteArray(
        R"({"kind": "new", "output_shape": [1, 3], "load_ms": 1, "first_forward_ms": 1})");
    QTest::newRow("no output") << QByteArray(R"({"kind": "lite", "load_ms": 1, "first_forward_ms": 1})");
    QTest::newRow("a time that is a text")
        << QByteArray(R"({"kind": "lite", "output_shape": [1, 3], "load_ms": "1", "first_forward_ms": 1})");
}

void TestModelProbe::whatIsNoAnswerIsTold()
{
    QFETCH(QByteArray, json);
    QVERIFY(!probeAnswerFromJson(json));
}

void TestModelProbe::probingHereRunsTheModelOnce()
{
    const auto script = std::make_shared<test::FakeScript>();
    ProbeRequest request;
    request.path = test::writeScript(file(u"model.pt"_s));
    request.threads = 3;
    const auto report = probeHere(request, test::fakeEngine(script));
    QVERIFY(report.ok());
    QCOMPARE(script->loads, 1);
    QCOMPARE(script->forwards, 1);
    QCOMPARE(script->threads, 3);
    QCOMPARE(report->kind, VariantKind::Scripted);
    QCOMPARE(report->run.outputs, 3);
    QVERIFY(report->input.isEmpty());
    QVERIFY(report->run.coldStart.load > 0ns && report->run.coldStart.firstForward > 0ns);
    QVERIFY(report->run.baselineResidentBytes > 0);
    QVERIFY(report->run.peakResidentBytes > 0);
}

void TestModelProbe::probingHereTakesTheModelsSize()
{
    const Preprocessing small =
        *Preprocessing::parse(u"size=28,resize=28,channels=1,mean=0.1,std=0.3"_s, Preprocessing());
    const InputTensor input = syntheticInput(small);
    QCOMPARE(input.channels, 1);
    QCOMPARE(input.values.size(), std::size_t{28 * 28});
    QVERIFY(input.values == syntheticInput(small).values);
    const auto [low, high] = std::ranges::minmax(input.values);
    QVERIFY(low >= -2 && high < 2 && high - low > 3);
}

void TestModelProbe::probingHereTellsWhatFails()
{
    const auto script = std::make_shared<test::FakeScript>();
    ProbeRequest request;
    request.path = test::writeScript(file(u"model.pt"_s));
    const Error error{ErrorKind::Incompatible, u"another shape"_s, {}};
    script->forwardErrors.insert(u"model.pt"_s, error);
    const auto report = probeHere(request, test::fakeEngine(script));
    QVERIFY(!report.ok());
    QCOMPARE(report.error(), error);

    request.path = test::writeScript(file(u"saves.pt"_s), "x: Tensor", "torch.save(x, \"/tmp/x\")");
    QVERIFY(probeHere(request, test::fakeEngine(script)).error().message.contains(u"aten::save"_s));
    QCOMPARE(script->loads, 1);
    request.fileOperators = FileOperators::Allowed;
    QVERIFY(request.toArguments().contains(u"--allow-file-operators"_s));
    QVERIFY(probeHere(request, test::fakeEngine(script)).ok());
    request.path = file(u"model.pt"_s);

    request.image = file(u"absent.png"_s);
    QVERIFY(!probeHere(request, test::fakeEngine(script)).ok());
    request.image.clear();
    request.preprocessing = u"size=nothing"_s;
    QVERIFY(!probeHere(request, test::fakeEngine(script)).ok());
    request.path = file(u"absent.pt"_s);
    QCOMPARE(probeHere(request, test::fakeEngine(script)).error().kind, ErrorKind::NotFound);
    QCOMPARE(script->loads, 2);
}

void TestModelProbe::probingHereRunsTheEngineOfTheFile()
{
    const test::FakeScripts scripts = test::twoFakeScripts();
    ProbeRequest request;
    request.path = test::writeLiteArchive(file(u"lite.ptl"_s));
    const auto report = probeHere(request, test::fakeEngines(scripts));
    QVERIFY(report.ok());
    QCOMPARE(report->stamp.engines(), QStringList{u"Second 2.5"_s});
    QCOMPARE(scripts[0]->enginesMade, 0);
    request.engine = u"fake"_s;
    QVERIFY(probeHere(request, test::fakeEngines(scripts)).ok());
    QCOMPARE(scripts[0]->loads, 1);
    request.engine = u"onnx"_s;
    QVERIFY(!probeHere(request, test::fakeEngines(scripts)).ok());
}

QTEST_GUILESS_MAIN(TestModelProbe)
#include "tst_model_probe.moc"
