#include "tests/app/found_files.h"
#include "tests/support/files.h"
#include "tests/support/model_files.h"

using namespace vitrine;
using namespace vitrine::test;

/// TorchScript that harms the real LibTorch, beside one that does not: made here, as code of one class.
class TestHostileScripts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void theGoodOneHasItsResult_data();
    void theGoodOneHasItsResult();
    void inspectRunsNothing();

private:
    /// Its forward runs this line before it gives the means of its channels.
    QString script(const QString& name, const QByteArray& line) const
    {
        return writeScript(m_folder.filePath(name), "x: Tensor", "x = torch.mean(x, [2, 3])\n    " + line);
    }
    QString withMethods(const QString& name, const QByteArray& methods,
                        const QByteArray& line = "pass") const;

    QTemporaryDir m_folder;
    const QByteArray m_endless = "_0 = True\n    while _0:\n      torch.warn(\"on and on\", 2)\n"
                                 "      _0 = torch.eq(1, 1)";
    const QByteArray m_hangingState =
        "  def __getstate__(self: __torch__.Tiny) -> Dict[str, int]:\n"
        "    return annotate(Dict[str, int], {})\n"
        "  def __setstate__(self: __torch__.Tiny,\n    s: Dict[str, int]) -> NoneType:\n    " +
        m_endless + "\n    return None\n";
};

void TestHostileScripts::initTestCase()
{
    VITRINE_REQUIRE_TORCH();
}

QString TestHostileScripts::withMethods(const QString& name, const QByteArray& methods,
                                        const QByteArray& line) const
{
    return editZip(script(name + u".plain"_s, line), m_folder.filePath(name),
                   [&](const QString& part, const QByteArray& content) {
                       return part.endsWith(u".py"_s) ? content + methods : content;
                   });
}

void TestHostileScripts::theGoodOneHasItsResult_data()
{
    QTest::addColumn<QString>("bad");
    QTest::addColumn<QByteArray>("said"); // empty: it answers, too
    QTest::newRow("its forward never ends")
        << script(u"loop.pt"_s, m_endless) << QByteArray("loop.pt gave no answer within 5 s");
    QTest::newRow("loading it never ends")
        << withMethods(u"state.pt"_s, m_hangingState) << QByteArray("state.pt gave no answer within 5 s");
    QTest::newRow("it divides the least number by -1")
        << script(u"divides.pt"_s, "x = torch.add(x, torch.floordiv(torch.sub(-9223372036854775807, "
                                   "torch.size(x, 0)), torch.neg(torch.size(x, 0))))")
        << QByteArray("LibTorch crashed on divides.pt (signal 8");
    QTest::newRow("it wants 100 TB") << script(u"large.pt"_s,
                                               "x = torch.add(x, torch.max(torch.ones([25000000000000])))")
                                     << QByteArray("there is not enough memory");
    QTest::newRow("it calls itself for ever")
        << withMethods(u"again.pt"_s,
                       "  def again(self: __torch__.Tiny,\n    x: Tensor) -> Tensor:\n"
                       "    return (self).again(x, )\n",
                       "x = (self).again(x, )")
        << QByteArray("again.pt could not be loaded");
    QTest::newRow("it warns a million times")
        << script(u"warns.pt"_s, "for i in range(1000000):\n      torch.warn(\"a warning\", 2)")
        << QByteArray();
    QTest::newRow("it prints what could be JSON") << script(u"prints.pt"_s, "print(\"{}]\")") << QByteArray();
}

void TestHostileScripts::theGoodOneHasItsResult()
{
    QFETCH(QString, bad);
    QFETCH(QByteArray, said);
    const QString good = script(u"good.pt"_s, "pass");

    const Run run = classifyFound(photograph(), bad, {u"--model"_s, good, u"--time-limit"_s, u"5"_s});

    VITRINE_COMPARE_STATUS(run, said.isEmpty() ? 0 : 1);
    QVERIFY2(run.err.contains(said), run.err);
    QCOMPARE(problemsIn(run), said.isEmpty() ? 0 : 1);
    const QJsonArray answers = run.json().array();
    QCOMPARE(answers.size(), said.isEmpty() ? 2 : 1);
    QCOMPARE(answers.last()[u"model"].toString(), good);
    QVERIFY(answers.last()[u"top"][0][u"probability"].toDouble() > 0);
}

void TestHostileScripts::inspectRunsNothing()
{
    const Run run = runVitrine({u"inspect"_s, withMethods(u"inspected.pt"_s, m_hangingState), u"--json"_s});
    VITRINE_COMPARE_STATUS(run, 0);
    QCOMPARE(run.json()[u"kind"].toString(), u"scripted"_s);
}

QTEST_APPLESS_MAIN(TestHostileScripts)
#include "tst_hostile_scripts.moc"
