#include "core/base/literals.h"
#include "tests/app/vitrine_process.h"
#include "tests/support/test_data.h"

#include "core/base/version.h"
#include "core/measure/thread_choice.h"

#include <QTemporaryDir>

using namespace vitrine;
using namespace vitrine::test;

class TestUsage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void versionIsPrinted();
    void helpIsPrinted_data();
    void helpIsPrinted();
    void wrongUsageIsSaid_data();
    void wrongUsageIsSaid();
    void aNameThatIsNoTextIsSaid();
    void windowNeedsADisplay();
    void aDeadDisplayIsLikeNone();
    void optionsMayFollowOrPrecedeValues();
};

void TestUsage::versionIsPrinted()
{
    const Run run = runVitrine({u"--version"_s});
    VITRINE_COMPARE_STATUS(run, 0);
    QCOMPARE(run.out, "vitrine " + vitrine::version().toUtf8() + "\n");
    QCOMPARE(run.err, QByteArray());
}

void TestUsage::helpIsPrinted_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("usage");
    const auto row = [](const char* command, const char* usage) {
        QStringList arguments = QString::fromLatin1(command).split(u' ', Qt::SkipEmptyParts);
        QTest::newRow(usage) << (arguments << u"--help"_s) << QByteArray(usage);
    };
    row("", "Usage: vitrine [FILES...]");
    row("build", "Usage: vitrine build CHECKPOINT_OR_SCRIPT --out DIR");
    row("inspect", "Usage: vitrine inspect FILE...");
    row("classify", "Usage: vitrine classify IMAGE...");
    row("compare", "Usage: vitrine compare (--set DIR | --model FILE...)");
    row("sweep", "Usage: vitrine sweep (--set DIR | --model FILE...)");
    row("profile", "Usage: vitrine profile (--set DIR | --model FILE...)");
    row("probe", "Usage: vitrine probe FILE");
    row("demo", "Usage: vitrine demo");
    row("fetch", "Usage: vitrine fetch NAME");
}

void TestUsage::helpIsPrinted()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, usage);
    const Run run = runVitrine(arguments);
    VITRINE_COMPARE_STATUS(run, 0);
    QVERIFY2(run.out.startsWith(usage), run.out.constData());
    QCOMPARE(run.err, QByteArray());
}

void TestUsage::wrongUsageIsSaid_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::addColumn<QByteArray>("said");
    const auto row = [](const char* arguments, const QByteArray& said) {
        QTest::newRow(arguments) << QString::fromLatin1(arguments) << said;
    };
    const auto mostOf = [](const char* text) {
        return QString::fromLatin1(text).arg(mostThreads()).toUtf8();
    };
    row("--frobnicate", "frobnicate");
    row("build", "Name one checkpoint");
    row("build a.pth b.pth --out o", "Name one checkpoint");
    row("build a.pth", "--out");
    row("build a.pth --out o --heads 0", "--heads");
    row("build a.pth --out o --layer-norm-eps zero", "--layer-norm-eps");
    row("inspect", "Name at least one file");
    row("inspect a --what", "what");
    row("classify --model m.pt", "Name at least one image");
    row("classify a.png", "Name the models");
    row("classify a.png --set s --model m.pt", "Name the models");
    row("classify a.png --set s --set t", "--set");
    row("classify a.png --model m.pt --top 0", "--top");
    row("classify a.png --model m.pt --top 11", "--top");
    row("classify a.png --model m.pt --threads -1", "--threads");
    row("classify a.png --model m.pt --logits", "--logits");
    row("classify a.png --model m.pt --preprocess size=x", "size");
    row("classify a.png --model m.pt --preprocess colour=1", "colour");
    row("classify a.png --model m.pt --preprocess size=224,size=3", "\"size\" twice");
    row("classify a.png --model m.pt --preprocess ,", "without a name");
    row("classify a.png --model m.pt --preprocess=", "--preprocess is given nothing");
    row("classify a.png --model=", "--model is given nothing");
    row("inspect ", "The name \"\" is empty");
    row("classify a.png  --model m.pt", "The name \"\" is empty");
    row("compare --set s", "Name at least one image");
    row("compare --image a.png", "Name the models");
    row("compare --set s --image a.png --rounds 1.5", "--rounds");
    row("compare --set s --image a.png --seed -1", "--seed");
    row("compare --set s --image a.png --seed 9223372036854775808", "--seed");
    row("compare --set s --image a.png --aa --csv a.csv", "--aa and --csv");
    row("compare --set s --image a.png --aa --probe", "--aa and --probe");
    row("compare --set s --image a.png --preset hasty", "careful");
    row("compare --set s --image a.png --precision 0", "--precision");
    row("compare --set s --image a.png --precision 1 --rounds 5", "--rounds");
    row("compare --set s --image a.png --budget soon", "--budget");
    row("compare --set s --image a.png --timed decode", "forward+softmax");
    row("compare a.png --set s", "a.png");
    row("compare --set s --image a.png --probe --no-probe", "--no-probe");
    row("sweep --set s", "Name one image");
    row("sweep --set s --image a.png --threads 1,two", "1,two");
    row("sweep --set s --image a.png --threads 0,1", "--threads");
    row("sweep --set s --image a.png --threads 2", "compare");
    row("sweep --set s --image a.png --threads 1,100000", mostOf("1 to %1"));
    row("compare --set s --image a.png --threads 1000000000", mostOf("from 1 to %1"));
    row("classify a.png --model m.pt --threads 100000", mostOf("from 1 to %1"));
    row("profile --set s --image a.png --threads 100000", mostOf("from 1 to %1"));
    row("probe a.pt --threads 100000", mostOf("from 1 to %1"));
    row("probe a.pt --time-limit 0", "--time-limit");
    row("comapre x", "Did you mean compare?");
    row("inspcet", "Did you mean inspect?");
    row("frobnicate a.png", "Commands are demo, fetch, build");
    row("sweep --set s --image a.png --preset hasty", "careful");
    row("profile --image a.png", "Name the models");
    row("profile --set s", "Name one image");
    row("profile --set s --image a.png --image b.png", "Name one image");
    row("profile --set s --image a.png --top 0", "--top");
    row("profile a.png --set s", "a.png");
    row("probe", "Name one model file");
    row("probe a.pt b.pt", "Name one model file");
    row("probe a.pt --threads 0", "--threads");
    row("probe a.pt --memory-limit much", "--memory-limit");
    row("probe a.pt --preprocess size=x", "size");
    row("demo a.png", "a.png");
    row("demo --out=", "--out");
    row("fetch", "deit-tiny-distilled");
    row("fetch deit-tiny deit-base", "Name one checkpoint");
    row("fetch resnet", "deit-base-384");
    row("fetch deit-tny", "Did you mean deit-tiny?");
    row("fetch --list deit-tiny", "deit-tiny");
    row("fetch deit-tiny --base-url mirror.example", "mirror.example");
}

void TestUsage::wrongUsageIsSaid()
{
    QFETCH(QString, arguments);
    QFETCH(QByteArray, said);
    const Run run = runVitrine(arguments.split(u' '));
    VITRINE_COMPARE_STATUS(run, 2);
    QVERIFY2(run.err.contains(said), run.err.constData());
    QVERIFY2(run.err.contains("--help"), run.err.constData());
    QCOMPARE(run.errorLines(), 2);
    QCOMPARE(run.out, QByteArray());
}

/// QProcess has no such names to give.
void TestUsage::aNameThatIsNoTextIsSaid()
{
    QProcess shell;
    shell.setProcessEnvironment(withoutDisplay());
    shell.start(u"sh"_s, {u"-c"_s, u"exec \"$0\" inspect \"$(printf 'm\\377.pt')\""_s,
                          QStringLiteral(VITRINE_EXECUTABLE)});
    QVERIFY(shell.waitForFinished(60'000));
    QCOMPARE(shell.exitCode(), 2);
    const QByteArray said = shell.readAllStandardError();
    QVERIFY2(said.contains("is not in UTF-8, so that no file is found by it; rename the file"),
             said.constData());
}

void TestUsage::windowNeedsADisplay()
{
    const Run run = runVitrine({});
    VITRINE_COMPARE_STATUS(run, 1);
    QVERIFY2(run.err.contains("display"), run.err.constData());
    QCOMPARE(run.errorLines(), 1);
}

void TestUsage::aDeadDisplayIsLikeNone()
{
    QProcessEnvironment environment = withoutDisplay();
    environment.insert(u"DISPLAY"_s, u":9876"_s);
    const Run run = runVitrine({u"picture.png"_s}, environment);
    VITRINE_COMPARE_STATUS(run, 1);
    QVERIFY2(run.err.startsWith("vitrine: The display :9876 cannot be opened."), run.err.constData());
    QVERIFY2(run.err.contains("no display"), run.err.constData());
    QCOMPARE(run.errorLines(), 2);
}

void TestUsage::optionsMayFollowOrPrecedeValues()
{
    // Files that are not there are failures; the usage is right.
    for (const char* arguments : {"compare --model gone.pt gone.pt --image gone.png gone2.png --json",
                                  "compare --json - --image=gone.png --model=gone.pt",
                                  "classify --model gone.pt gone.png", "classify gone.png --model gone.pt"}) {
        const Run run = runVitrine(QString::fromLatin1(arguments).split(u' '));
        VITRINE_COMPARE_STATUS(run, 1);
        QVERIFY2(run.err.contains("gone.pt"), run.err.constData());
    }
}

QTEST_APPLESS_MAIN(TestUsage)
#include "tst_usage.moc"
