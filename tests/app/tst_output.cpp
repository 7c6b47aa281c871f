#include "tests/app/engines_process.h"
#include "tests/support/files.h"
#include "tests/support/model_files.h"

#include <QDir>
#include <QTemporaryDir>

#include <unistd.h>

using namespace vitrine;
using namespace vitrine::test;

/// Where output goes: standard output that takes nothing, files that must not be lost, terminals.
class TestOutput : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void outputThatCannotBeWrittenIsAFailure_data();
    void outputThatCannotBeWrittenIsAFailure();
    void aReaderThatGoesAwayIsNoFailure_data();
    void aReaderThatGoesAwayIsNoFailure();
    void whatAModelPrintsIsNotInTheOutput();
    void namesAreShownAndNotObeyed();
    void nothingIsOverwrittenThatIsNoResult_data();
    void nothingIsOverwrittenThatIsNoResult();
    void nothingBesideAModelIsOverwritten();
    void earlierResultsAreOverwritten();
    void anAlteredVariantIsNamedAndTheOthersOpen();
    void aCacheThatCannotBeWrittenIsSaid();

private:
    QStringList comparing(const QStringList& further) const
    {
        return QStringList{u"compare"_s,  u"--set"_s, m_set,          u"--image"_s, m_image,
                           u"--rounds"_s, u"2"_s,     u"--threads"_s, u"1"_s,       u"--no-probe"_s} +
               further;
    }
    QString file(const QString& name) const { return m_folder.filePath(name); }

    QTemporaryDir m_folder;
    QString m_set;
    QString m_image;
    QString m_labels;
};

void TestOutput::initTestCase()
{
    m_set = writeVariantSet(file(u"set"_s), {VariantKind::Scripted, VariantKind::Lite});
    m_image = writeImage(file(u"image.png"_s));
    m_labels = writeFile(file(u"labels.txt"_s), "cat\ndog\nhen\n");
}

void TestOutput::outputThatCannotBeWrittenIsAFailure_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("version") << QStringList{u"--version"_s};
    QTest::newRow("help") << QStringList{u"--help"_s};
    QTest::newRow("help of a command") << QStringList{u"build"_s, u"--help"_s};
    QTest::newRow("list of checkpoints") << QStringList{u"fetch"_s, u"--list"_s};
    QTest::newRow("inspect") << QStringList{u"inspect"_s, m_image};
    QTest::newRow("inspect as JSON") << QStringList{u"inspect"_s, m_set, u"--json"_s};
    QTest::newRow("classify") << QStringList{u"classify"_s, m_image, u"--set"_s, m_set};
    QTest::newRow("compare") << comparing({});
    QTest::newRow("compare as JSON") << comparing({u"--json"_s});
    QTest::newRow("profile") << QStringList{u"profile"_s, u"--set"_s,     m_set,  u"--image"_s,
                                            m_image,      u"--threads"_s, u"1"_s, u"--json"_s};
    QTest::newRow("probe") << QStringList{u"probe"_s, writeScript(file(u"script.pt"_s))};
    QTest::newRow("build") << QStringList{u"build"_s, writeTinyDeit(file(u"tiny.pth"_s)), u"--out"_s,
                                          file(u"built"_s)};
}

void TestOutput::outputThatCannotBeWrittenIsAFailure()
{
    QFETCH(QStringList, arguments);
    QProcess process;
    process.setProcessEnvironment(withFakeEngines());
    process.setStandardOutputFile(u"/dev/full"_s);
    process.start(QStringLiteral(VITRINE_EXECUTABLE), arguments);
    QVERIFY(process.waitForFinished(60'000));
    const QByteArray errors = process.readAllStandardError();
    QVERIFY2(process.exitCode() == 1, errors.constData());
    QCOMPARE(errors.count("vitrine: Standard output cannot be written: No space left on device."), 1);
    QCOMPARE(errors.count("vitrine:") - errors.count("vitrine: warning:") - errors.count("vitrine: note:"),
             1);
}

void TestOutput::aReaderThatGoesAwayIsNoFailure_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("reader");
    QStringList many{u"inspect"_s};
    for (int i = 0; i < 1'000; ++i)
        many << m_image;
    QTest::newRow("one that reads nothing") << QStringList{u"--help"_s} << u"true"_s;
    QTest::newRow("one that reads a line of more than a pipe holds") << many << u"head -1 >/dev/null"_s;
    QTest::newRow("one that reads a byte of JSON")
        << many + QStringList{u"--json"_s} << u"head -c 1 >/dev/null"_s;
}

void TestOutput::aReaderThatGoesAwayIsNoFailure()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, reader);
    QProcess process;
    process.setProcessEnvironment(withFakeEngines());
    process.start(u"/bin/sh"_s,
                  QStringList{u"-c"_s, u"{ \"$0\" \"$@\"; echo \"status $?\" >&2; } | "_s + reader,
                              QStringLiteral(VITRINE_EXECUTABLE)} +
                      arguments);
    QVERIFY(process.waitForFinished(60'000));
    QCOMPARE(process.readAllStandardError(), "status 0\n");
}

void TestOutput::whatAModelPrintsIsNotInTheOutput()
{
    const Run run = runVitrine(comparing({u"--json"_s}), withFakeEngines());
    VITRINE_COMPARE_STATUS(run, 0);
    QVERIFY(run.err.contains("the model prints"));
    QCOMPARE(run.json()[u"variants"].toArray().size(), 2);
}

void TestOutput::namesAreShownAndNotObeyed()
{
    const QString bad = writeImage(file(u"red\x1b[31m\u202e\nname.png"_s));
    const Run text = runVitrine({u"inspect"_s, bad, file(u"missing\x1b]0;title\x07.png"_s)});
    VITRINE_COMPARE_STATUS(text, 1);
    QVERIFY2(text.out.contains("red\\x1b[31m\\u202e\\nname.png"), text.out.constData());
    QVERIFY2(text.err.contains("missing\\x1b]0;title\\x07.png"), text.err.constData());
    for (const char* obeyed : {"\x1b", "\x07", "\u202e"})
        QVERIFY(!(text.out + text.err).contains(obeyed));

    const Run json = runVitrine({u"inspect"_s, bad, u"--json"_s});
    QVERIFY(!json.out.contains("\u202e"));
    QCOMPARE(json.json()[u"path"].toString(), QFileInfo(bad).absoluteFilePath());
}

void TestOutput::nothingIsOverwrittenThatIsNoResult_data()
{
    QTest::addColumn<QStringList>("outputs");
    QTest::addColumn<QByteArray>("said");
    QTest::addColumn<QString>("kept");
    const QString link = file(u"link.csv"_s);
    const QString hard = file(u"hard.json"_s);
    QFile::link(m_image, link);
    QCOMPARE(::link(QFile::encodeName(m_labels).constData(), QFile::encodeName(hard).constData()), 0);
    const QString variant = m_set + u"/lite.pt"_s;
    const QString other = writeScript(file(u"other.pt"_s));
    const QString charts = file(u"mine"_s);
    const QString mine = writeFile(charts + u"/latency.png"_s, "holiday");
    const QString drawing = writeFile(file(u"drawn/size.svg"_s), "<svg>my own</svg>");
    const auto row = [](const char* name, const QStringList& outputs, const char* said, const QString& kept) {
        QTest::newRow(name) << outputs << QByteArray(said) << kept;
    };
    row("JSON onto the image", {u"--json"_s, m_image}, "--json would overwrite", m_image);
    row("CSV onto the image, by a link", {u"--csv"_s, link}, "--csv would overwrite", m_image);
    row("JSON onto the labels, by a hard link", {u"--json"_s, hard}, "which is read", m_labels);
    row("JSON onto the manifest", {u"--json"_s, m_set + u"/vitrine.json"_s}, "which is read",
        m_set + u"/vitrine.json"_s);
    row("CSV onto a variant", {u"--csv"_s, variant}, "--csv would overwrite", variant);
    row("CSV onto a model that is not read", {u"--csv"_s, other}, "TorchScript", other);
    row("one file for both", {u"--json"_s, file(u"both"_s), u"--csv"_s, file(u"./both"_s)}, "the same file",
        m_image);
    row("charts onto a picture", {u"--charts"_s, charts}, "latency.png is no chart", mine);
    row("charts onto a drawing", {u"--charts"_s, file(u"drawn"_s)}, "size.svg is no chart", drawing);
    row("JSON onto a chart", {u"--json"_s, file(u"c/size.svg"_s), u"--charts"_s, file(u"c"_s)},
        "a file that --charts writes", m_image);
}

void TestOutput::nothingIsOverwrittenThatIsNoResult()
{
    QFETCH(QStringList, outputs);
    QFETCH(QByteArray, said);
    QFETCH(QString, kept);
    const QByteArray before = readFile(kept);
    const Run run = runVitrine(comparing(QStringList{u"--labels"_s, m_labels} + outputs), withFakeEngines());
    VITRINE_COMPARE_STATUS(run, 2);
    QVERIFY2(run.err.contains(said), run.err.constData());
    QVERIFY2(!run.err.contains("the model prints"), "it was refused too late");
    QCOMPARE(readFile(kept), before);
}

void TestOutput::nothingBesideAModelIsOverwritten()
{
    QVERIFY(QDir().mkpath(file(u"face"_s)));
    const QString model = writeScript(file(u"face/model.pt"_s));
    const QByteArray content = R"({"id2label": {"0": "cat", "1": "dog", "2": "hen"}})";
    const QString config = writeFile(file(u"face/config.json"_s), content);

    const Run run = runVitrine(
        {u"compare"_s, u"--model"_s, model, u"--image"_s, m_image, u"--no-probe"_s, u"--json"_s, config});

    VITRINE_COMPARE_STATUS(run, 2);
    QVERIFY2(run.err.contains("which is read"), run.err);
    QFile kept(config);
    QVERIFY(kept.open(QIODevice::ReadOnly));
    QCOMPARE(kept.readAll(), content);
}

void TestOutput::earlierResultsAreOverwritten()
{
    const QStringList outputs{u"--json"_s,          file(u"again.json"_s), u"--csv"_s,
                              file(u"again.csv"_s), u"--charts"_s,         file(u"again"_s)};
    for (int i = 0; i < 2; ++i) {
        const Run run = runVitrine(comparing(outputs), withFakeEngines());
        VITRINE_COMPARE_STATUS(run, 0);
        QVERIFY(QFileInfo(file(u"again/latency.svg"_s)).size() > 0);
    }
}

void TestOutput::anAlteredVariantIsNamedAndTheOthersOpen()
{
    const QString set = writeVariantSet(file(u"altered"_s), {VariantKind::Scripted, VariantKind::Lite});
    const QString path = set + u"/scripted.pt"_s;
    QByteArray content = readFile(path);
    content[3] = char(content[3] ^ 1);
    writeFile(path, content);
    const Run run = runVitrine({u"classify"_s, m_image, u"--set"_s, set, u"--json"_s}, withFakeEngines());
    VITRINE_COMPARE_STATUS(run, 1);
    QVERIFY2(run.err.contains("scripted.pt: its content has changed since it was built"),
             run.err.constData());
    QCOMPARE(run.json().array().size(), 1);
    QVERIFY(run.json().array().first()[u"model"].toString().endsWith(u"lite.pt"_s));
}

void TestOutput::aCacheThatCannotBeWrittenIsSaid()
{
    QProcessEnvironment environment = withFakeEngines();
    environment.insert(u"XDG_CACHE_HOME"_s, m_labels); // a file
    const QStringList arguments{u"profile"_s, u"--set"_s, m_set, u"--image"_s, m_image};
    const Run run = runVitrine(arguments, environment);
    VITRINE_COMPARE_STATUS(run, 0);
    QVERIFY2(run.err.contains("That cannot be remembered: "), run.err.constData());
}

QTEST_GUILESS_MAIN(TestOutput)
#include "tst_output.moc"
