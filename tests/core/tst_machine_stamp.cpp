#include "core/base/literals.h"
#include "core/base/version.h"
#include "core/measure/machine_stamp.h"

#include <QTest>

using namespace vitrine;

class TestMachineStamp : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsTheProcessorsName_data();
    void readsTheProcessorsName();
    void readsTheLoad_data();
    void readsTheLoad();
    void thisMachineIsKnown();
    void unknownIsNullInJson();
    void knownIsInJson();
};

void TestMachineStamp::readsTheProcessorsName_data()
{
    QTest::addColumn<QByteArray>("cpuInfo");
    QTest::addColumn<QString>("expected");
    QTest::newRow("x86") << QByteArray("processor\t: 0\nmodel\t\t: 85\nmodel name\t: A  CPU @ 2.8GHz\n\n"
                                       "processor\t: 1\nmodel name\t: B\n")
                         << u"A CPU @ 2.8GHz"_s;
    QTest::newRow("Raspberry Pi") << QByteArray(
                                         "processor\t: 0\nBogoMIPS\t: 108\n\nModel\t\t: Raspberry Pi 4\n")
                                  << u"Raspberry Pi 4"_s;
    QTest::newRow("a colon in the name") << QByteArray("model name : a: b\n") << u"a: b"_s;
    QTest::newRow("none") << QByteArray("processor : 0\n: x\n\n") << QString();
    QTest::newRow("empty") << QByteArray() << QString();
}

void TestMachineStamp::readsTheProcessorsName()
{
    QFETCH(QByteArray, cpuInfo);
    QTEST(cpuModelFromCpuInfo(cpuInfo), "expected");
}

void TestMachineStamp::readsTheLoad_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<double>("expected");
    QTest::newRow("Linux") << QByteArray("1.25 0.50 0.10 2/345 6789\n") << 1.25;
    QTest::newRow("empty") << QByteArray() << -1.0;
    QTest::newRow("rubbish") << QByteArray("no numbers") << -1.0;
}

void TestMachineStamp::readsTheLoad()
{
    QFETCH(QByteArray, text);
    QTEST(loadFromLoadAverage(text), "expected");
}

void TestMachineStamp::thisMachineIsKnown()
{
    const MachineStamp stamp = MachineStamp::ofThisMachine();
    QCOMPARE(stamp.vitrineVersion, version());
    QCOMPARE(stamp.qtVersion, QString::fromLatin1(qVersion()));
    QVERIFY(!stamp.cpuModel.isEmpty());
    QVERIFY(!stamp.operatingSystem.isEmpty());
    QVERIFY(stamp.virtualCpus >= 1);
    QCOMPARE(stamp.time.timeSpec(), Qt::UTC);
    QVERIFY(stamp.engineName.isEmpty());
}

void TestMachineStamp::unknownIsNullInJson()
{
    const QJsonObject json = MachineStamp().toJson();
    for (const char* key : {"engine", "blas", "quantized_engine", "governor", "load", "image_sha256", "time"})
        QVERIFY2(json.contains(QLatin1String(key)) && json.value(QLatin1String(key)).isNull(), key);
}

void TestMachineStamp::knownIsInJson()
{
    MachineStamp stamp;
    stamp.engineName = u"Fake"_s;
    stamp.load = 0.5;
    stamp.threads = 2;
    stamp.timed = u"forward"_s;
    stamp.seed = 9'007'199'254'740'993; // does not fit a double
    stamp.time = QDateTime(QDate(2024, 2, 29), QTime(12, 0), Qt::UTC);
    const QJsonObject json = stamp.toJson();
    QCOMPARE(json.value(u"engine"_s).toString(), u"Fake"_s);
    QCOMPARE(json.value(u"load"_s).toDouble(), 0.5);
    QCOMPARE(json.value(u"threads"_s).toInt(), 2);
    QCOMPARE(json.value(u"seed"_s).toInteger(), 9'007'199'254'740'993);
    QCOMPARE(json.value(u"time"_s).toString(), u"2024-02-29T12:00:00.000Z"_s);
}

QTEST_APPLESS_MAIN(TestMachineStamp)
#include "tst_machine_stamp.moc"
