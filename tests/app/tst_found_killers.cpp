#include "tests/app/found_files.h"

#include <QElapsedTimer>

using namespace vitrine;
using namespace vitrine::test;

/// Files that crash, hang or flood LibTorch (found/killers of the real data), beside a variant that does not.
class TestFoundKillers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init() { m_cache = std::make_unique<QTemporaryDir>(); }
    void theGoodOneKeepsItsResult_data();
    void theGoodOneKeepsItsResult();
    void theGoodOneIsMeasured_data();
    void theGoodOneIsMeasured();

private:
    Run run(const QStringList& arguments) const;
    void checkErrors(const Run& run) const;

    QTemporaryDir m_folder;
    std::unique_ptr<QTemporaryDir> m_cache;
    QString m_good;
};

void TestFoundKillers::initTestCase()
{
    VITRINE_REQUIRE_TORCH();
    VITRINE_REQUIRE_REAL_DATA();
    init();
    const QString set = m_folder.filePath(u"set"_s);
    VITRINE_COMPARE_STATUS(run({u"build"_s, tinyCheckpoint(), u"--out"_s, set}), 0);
    m_good = set + u"/scripted.pt"_s;
    QVERIFY(QFile::exists(m_good));
}

Run TestFoundKillers::run(const QStringList& arguments) const
{
    QProcessEnvironment environment = withoutDisplay();
    environment.insert(u"XDG_CACHE_HOME"_s, m_cache->path());
    return runVitrine(arguments, environment);
}

/// One line, of the killer.
void TestFoundKillers::checkErrors(const Run& run) const
{
    QFETCH(QString, killer);
    QFETCH(QByteArray, said);
    VITRINE_COMPARE_STATUS(run, 1);
    QVERIFY2(run.err.contains(killer.toUtf8()) && run.err.contains(said), run.err);
    QCOMPARE(problemsIn(run), 1);
}

void TestFoundKillers::theGoodOneKeepsItsResult_data()
{
    QTest::addColumn<QString>("killer");
    QTest::addColumn<QByteArray>("said");
    const auto row = [](const char* name, const char* said) {
        QTest::newRow(name) << QString::fromLatin1(name) << QByteArray(said);
    };
    row("AllocGrow.pt", "AllocGrow.pt"); // by memory or by time, as the machine has it
    row("MinDiv.pt", "crashed on MinDiv.pt (signal 8");
    row("SetStateFPE.ptl", "crashed on SetStateFPE.ptl (signal 8");
    row("SetStateRaise.pt", "its own code says \"in setstate\"");
    row("deep_add_20000.pt", "nested too deeply");
    row("deep_list_20000.pt", "nested too deeply");
    row("deep_type_20000.pt", "nested too deeply");
    row("tensor_off_big.pt", "reaches beyond its data");
    row("tensor_stride_ovf.pt", "reaches beyond its data");
}

void TestFoundKillers::theGoodOneKeepsItsResult()
{
    QFETCH(QString, killer);
    QElapsedTimer clock;
    clock.start();
    const Run run =
        this->run({u"classify"_s, photograph(), u"--model"_s, realData(u"found/killers/"_s + killer),
                   u"--model"_s, m_good, u"--time-limit"_s, u"5"_s, u"--json"_s});
    QVERIFY2(clock.elapsed() < 120'000, qPrintable(QString::number(clock.elapsed())));
    checkErrors(run);
    const QJsonArray answers = run.json().array();
    QCOMPARE(answers.size(), 1);
    QCOMPARE(answers[0][u"model"].toString(), m_good);
    QVERIFY(answers[0][u"top"][0][u"probability"].toDouble() > 0);
}

void TestFoundKillers::theGoodOneIsMeasured_data()
{
    QTest::addColumn<QString>("killer");
    QTest::addColumn<QByteArray>("said");
    QTest::newRow("its second forward never ends")
        << u"LoopSecond.pt"_s << QByteArray("LoopSecond.pt gave no answer within 5 s");
    QTest::newRow("its forward crashes") << u"MinDiv.pt"_s << QByteArray("crashed on MinDiv.pt (signal 8");
    QTest::newRow("loading it crashes")
        << u"SetStateFPE.ptl"_s << QByteArray("crashed on SetStateFPE.ptl (signal 8");
}

void TestFoundKillers::theGoodOneIsMeasured()
{
    QFETCH(QString, killer);
    const Run run =
        this->run({u"compare"_s, u"--model"_s, realData(u"found/killers/"_s + killer), u"--model"_s, m_good,
                   u"--image"_s, photograph(), u"--rounds"_s, u"3"_s, u"--threads"_s, u"1"_s, u"--no-probe"_s,
                   u"--time-limit"_s, u"5"_s, u"--json"_s, u"-"_s});
    checkErrors(run);
    const QJsonArray variants = run.json()[u"variants"].toArray();
    QCOMPARE(variants.size(), 2);
    QCOMPARE(variants[1][u"path"].toString(), m_good);
    QCOMPARE(variants[1][u"n"].toInt(), 3);
    QVERIFY(variants[0][u"n"].toInt() < 3);
}

QTEST_APPLESS_MAIN(TestFoundKillers)
#include "tst_found_killers.moc"
