#include "tests/app/vitrine_process.h"
#include "tests/support/test_data.h"

#include <QFileInfo>

using namespace vitrine::test;

namespace {

const auto json = QStringLiteral("--json");

Run inspect(const QStringList& arguments)
{
    return runVitrine(QStringList{QStringLiteral("inspect")} + arguments);
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
    QCOMPARE(file[u"kind"].toString(), QStringLiteral("original"));
    QCOMPARE(file[u"bytes"].toInteger(), QFileInfo(tinyCheckpoint()).size());
    QCOMPARE(file[u"sha256"].toString().size(), 64);
    QVERIFY(file[u"quantizedEngine"].isNull());
    QVERIFY(file[u"parameters"].toInteger() > 10'000);
    QVERIFY(file[u"tensors"].toInteger() > 10);
    QCOMPARE(file[u"deit"].toObject()[u"classes"].toInt(), 7);
    QCOMPARE(file[u"labels"].toObject()[u"source"].toString(), QStringLiteral("none"));
}

void TestInspect::imageTellsItsSize()
{
    const Run run = inspect({fixture(QStringLiteral("images/gray8.png")), json});
    VITRINE_COMPARE_STATUS(run, 0);
    const QJsonObject image = run.json().object()[u"image"].toObject();
    QCOMPARE(image[u"format"].toString(), QStringLiteral("png"));
    QVERIFY(image[u"width"].toInt() > 0 && image[u"height"].toInt() > 0);
}

void TestInspect::severalFilesGiveAnArray()
{
    const Run run = inspect({json, tinyCheckpoint(), fixture(QStringLiteral("images/gray8.png"))});
    VITRINE_COMPARE_STATUS(run, 0);
    QCOMPARE(run.json().array().size(), 2);
}

void TestInspect::goodFilesAreStillTold()
{
    const Run run = inspect({QStringLiteral("gone.pt"), tinyCheckpoint(), json});
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
    VITRINE_REQUIRE_TORCH();
    const Run run = inspect({fixture(QStringLiteral("models/perceptron_scripted.pt")), json});
    VITRINE_COMPARE_STATUS(run, 0);
    const QJsonObject file = run.json().object();
    QCOMPARE(file[u"kind"].toString(), QStringLiteral("scripted"));
    QVERIFY(!file[u"operators"].toArray().isEmpty());
    QVERIFY(file[u"parameters"].toInteger() > 0);
}

void TestInspect::archiveWithoutForwardTellsItsProblem()
{
    VITRINE_REQUIRE_TORCH();
    const Run run = inspect({fixture(QStringLiteral("models/no_forward.pt")), json});
    QVERIFY(!run.json().object()[u"problem"].toString().isEmpty());
}

QTEST_APPLESS_MAIN(TestInspect)
#include "tst_inspect.moc"
