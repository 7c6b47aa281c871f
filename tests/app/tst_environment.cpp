#include "core/base/literals.h"
#include "tests/app/engines_process.h"
#include "tests/support/files.h"
#include "tests/support/model_files.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include <algorithm>

using namespace vitrine;
using namespace vitrine::test;

namespace {

/// Whether one of its threads has a child.
bool runsAProcess(const QProcess& process)
{
    const QDir threads(u"/proc/%1/task"_s.arg(process.processId()));
    const QStringList ids = threads.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    return std::ranges::any_of(ids, [&threads](const QString& id) {
        return !readFile(threads.filePath(id + u"/children"_s)).isEmpty();
    });
}

} // namespace

/// The program where the environment is not as it should be: every command does its work all the same.
class TestEnvironment : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyCommandDoesItsWork_data();
    void everyCommandDoesItsWork();
    void compareDoesItsWorkWhereNothingIsOfUse();
    void theDemoSaysWhatIsMissing();
    void aModelRunsInAProcessOfItsOwn_data() { everyCommandDoesItsWork_data(); }
    void aModelRunsInAProcessOfItsOwn();
    void theWindowOpens();

private:
    QProcessEnvironment changed(QProcessEnvironment environment) const;
    QProcessEnvironment useless() const;
    QString file(const QString& name) const { return m_folder.filePath(name); }

    QTemporaryDir m_folder;
    QString m_set;
    QString m_image;
};

void TestEnvironment::initTestCase()
{
    m_set = writeVariantSet(file(u"set"_s), {VariantKind::Scripted, VariantKind::Lite});
    m_image = writeImage(file(u"image.png"_s));
    QVERIFY(QDir().mkdir(file(u"open to all"_s)));
    QVERIFY(QFile::setPermissions(file(u"open to all"_s), QFile::Permissions(0x7777)));
    writeFile(file(u"a file"_s), "x");
}

void TestEnvironment::everyCommandDoesItsWork_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("value");
    const QString inAFile = file(u"a file"_s) + u"/x"_s;
    for (const char* name : {"HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"}) {
        const auto row = [&](const char* what, const QString& value) {
            QTest::addRow("%s %s", name, what) << QString::fromLatin1(name) << value;
        };
        row("is not set", {});
        row("leads to nothing", file(u"nowhere"_s));
        row("cannot be made", inAFile);
        row("is a file", file(u"a file"_s));
        row("is open to all", file(u"open to all"_s));
    }
}

/// As the row has it; an empty value stands for none.
QProcessEnvironment TestEnvironment::changed(QProcessEnvironment environment) const
{
    QFETCH(const QString, name);
    QFETCH(const QString, value);
    environment.insert(u"XDG_CACHE_HOME"_s, file(u"cache"_s));
    if (value.isEmpty())
        environment.remove(name);
    else
        environment.insert(name, value);
    return environment;
}

QProcessEnvironment TestEnvironment::useless() const
{
    QProcessEnvironment environment = withFakeEngines();
    for (const char* name : {"HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"})
        environment.insert(QLatin1String(name), file(u"a file"_s));
    return environment;
}

void TestEnvironment::everyCommandDoesItsWork()
{
    const QProcessEnvironment environment = changed(withFakeEngines());
    const QStringList onSet{u"--set"_s, m_set, u"--threads"_s, u"1"_s};
    const QStringList measured = onSet + QStringList{u"--image"_s, m_image};
    for (const QStringList& arguments :
         {QStringList{u"--version"_s}, QStringList{u"fetch"_s, u"--list"_s},
          QStringList{u"inspect"_s, m_image}, QStringList{u"classify"_s, m_image} + onSet,
          QStringList{u"profile"_s} + measured}) {
        const Run run = runVitrine(arguments, environment);
        VITRINE_COMPARE_STATUS(run, 0);
        QVERIFY(!run.out.isEmpty());
        QVERIFY2(!run.err.contains("QStandardPaths"), run.err.constData());
    }
}

void TestEnvironment::compareDoesItsWorkWhereNothingIsOfUse()
{
    const QProcessEnvironment environment = useless();
    const Run run = runVitrine({u"compare"_s, u"--set"_s, m_set, u"--image"_s, m_image, u"--threads"_s,
                                u"1"_s, u"--rounds"_s, u"2"_s, u"--no-probe"_s, u"--json"_s},
                               environment);
    VITRINE_COMPARE_STATUS(run, 0);
    QCOMPARE(run.json().object()[u"variants"].toArray().size(), 2);
    QVERIFY2(!run.err.contains("QStandardPaths"), run.err.constData());
}

void TestEnvironment::theDemoSaysWhatIsMissing()
{
    QProcessEnvironment environment = withFakeEngines();
    environment.insert(u"XDG_CACHE_HOME"_s, file(u"a file"_s));
    const Run run = runVitrine({u"demo"_s, u"--out"_s, file(u"demo"_s)}, environment);
    VITRINE_COMPARE_STATUS(run, 1);
    QVERIFY2(run.err.contains("Name one that you may write to in XDG_CACHE_HOME."), run.err.constData());
}

void TestEnvironment::aModelRunsInAProcessOfItsOwn()
{
    QProcessEnvironment environment = changed(withoutDisplay());
    environment.insert(u"VITRINE_PLUGIN_DIR"_s, QStringLiteral(VITRINE_HOSTILE_ENGINE));
    const QString bad = writeScript(file(u"crash.pt"_s), "x: Tensor", "bad");
    const QString good = writeScript(file(u"good.pt"_s), "x: Tensor", "good");
    const Run run = runVitrine(
        {u"classify"_s, m_image, u"--model"_s, bad, u"--model"_s, good, u"--try-again"_s}, environment);
    VITRINE_COMPARE_STATUS(run, 1);
    QVERIFY2(run.out.contains("good.pt"), run.out.constData());
    QVERIFY2(run.err.startsWith("vitrine: Hostile crashed on crash.pt"), run.err.constData());
    QCOMPARE(run.errorLines(), 1);
}

void TestEnvironment::theWindowOpens()
{
    QProcessEnvironment environment = useless();
    environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
    RunningVitrine vitrine({m_set, m_image}, environment);
    QTRY_VERIFY_WITH_TIMEOUT(runsAProcess(vitrine.process()), 60'000); // its models are
    vitrine.send(SIGTERM);
    const Run run = vitrine.end();
    VITRINE_COMPARE_STATUS(run, 128 + SIGTERM);
    QCOMPARE(run.err, QByteArray());
}

QTEST_GUILESS_MAIN(TestEnvironment)
#include "tst_environment.moc"
