#include "core/base/literals.h"
#include "tests/app/vitrine_process.h"
#include "tests/support/test_data.h"

#include <QFileInfo>

using namespace vitrine;
using namespace vitrine::test;

namespace {

const auto json = u"--json"_s;

Run inspect(const QStringList& arguments)
{
    return runVitrine(QStringList{u"inspect"_s} + arguments);
}

} // namespace

class TestInspect : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void checkpointTellsItsConfiguration();
    void imageTellsItsSize();
    void severalFilesGiveAnArray();
    void goodFilesAreStillTold();
    void textIsForReading();
    void scriptTellsItsOperators();
    void archiveWithoutForwardTellsItsProblem();
};

void TestInspect::checkpointTellsItsConfiguration()
{
    const Run run = inspect({tinyCheckpoint(), json});
    VITRINE_COMPARE_STATUS(run, 0);
    QCOMPARE(run.err, QByteArray());
    const QJsonObject file = run.json().object();
    QCOMPARE(file[u"path"].toString(), QFileInfo(tinyCheckpoint()).absoluteFilePath());
    QCOMPARE(file[u"kind"].toString(), u"original"_s);
    QCOMPARE(file[u"bytes"].toInteger(), QFileInfo(tinyCheckpoint()).size());
    QCOMPARE(file[u"sha256"].toString().size(), 64);
    QVERIFY(file[u"quantizedEngine"].isNull());
    QVERIFY(file[u"parameters"].toInteger() > 10'000);
    QVERIFY(file[u"tensors"].toInteger() > 10);
    QCOMPARE(file[u"deit"].toObject()[u"classes"].toInt(), 7);
    QCOMPARE(file[u"labels"].toObject()[u"source"].toString(), u"none"_s);
}

void TestInspect::imageTellsItsSize()
{
    const Run run = inspect({fixture(u"images/gray8.png"_s), json});
    VITRINE_COMPARE_STATUS(run, 0);
    const QJsonObject image = run.json().object()[u"image"].toObject();
    QCOMPARE(image[u"format"].toString(), u"png"_s);
    QVERIFY(image[u"width"].toInt() > 0 && image[u"height"].toInt() > 0);
}

void TestInspect::severalFilesGiveAnArray()
{
    const Run run = inspect({json, tinyCheckpoint(), fixture(u"images/gray8.png"_s)});
    VITRINE_COMPARE_STATUS(run, 0);
    QCOMPARE(run.json().array().size(), 2);
}

void TestInspect::goodFilesAreStillTold()
{
    const Run run = inspect({u"gone.pt"_s, tinyCheckpoint(), json});
    VITRINE_COMPARE_STATUS(run, 1);
    QCOMPARE(run.errorLines(), 1);
    QVERIFY2(run.err.contains("gone.pt"), run.err.constData());
    QCOMPARE(run.json().array().size(), 1);
}

void TestInspect::textIsForReading()
{
    const Run run = inspect({tinyCheckpoint()});
    VITRINE_COMPARE_STATUS(run, 0);
    QVERIFY2(run.out.contains("original"), run.out.constData());
    QVERIFY(!run.json().isObject());
}

void TestInspect::scriptTellsItsOperators()
{
    const Run run = inspect({fixture(u"models/perceptron_scripted.pt"_s), json});
    VITRINE_COMPARE_STATUS(run, 0);
    const QJsonObject file = run.json().object();
    QCOMPARE(file[u"kind"].toString(), u"scripted"_s);
    QVERIFY(!file[u"operators"].toArray().isEmpty());
    QVERIFY(file[u"parameters"].toInteger() > 0);
    QCOMPARE(file[u"inputSignature"].toString(), u"forward(x: Tensor) -> Tensor"_s);
    QVERIFY(file[u"warning"].isUndefined());
}

void TestInspect::archiveWithoutForwardTellsItsProblem()
{
    const Run run = inspect({fixture(u"models/no_forward.pt"_s), json});
    QVERIFY(!run.json().object()[u"problem"].toString().isEmpty());
}

QTEST_APPLESS_MAIN(TestInspect)
#include "tst_inspect.moc"
