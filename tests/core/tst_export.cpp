#include "core/base/file_writing.h"
#include "core/base/literals.h"
#include "core/report/export.h"

#include "tests/support/sample_comparison.h"

#include <QFile>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

using namespace vitrine;
using namespace std::chrono_literals;

namespace {

VariantResult variant(const QString& id, VariantKind kind)
{
    VariantResult result;
    result.id = id;
    result.variant.kind = kind;
    result.variant.name = kindName(kind);
    result.variant.path = u"/models/"_s + kindName(kind) + u".pt"_s;
    result.variant.bytes = 1234;
    result.variant.sha256 = QByteArray(32, '\x01');
    result.variant.labels = {u"cat"_s, u"a \"big\" dog, wet"_s, u"=1+1"_s};
    return result;
}

/// Two images; "scripted" was measured with the first, "lite" is disabled, "quantized" failed.
Comparison example()
{
    Comparison comparison;
    comparison.stamp.imageSha256 = u"aa"_s;
    comparison.images = {{u"i1"_s, u"/images/one.png"_s, QByteArray("\xaa")},
                         {u"i2"_s, u"/images/two, too.png"_s, QByteArray("\xbb")}};

    VariantResult scripted = variant(u"v1"_s, VariantKind::Scripted);
    scripted.latency =
        LatencyResult::of({{-1, 0ms, 9ms}}, {{0, 9ms, 1ms}, {1, 10ms, 2ms}, {2, 12ms, 3500us}});
    scripted.verdict = Verdict::Baseline;
    scripted.freshProcess.edit().coldStart = ColdStart{10ms, 2500us};
    scripted.freshProcess.edit().peakMemoryBytes = 40'000'000;
    VariantResult quantized = variant(u"v2"_s, VariantKind::Quantized);
    quantized.quantizedEngine = u"onednn"_s;
    quantized.error = Error{ErrorKind::Engine, u"does not load"_s, {}};
    VariantResult lite = variant(u"v3"_s, VariantKind::Lite);
    lite.enabled = false;
    comparison.variants = {scripted, quantized, lite};

    for (const ImageResult& image : comparison.images)
        for (const std::size_t i : {0, 2})
            comparison.variants[i].predictions.insert(
                image.sha256, std::make_shared<const Classification>(
                                  classify({0.0F, image.id == u"i1"_s ? 2.0F : -2.0F, 1.0F})));
    return comparison;
}

QList<QByteArray> keysOf(const QJsonObject& object)
{
    QList<QByteArray> keys;
    for (const QString& key : object.keys())
        keys << key.toUtf8();
    return keys;
}

} // namespace

class TestExport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void baselineIsTheFirstEnabledVariant();
    void jsonHoldsEnabledVariants();
    void jsonHoldsLatencyInMilliseconds();
    void jsonOfAnUnmeasuredVariantIsNull();
    void jsonHoldsVerdicts();
    void jsonHoldsHowItWasMeasured();
    void jsonHoldsAVariantAgainstItself();
    void warningsAreAboutWhatIsMeasured();
    void warningsSayHowABenchmarkEnded_data();
    void warningsSayHowABenchmarkEnded();
    void anotherInputIsWarnedOf();
    void jsonHoldsPredictions();
    void jsonOfLogitsOnDemand();
    void topIsLimitedAsAsked();
    void csvFollowsRfc4180();
    void csvGuardsAgainstFormulas();
    void everyVariantNamesItsEngine();
    void csvWithoutImages();
    void csvKeepsLatenciesOfAnImageThatIsGone();
    void filesAreReplacedWhole();
    void aMissingFolderIsNamed();
    void aFolderCannotBeWritten();
    void aReadOnlyFolderIsAnError();
};

void TestExport::baselineIsTheFirstEnabledVariant()
{
    Comparison comparison = example();
    QCOMPARE(comparison.baseline()->id, u"v1"_s);
    comparison.variants[0].enabled = false;
    QCOMPARE(comparison.baseline()->id, u"v2"_s);
    comparison.variants.clear();
    QVERIFY(!comparison.baseline());
    QVERIFY(!comparison.variant(u"v1"_s));
    QVERIFY(!example().prediction(u"i1"_s, u"v2"_s));
    QVERIFY(example().prediction(u"i2"_s, u"v3"_s));
}

void TestExport::jsonHoldsEnabledVariants()
{
    const QJsonObject json = toJson(example());
    QCOMPARE(keysOf(json), (QList<QByteArray>{"predictions", "stamp", "variants", "warnings"}));
    const QJsonArray variants = json.value(u"variants"_s).toArray();
    QCOMPARE(variants.size(), 2);
    QCOMPARE(keysOf(variants[0].toObject()), (QList<QByteArray>{"badge",
                                                                "bytes",
                                                                "cold_start_ms",
                                                                "drift",
                                                                "engine",
                                                                "engine_version",
                                                                "far_outliers",
                                                                "id",
                                                                "iqr_ms",
                                                                "kind",
                                                                "mad_ms",
                                                                "mean_ms",
                                                                "median_ms",
                                                                "min_ms",
                                                                "n",
                                                                "name",
                                                                "operators",
                                                                "outliers",
                                                                "p90_ms",
                                                                "p99_ms",
                                                                "path",
                                                                "peak_memory_bytes",
                                                                "phases_ms",
                                                                "preprocessing",
                                                                "ratio",
                                                                "ratio_ci95",
                                                                "sample_flags",
                                                                "sample_rounds",
                                                                "sample_starts_ms",
                                                                "samples_ms",
                                                                "sha256",
                                                                "verdict",
                                                                "warmup_ms",
                                                                "warmup_stable",
                                                                "warmup_starts_ms"}));
    QCOMPARE(variants[0].toObject().value(u"kind"_s).toString(), u"scripted"_s);
    QCOMPARE(variants[0].toObject().value(u"sha256"_s).toString(), u"01"_s.repeated(32));
    QCOMPARE(variants[1].toObject().value(u"error"_s).toString(), u"does not load"_s);
    QCOMPARE(variants[1].toObject().value(u"quantized_engine"_s).toString(), u"onednn"_s);
}

void TestExport::jsonHoldsLatencyInMilliseconds()
{
    const QJsonObject scripted = toJson(example()).value(u"variants"_s)[0].toObject();
    QCOMPARE(scripted.value(u"samples_ms"_s).toArray(), (QJsonArray{1.0, 2.0, 3.5}));
    QCOMPARE(scripted.value(u"warmup_ms"_s).toArray(), (QJsonArray{9.0}));
    QCOMPARE(scripted.value(u"median_ms"_s).toDouble(), 2.0);
    QCOMPARE(scripted.value(u"iqr_ms"_s).toDouble(), 1.25);
    QCOMPARE(scripted.value(u"min_ms"_s).toDouble(), 1.0);
    QCOMPARE(scripted.value(u"n"_s).toInt(), 3);
}

void TestExport::jsonOfAnUnmeasuredVariantIsNull()
{
    const QJsonObject quantized = toJson(example()).value(u"variants"_s)[1].toObject();
    QVERIFY(quantized.value(u"median_ms"_s).isNull());
    QVERIFY(quantized.value(u"samples_ms"_s).toArray().isEmpty());
    QCOMPARE(quantized.value(u"n"_s).toInt(-1), 0);
}

void TestExport::jsonHoldsVerdicts()
{
    const Comparison comparison = test::sampleComparison(3);
    const QJsonArray variants = toJson(comparison).value(u"variants"_s).toArray();
    QCOMPARE(variants[0][u"verdict"].toString(), u"baseline"_s);
    QCOMPARE(variants[0][u"ratio"].toDouble(), 1.0);
    QVERIFY(variants[0][u"ratio_ci95"].isNull());
    QCOMPARE(variants[2][u"verdict"].toString(), u"faster"_s);
    QCOMPARE(variants[2][u"ratio"].toDouble(), comparison.variants[2].ratio->ratio);
    QCOMPARE(variants[2][u"ratio_ci95"].toArray().size(), 2);
    QVERIFY(variants[2][u"ratio_ci95"][0].toDouble() < variants[2][u"ratio_ci95"][1].toDouble());
    QCOMPARE(variants[2][u"badge"].toString(), u"good"_s);
    QVERIFY(variants[2][u"p90_ms"].isNull()); // 30 samples
    QCOMPARE(variants[2][u"sample_rounds"][29].toInt(), 29);
    QCOMPARE(variants[2][u"sample_starts_ms"].toArray().size(), 30);
    QCOMPARE(variants[2][u"sample_flags"].toArray().size(), 30);
    QCOMPARE(variants[2][u"warmup_starts_ms"].toArray().size(), 17);
    QCOMPARE(variants[2][u"warmup_stable"].toBool(), true);
    const QJsonValue unmeasured = toJson(example()).value(u"variants"_s)[1];
    QVERIFY(unmeasured[u"verdict"].isNull() && unmeasured[u"badge"].isNull());
}

void TestExport::jsonHoldsHowItWasMeasured()
{
    Comparison comparison = test::sampleComparison(2);
    comparison.benchmark = BenchmarkFacts{BenchmarkPlan(), StopReason::Precise};
    const QJsonObject benchmark = toJson(comparison).value(u"benchmark"_s).toObject();
    QCOMPARE(benchmark[u"stopped"].toString(), u"precise"_s);
    QCOMPARE(benchmark[u"timed"].toString(), u"forward"_s);
    QCOMPARE(benchmark[u"baseline"].toString(), u"original"_s);
    QCOMPARE(benchmark[u"rounds"][u"min"].toInt(), 30);
    const QStringList lines = toCsv(comparison).split(u"\r\n"_s);
    const QStringList header = lines[0].split(u',');
    const auto field = [&](const char* name) {
        const QString unquoted = QString(lines[1]).remove(QRegularExpression(u"\"[^\"]*\""_s));
        return unquoted.split(u',')[header.indexOf(QLatin1String(name))];
    };
    QCOMPARE(field("stopped"), u"precise"_s);
    QCOMPARE(field("cpu"), comparison.stamp.cpuModel);
    QCOMPARE(field("threads"), QString::number(comparison.stamp.threads));
    QCOMPARE(benchmark[u"budget_s"].toDouble(), 60.0);
    comparison.benchmark->plan.setExactRounds(5);
    comparison.benchmark->stopped.reset();
    const QJsonObject running = toJson(comparison).value(u"benchmark"_s).toObject();
    QCOMPARE(running[u"cut_short"].toBool(true), false);
    QVERIFY(running[u"stopped"].isNull() && running[u"precision"].isNull() && running[u"budget_s"].isNull());
}

void TestExport::jsonHoldsAVariantAgainstItself()
{
    Comparison comparison = test::sampleComparison(2);
    SelfComparison self;
    self.first = self.second = comparison.variants[0];
    self.second.ratio = RatioEstimate{1.01, {0.98, 1.04}, 30};
    self.second.verdict = Verdict::Indistinguishable;
    self.stamp.threads = 2;
    comparison.selfComparison = self;
    const QJsonObject alone = toJson(comparison).value(u"against_itself"_s).toObject();
    QCOMPARE(alone[u"name"].toString(), u"original"_s);
    QCOMPARE(alone[u"verdict"].toString(), u"indistinguishable"_s);
    QVERIFY(qAbs(alone[u"noise_floor"].toDouble() - 0.04) < 1e-12);
    QCOMPARE(alone[u"second"][u"n"].toInt(), 30);
    QVERIFY(!alone.contains(u"not_comparable"));
    comparison.benchmark.emplace();
    const QJsonObject beside = toJson(comparison).value(u"against_itself"_s).toObject();
    QVERIFY(beside[u"not_comparable"].toArray().contains(u"threads: 2 and 1"_s));
}

void TestExport::warningsAreAboutWhatIsMeasured()
{
    Comparison comparison = test::sampleComparison(2);
    QVERIFY(latencyWarnings(comparison).empty());
    comparison.stamp.governor = u"powersave"_s;
    comparison.variants[1].latency.edit().drift = Drift{0.1, true};
    comparison.variants[1].latency.edit().badge = TrustBadge::Unreliable;
    comparison.benchmark = BenchmarkFacts{BenchmarkPlan(), StopReason::Budget};
    comparison.variants[0].latency.edit().hasSettled.reset(); // too few passes to see it
    QCOMPARE(latencyWarnings(comparison).size(), std::size_t{5});
    QCOMPARE(toJson(comparison).value(u"warnings"_s).toArray().size(), 5);
    comparison.benchmark->plan.extraWarmUps = 0; // whether it is stable was not asked
    QCOMPARE(latencyWarnings(comparison).size(), std::size_t{4});
    for (VariantResult& result : comparison.variants)
        test::setSamples(result, 1, 0, 0);
    QVERIFY(latencyWarnings(comparison).empty());
}

void TestExport::warningsSayHowABenchmarkEnded_data()
{
    QTest::addColumn<StopReason>("stopped");
    QTest::addColumn<double>("precision");
    QTest::addColumn<QString>("expected"); // the beginning; empty: no warning
    const QString imprecise = u"The benchmark ended before it was precise: "_s;
    QTest::newRow("precise") << StopReason::Precise << 0.02 << QString();
    QTest::newRow("all rounds that were asked for") << StopReason::Rounds << 0.0 << QString();
    QTest::newRow("all rounds, not precise") << StopReason::Rounds << 0.02 << imprecise;
    QTest::newRow("time used up") << StopReason::Budget << 0.02 << imprecise;
    QTest::newRow("cancelled") << StopReason::Cancelled << 0.02 << u"The benchmark was cancelled; "_s;
}

void TestExport::warningsSayHowABenchmarkEnded()
{
    QFETCH(StopReason, stopped);
    QFETCH(double, precision);
    QFETCH(QString, expected);
    Comparison comparison = test::sampleComparison(2);
    comparison.benchmark = BenchmarkFacts{BenchmarkPlan(), stopped};
    comparison.benchmark->plan.precision = precision;
    const auto warnings = latencyWarnings(comparison);
    QCOMPARE(warnings.size(), std::size_t(expected.isEmpty() ? 0 : 1));
    if (!expected.isEmpty())
        QVERIFY2(warnings[0].text.startsWith(expected), qPrintable(warnings[0].text));
}

void TestExport::anotherInputIsWarnedOf()
{
    Comparison comparison = test::sampleComparison(2);
    comparison.variants[1].variant.preprocessing = Preprocessing::imageNet(384);
    const auto warnings = latencyWarnings(comparison);
    QCOMPARE(warnings.size(), std::size_t(1));
    QVERIFY2(warnings[0].text.contains(u"size=384"_s), qPrintable(warnings[0].text));
    const QJsonArray variants = toJson(comparison).value(u"variants"_s).toArray();
    QVERIFY(variants[1][u"preprocessing"].toString().contains(u"size=384"_s));
}

void TestExport::jsonHoldsPredictions()
{
    const QJsonArray predictions = predictionsToJson(example(), 2, false);
    QCOMPARE(predictions.size(), 2);
    const QJsonObject first = predictions[0].toObject();
    QCOMPARE(keysOf(first), (QList<QByteArray>{"image", "kind", "model", "scores", "top"}));
    QCOMPARE(first.value(u"image"_s).toString(), u"/images/one.png"_s);
    QCOMPARE(first.value(u"model"_s).toString(), u"/models/scripted.pt"_s);
    const QJsonObject best = first.value(u"top"_s)[0].toObject();
    QCOMPARE(keysOf(best), (QList<QByteArray>{"index", "label", "probability"}));
    QCOMPARE(best.value(u"index"_s).toInt(), 1);
    QCOMPARE(best.value(u"label"_s).toString(), u"a \"big\" dog, wet"_s);
    QVERIFY(best.value(u"probability"_s).toDouble() > 0.6);
}

void TestExport::jsonOfLogitsOnDemand()
{
    const QJsonArray predictions = predictionsToJson(example(), 1, true);
    QCOMPARE(predictions[0][u"logits"_s].toArray(), (QJsonArray{0.0, 2.0, 1.0}));
}

void TestExport::topIsLimitedAsAsked()
{
    QCOMPARE(predictionsToJson(example(), 0, false)[0][u"top"_s].toArray().size(), 0);
    QCOMPARE(predictionsToJson(example(), 1, false)[0][u"top"_s].toArray().size(), 1);
    QCOMPARE(predictionsToJson(example(), 99, false)[0][u"top"_s].toArray().size(), 3);
}

void TestExport::csvFollowsRfc4180()
{
    const QStringList lines = toCsv(example()).split(u"\r\n"_s);
    QCOMPARE(lines.size(), 6); // header, 2 images x 2 variants, and what follows the last line's end
    QVERIFY(lines.last().isEmpty());
    QCOMPARE(lines[0], u"image,model,name,kind,bytes,sha256,quantized_engine,top1_index,top1_label,"
                       "top1_probability,n,median_ms,iqr_ms,min_ms,mean_ms,p90_ms,p99_ms,ratio,"
                       "ratio_low95,ratio_high95,verdict,badge,error,cold_start_ms,peak_memory_bytes,"
                       "threads,timed,stopped,seed,preprocessing,engine,engine_version,blas,cpu,"
                       "virtual_cpus,governor,load,operating_system,vitrine_version,time,variant_engine,"
                       "variant_engine_version,scores"_s);
    const QString hash = u"01"_s.repeated(32);
    const QString with = u",1,,,,\"size=224,resize=256,"_s;
    QCOMPARE(lines[1].section(with, 0, 0),
             u"/images/one.png,/models/scripted.pt,scripted,scripted,1234,"_s + hash +
                 u",,1,\"a \"\"big\"\" dog, "
                 "wet\",0.665240943,3,2,1.25,1,2.166667,,,,,,baseline,,,12.5,40000000"_s);
    QCOMPARE(lines[2].section(with, 0, 0),
             u"/images/one.png,/models/quantized.pt,quantized,quantized,1234,"_s + hash +
                 u",onednn,,,,,,,,,,,,,,,,does not load,,"_s);
    // The second image was not measured with.
    QVERIFY2(lines[3].startsWith(u"\"/images/two, too.png\","_s), qPrintable(lines[3]));
    QVERIFY2(lines[3].section(with, 0, 0).endsWith(u",,,,,,,12.5,40000000"_s), qPrintable(lines[3]));
}

void TestExport::everyVariantNamesItsEngine()
{
    Comparison comparison = example();
    QVERIFY(!comparison.hasSeveralEngines());
    comparison.variants[0].variant.engine = u"libtorch"_s;
    comparison.variants[0].engineName = u"LibTorch"_s;
    comparison.variants[0].engineVersion = u"1.13.1"_s;
    QVERIFY(comparison.hasSeveralEngines());
    const QJsonArray variants = toJson(comparison).value(u"variants"_s).toArray();
    QCOMPARE(variants[0][u"engine"].toString(), u"LibTorch"_s);
    QCOMPARE(variants[0][u"engine_version"].toString(), u"1.13.1"_s);
    QVERIFY(variants[1][u"engine"].isNull());
    const QStringList lines = toCsv(comparison).split(u"\r\n"_s);
    QVERIFY2(lines[1].endsWith(u",LibTorch,1.13.1,logits"_s), qPrintable(lines[1]));
    QVERIFY2(lines[2].endsWith(u",,,"_s), qPrintable(lines[2]));
}

void TestExport::csvGuardsAgainstFormulas()
{
    QVERIFY(toCsv(example()).contains(u",2,'=1+1,"_s));
}

void TestExport::csvKeepsLatenciesOfAnImageThatIsGone()
{
    Comparison comparison = test::sampleComparison(2);
    comparison.stamp.imageSha256 = u"abcd"_s;
    const QStringList lines = toCsv(comparison).split(u"\r\n"_s, Qt::SkipEmptyParts);
    QCOMPARE(lines.size(), 1 + 2 * (qsizetype(comparison.images.size()) + 1));
    QVERIFY2(lines.last().startsWith(u","_s), qPrintable(lines.last()));
    QVERIFY2(lines.last().contains(u",30,"_s), qPrintable(lines.last()));
}

void TestExport::csvWithoutImages()
{
    Comparison comparison = example();
    comparison.images.clear();
    comparison.stamp.imageSha256.clear();
    const QStringList lines = toCsv(comparison).split(u"\r\n"_s);
    QCOMPARE(lines.size(), 4);
    QVERIFY(lines[1].startsWith(u",/models/scripted.pt,"_s));
    QVERIFY(lines[1].contains(u",3,2,1.25,1,"_s));
}

void TestExport::filesAreReplacedWhole()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"report.json"_s);
    QVERIFY(writeFileAtomically(path, "a longer first content"));
    QVERIFY(writeFileAtomically(path, "second"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("second"));
    QCOMPARE(QDir(folder.path()).entryList(QDir::Files).size(), 1);
}

void TestExport::aMissingFolderIsNamed()
{
    const QTemporaryDir folder;
    const QString missing = folder.filePath(u"missing"_s);
    const Status status = writeFileAtomically(missing + u"/report.json"_s, "x");
    QVERIFY(!status);
    QCOMPARE(status.error().kind, ErrorKind::NotFound);
    QVERIFY(status.error().message.contains(missing));
}

void TestExport::aFolderCannotBeWritten()
{
    const QTemporaryDir folder;
    const Status status = writeFileAtomically(folder.path(), "x");
    QVERIFY(!status);
    QCOMPARE(status.error().kind, ErrorKind::Unreadable);
    QVERIFY(status.error().message.contains(folder.path()));
}

void TestExport::aReadOnlyFolderIsAnError()
{
    if (geteuid() == 0)
        QSKIP("the superuser may write anywhere");
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"report.json"_s);
    QVERIFY(writeFileAtomically(path, "old"));
    QVERIFY(QFile::setPermissions(folder.path(), QFile::ReadOwner | QFile::ExeOwner));
    const Status status = writeFileAtomically(path, "new");
    QVERIFY(QFile::setPermissions(folder.path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    QVERIFY(!status);
    QCOMPARE(status.error().kind, ErrorKind::Unreadable);
    QVERIFY(status.error().message.contains(path));
}

QTEST_APPLESS_MAIN(TestExport)
#include "tst_export.moc"
