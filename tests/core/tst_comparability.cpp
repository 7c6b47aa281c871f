#include "core/base/literals.h"
#include "core/measure/benchmark_plan.h"
#include "core/measure/comparability.h"

#include <QTest>

#include <functional>

using namespace vitrine;

namespace {

MachineStamp example()
{
    MachineStamp stamp;
    stamp.vitrineVersion = u"1.0"_s;
    stamp.engineName = u"LibTorch"_s;
    stamp.engineVersion = u"1.13.1"_s;
    stamp.blas = u"OpenBLAS (OpenMP)"_s;
    stamp.quantizedEngine = u"onednn"_s;
    stamp.cpuModel = u"A CPU"_s;
    stamp.virtualCpus = 4;
    stamp.governor = u"performance"_s;
    stamp.load = 0.3;
    stamp.threads = 1;
    stamp.seed = 7;
    stamp.preprocessing = u"size=224"_s;
    stamp.imageSha256 = u"00ff"_s;
    stamp.timed = timedWorkName(TimedWork::Forward);
    stamp.process = u"own"_s;
    stamp.time = QDateTime(QDate(2024, 2, 29), QTime(12, 0, 0, 5), Qt::UTC);
    return stamp;
}

using Change = std::function<void(MachineStamp&)>;

} // namespace

Q_DECLARE_METATYPE(Change)

class TestComparability : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void differencesThatMatter_data();
    void differencesThatMatter();
    void warnings_data();
    void warnings();
    void stampSurvivesJson();
    void unknownStampSurvivesJson();
    void enginesAreJoined();
    void presetsGetMoreThorough();
    void exactRoundsMeanNothingElse();
    void namesOfTimedWork();
};

void TestComparability::differencesThatMatter_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<QStringList>("expected");
    const auto row = [](const char* name, const Change& change, const QStringList& expected) {
        QTest::newRow(name) << change << expected;
    };
    row("the same", [](MachineStamp&) {}, {});
    row("load, time, seed and Vitrine",
        [](MachineStamp& stamp) {
            stamp.load = 3;
            stamp.time = QDateTime();
            stamp.seed = 8;
            stamp.vitrineVersion = u"2.0"_s;
        },
        {});
    row("nothing quantized", [](MachineStamp& stamp) { stamp.quantizedEngine.clear(); }, {});
    row("one of two engines", [](MachineStamp& stamp) { stamp.quantizedEngine = u"qnnpack, onednn"_s; }, {});
    row("two other engines", [](MachineStamp& stamp) { stamp.quantizedEngine = u"qnnpack, fbgemm"_s; },
        {u"quantized engine: onednn and qnnpack, fbgemm"_s});
    row("library", [](MachineStamp& stamp) { stamp.engineVersion = u"2.6"_s; },
        {u"library: LibTorch 1.13.1 and LibTorch 2.6"_s});
    row("one of two libraries", [](MachineStamp& stamp) { stamp.addEngine(u"Other"_s, u"2.0"_s, u"none"_s); },
        {});
    row("a library and no other",
        [](MachineStamp& stamp) {
            stamp.engineName = u"Other, Third"_s;
            stamp.engineVersion = u"2.0, 3.0"_s;
        },
        {u"library: LibTorch 1.13.1 and Other 2.0, Third 3.0"_s});
    row("another version beside another library",
        [](MachineStamp& stamp) {
            stamp.engineName = u"LibTorch, Other"_s;
            stamp.engineVersion = u"2.6, 1.13.1"_s;
        },
        {u"library: LibTorch 1.13.1 and LibTorch 2.6, Other 1.13.1"_s});
    row("no library",
        [](MachineStamp& stamp) {
            stamp.engineName.clear();
            stamp.engineVersion.clear();
        },
        {u"library: LibTorch 1.13.1 and unknown"_s});
    row("processor", [](MachineStamp& stamp) { stamp.cpuModel.clear(); },
        {u"processor: A CPU and unknown"_s});
    row("engine and BLAS",
        [](MachineStamp& stamp) {
            stamp.quantizedEngine = u"qnnpack"_s;
            stamp.blas = u"MKL"_s;
        },
        {u"quantized engine: onednn and qnnpack"_s, u"BLAS: OpenBLAS (OpenMP) and MKL"_s});
    row("threads", [](MachineStamp& stamp) { stamp.threads = 2; }, {u"threads: 1 and 2"_s});
    row("input",
        [](MachineStamp& stamp) {
            stamp.preprocessing = u"size=28"_s;
            stamp.imageSha256 = u"11"_s;
        },
        {u"preprocessing: size=224 and size=28"_s, u"image: 00ff and 11"_s});
    row("what was timed", [](MachineStamp& stamp) { stamp.timed = timedWorkName(TimedWork::Softmax); },
        {u"what was timed: forward and forward+softmax"_s});
    row("where models ran", [](MachineStamp& stamp) { stamp.process = u"host"_s; },
        {u"process of the models: own and host"_s});
    row("not known where models ran", [](MachineStamp& stamp) { stamp.process.clear(); }, {});
}

void TestComparability::differencesThatMatter()
{
    QFETCH(Change, change);
    MachineStamp other = example();
    change(other);
    QTEST(whyNotComparable(example(), other), "expected");
}

void TestComparability::warnings_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<QString>("expected"); // in text and remedy; empty: none
    const auto row = [](const char* name, const Change& change, const char* expected) {
        QTest::newRow(name) << change << QString::fromLatin1(expected);
    };
    const auto blas = [](const char* name) {
        return [name](MachineStamp& stamp) { stamp.blas = QString::fromLatin1(name); };
    };
    const auto load = [](double value, int cpus, int threads) {
        return [=](MachineStamp& stamp) {
            stamp.load = value;
            stamp.virtualCpus = cpus;
            stamp.threads = threads;
        };
    };
    row(
        "a good machine", [](MachineStamp&) {}, "");
    row(
        "nothing known", [](MachineStamp& stamp) { stamp = MachineStamp(); }, "");
    row("reference BLAS", blas("reference BLAS"), "libopenblas0-openmp");
    row("OpenBLAS with pthreads", blas("OpenBLAS (pthreads)"), "remove libopenblas0-pthread");
    row("MKL", blas("MKL"), "");
    row(
        "power saving", [](MachineStamp& stamp) { stamp.governor = u"powersave"_s; }, "cpupower");
    row("half of the others are busy", load(2.5, 4, 1), "");
    row("more are busy", load(2.6, 4, 1), "busy (load 2.6 on 4 processors)");
    row("after a run of our own on two processors", load(1.2, 2, 1), "");
    row("two threads on two busy processors", load(2.1, 2, 2), "busy");
    row("a single processor that another uses", load(1.1, 1, 1), "busy");
}

void TestComparability::warnings()
{
    QFETCH(Change, change);
    QFETCH(QString, expected);
    MachineStamp stamp = example();
    change(stamp);
    const auto result = measurementWarnings(stamp);
    QCOMPARE(result.size(), std::size_t(expected.isEmpty() ? 0 : 1));
    if (!expected.isEmpty())
        QVERIFY2((result[0].text + result[0].remedy).contains(expected), qPrintable(result[0].text));
}

void TestComparability::stampSurvivesJson()
{
    const MachineStamp read = MachineStamp::fromJson(example().toJson());
    QCOMPARE(read.toJson(), example().toJson());
    QCOMPARE(read.time, example().time);
}

void TestComparability::enginesAreJoined()
{
    MachineStamp stamp;
    QCOMPARE(stamp.engines(), QStringList());
    stamp.addEngine(u"LibTorch"_s, u"1.13.1"_s, u"OpenBLAS (OpenMP)"_s);
    stamp.addEngine(u"Other"_s, u"2.0"_s, u"OpenBLAS (OpenMP)"_s);
    stamp.addEngine(u"LibTorch"_s, u"1.13.1"_s, u"OpenBLAS (OpenMP)"_s);
    stamp.addEngine(u"Third"_s, {}, u"MKL"_s);
    QCOMPARE(stamp.engineName, u"LibTorch, Other, Third"_s);
    QCOMPARE(stamp.engineVersion, u"1.13.1, 2.0, "_s);
    QCOMPARE(stamp.blas, u"OpenBLAS (OpenMP), MKL"_s);
    QCOMPARE(stamp.engines(), (QStringList{u"LibTorch 1.13.1"_s, u"Other 2.0"_s, u"Third"_s}));
}

void TestComparability::unknownStampSurvivesJson()
{
    QCOMPARE(MachineStamp::fromJson({}).toJson(), MachineStamp().toJson());
    const QJsonObject odd{{u"cpu"_s, 7}, {u"threads"_s, u"two"_s}};
    QCOMPARE(MachineStamp::fromJson(odd).threads, 1);
}

void TestComparability::presetsGetMoreThorough()
{
    const auto& presets = benchmarkPresets();
    QCOMPARE(presets.size(), std::size_t{3});
    for (std::size_t i = 1; i < presets.size(); ++i) {
        QVERIFY(presets[i].plan.minRounds > presets[i - 1].plan.minRounds);
        QVERIFY(presets[i].plan.precision < presets[i - 1].plan.precision);
        QVERIFY(presets[i].plan.budget > presets[i - 1].plan.budget);
    }
    for (const BenchmarkPreset& preset : presets) {
        QVERIFY(preset.text.startsWith(preset.name));
        QCOMPARE(benchmarkPreset(preset.name), &preset);
        QVERIFY(preset.plan.maxRounds >= preset.plan.minRounds);
    }
    QCOMPARE(benchmarkPreset(defaultPresetName)->plan.minRounds, BenchmarkPlan().minRounds);
    QVERIFY(!benchmarkPreset(u"sloppy"_s));
}

void TestComparability::exactRoundsMeanNothingElse()
{
    BenchmarkPlan plan;
    plan.setExactRounds(7);
    QCOMPARE(plan.minRounds, 7);
    QCOMPARE(plan.maxRounds, 7);
    QCOMPARE(plan.precision, 0.0);
    QVERIFY(plan.budget == BenchmarkPlan::unlimited);
}

void TestComparability::namesOfTimedWork()
{
    for (const TimedWork work : allTimedWork)
        QCOMPARE(timedWorkFromName(timedWorkName(work)), work);
    QVERIFY(!timedWorkFromName(u"everything"_s));
}

QTEST_APPLESS_MAIN(TestComparability)
#include "tst_comparability.moc"
