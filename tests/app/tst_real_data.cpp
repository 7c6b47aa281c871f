#include "core/base/literals.h"
#include "core/engine/engine_registry.h"
#include "tests/app/vitrine_process.h"
#include "tests/support/int8_reference.h"
#include "tests/support/test_data.h"

#include <QDir>
#include <QSet>
#include <QTemporaryDir>

using namespace vitrine;
using namespace vitrine::test;

namespace {

constexpr int timberWolf = 269;

QJsonObject best(const QJsonValue& entry)
{
    return entry.toObject()[u"top"].toArray().first().toObject();
}

QStringList filesIn(const QString& folder)
{
    const QDir directory(realData(folder));
    QStringList paths;
    for (const QString& name : directory.entryList(QDir::Files, QDir::Name))
        if (!name.endsWith(u".txt"_s) && !name.endsWith(u".md"_s))
            paths << directory.filePath(name);
    return paths;
}

} // namespace

/// The executable on models and images that nobody here made.
class TestRealData : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void wolfIsAWolfInEveryVariant_data();
    void wolfIsAWolfInEveryVariant();
    void hundredSamplesGiveTheReferenceAccuracy();
    void digitsAreRead_data();
    void digitsAreRead();
    void builtInLabelsAreSaidToBeSo();
    void oddModelsSayWhatIsWrong_data();
    void oddModelsSayWhatIsWrong();
    void oddImagesLeaveTheGoodOnes();
    void truncatedImageIsSaidToBeIncomplete();

private:
    QTemporaryDir m_folder;
};

void TestRealData::initTestCase()
{
    VITRINE_REQUIRE_TORCH();
    VITRINE_REQUIRE_REAL_DATA();
}

void TestRealData::wolfIsAWolfInEveryVariant_data()
{
    QTest::addColumn<QString>("checkpoint");
    QTest::addColumn<QString>("engine");
    QTest::newRow("pth, onednn") << u"pth"_s << u"onednn"_s;
    QTest::newRow("safetensors, qnnpack") << u"safetensors"_s << u"qnnpack"_s;
}

// At two threads, as the reference ran: qnnpack's outputs depend on their number.
void TestRealData::wolfIsAWolfInEveryVariant()
{
    QFETCH(QString, checkpoint);
    QFETCH(QString, engine);
    const auto torch = EngineRegistry::installed().make(u"libtorch"_s);
    QVERIFY(torch.ok());
    const std::optional<double> quantized = wolfUnderInt8((*torch)->version(), engine);
    const QString set = m_folder.filePath(checkpoint);
    const QString source = realData(u"models/deit_tiny/deit_tiny_patch16_224."_s + checkpoint);
    const Run build =
        runVitrine({u"build"_s, source, u"--out"_s, set, u"--quant-engine"_s, engine, u"--json"_s});
    VITRINE_COMPARE_STATUS(build, 0);

    const Run run = runVitrine({u"classify"_s, realData(u"images/wolf/wolf.png"_s), u"--set"_s, set,
                                u"--quant-engine"_s, engine, u"--threads"_s, u"2"_s, u"--json"_s});
    VITRINE_COMPARE_STATUS(run, 0);
    QCOMPARE(run.json().array().size(), 5);
    for (const QJsonValue& entry : run.json().array()) {
        const QString kind = entry.toObject()[u"kind"].toString();
        const bool isFloat = kind == u"original"_s || kind == u"scripted"_s;
        QCOMPARE(best(entry)[u"index"].toInt(), timberWolf);
        QCOMPARE(best(entry)[u"label"].toString(), u"timber wolf"_s);
        if (isFloat || quantized)
            QCOMPARE(qRound(best(entry)[u"probability"].toDouble() * 1e4),
                     qRound((isFloat ? 0.2940 : *quantized) * 1e4));
    }
}

void TestRealData::hundredSamplesGiveTheReferenceAccuracy()
{
    const QStringList images = filesIn(u"images/imagenet"_s);
    QCOMPARE(images.size(), 100);
    const QString model = realData(u"models/deit_tiny/deit_tiny_patch16_224.safetensors"_s);
    const Run run =
        runVitrine(QStringList{u"classify"_s} + images + QStringList{u"--model"_s, model, u"--json"_s});
    VITRINE_COMPARE_STATUS(run, 0);
    QCOMPARE(run.json().array().size(), 100);
    int top1 = 0;
    int top5 = 0;
    int expected = 0;
    for (const QJsonValue& entry : run.json().array()) {
        top1 += best(entry)[u"index"].toInt() == expected ? 1 : 0;
        for (const QJsonValue& score : entry.toObject()[u"top"].toArray())
            top5 += score.toObject()[u"index"].toInt() == expected ? 1 : 0;
        expected += 10;
    }
    QCOMPARE(top1, 79);
    QCOMPARE(top5, 95);
}

void TestRealData::digitsAreRead_data()
{
    QTest::addColumn<QString>("model");
    for (const char* name : {"vit4mnist_float_optimized.pth", "vit4mnist_optimized_quantized_lite.ptl",
                             "vit4mnist_quantized_optimized.pth"})
        QTest::newRow(name) << realData(u"models/vit4mnist/"_s + QLatin1String(name));
}

void TestRealData::digitsAreRead()
{
    QFETCH(QString, model);
    QStringList images;
    for (int digit = 0; digit < 10; ++digit)
        images << realData(u"images/mnist/%1.png"_s.arg(digit));
    const Run run = runVitrine(QStringList{u"classify"_s} + images +
                               QStringList{u"--model"_s, model, u"--json"_s, u"--preprocess"_s,
                                           u"size=28,resize=28,channels=1,mean=0.1307,std=0.3081"_s});
    VITRINE_COMPARE_STATUS(run, 0);
    QCOMPARE(run.json().array().size(), 10);
    for (int digit = 0; digit < 10; ++digit)
        QCOMPARE(best(run.json().array()[digit])[u"index"].toInt(), digit);
}

void TestRealData::builtInLabelsAreSaidToBeSo()
{
    const Run run = runVitrine(
        {u"inspect"_s, realData(u"models/deit_tiny/deit_tiny_patch16_224.safetensors"_s), u"--json"_s});
    VITRINE_COMPARE_STATUS(run, 0);
    const QJsonObject labels = run.json().object()[u"labels"].toObject();
    QCOMPARE(labels[u"count"].toInt(), 1000);
    QVERIFY(labels[u"source"].toString().contains(u"built in"_s));
}

void TestRealData::oddModelsSayWhatIsWrong_data()
{
    QTest::addColumn<QString>("model");
    QTest::addColumn<QByteArray>("said");
    const auto row = [](const char* name, const char* said) {
        QTest::newRow(name) << realData(u"models/odd/"_s + QLatin1String(name)) << QByteArray(said);
    };
    row("mobilenet_2019_incompatible_ops.pt", "Arguments for call are not valid");
    row("d2go_unknown_operator.pt", "torchvision::nms");
    row("vit4mnist_lite_loads_then_fails_in_forward.ptl", "vit4mnist_lite");
    row("text_model_rejects_images.pt", "text_model_rejects_images");
    row("resnet20_legacy_pickle_not_deit.th", "not a DeiT");
    row("git_lfs_pointer.pt", "LFS");
    row("not_a_zip_archive.pt", "not_a_zip_archive");
    row("bare_pickled_tensor.pt", "bare_pickled_tensor");
    row("no_forward_method.pt", "forward");
    row("returns_tuple.pt", "returns_tuple");
}

void TestRealData::oddModelsSayWhatIsWrong()
{
    QFETCH(QString, model);
    QFETCH(QByteArray, said);
    const Run run =
        runVitrine({u"classify"_s, realData(u"images/wolf/wolf.png"_s), u"--model"_s, model, u"--json"_s});
    VITRINE_COMPARE_STATUS(run, 1);
    QVERIFY2(run.err.contains(said), run.err.constData());
    QCOMPARE(run.errorLines(), 1);
    QVERIFY(run.json().isArray());
}

void TestRealData::oddImagesLeaveTheGoodOnes()
{
    const QStringList images = filesIn(u"images/odd"_s);
    const QString model = realData(u"models/deit_tiny/deit_tiny_patch16_224.safetensors"_s);
    const Run run =
        runVitrine(QStringList{u"classify"_s} + images + QStringList{u"--model"_s, model, u"--json"_s});
    VITRINE_COMPARE_STATUS(run, 1);
    QSet<QString> classified;
    for (const QJsonValue& entry : run.json().array())
        classified << QFileInfo(entry.toObject()[u"image"].toString()).fileName();
    for (const char* good : {"cmyk.jpg", "exif_1.jpg", "gray_16bit.pgm", "gray_alpha.png", "one_bit_500.png",
                             "palette_alpha.png", "photo.gif", "photo.tif", "photo.webp", "rgba_16bit.png"})
        QVERIFY2(classified.contains(QLatin1String(good)), good);
    for (const char* bad : {"bomb_4_gigapixels_44_bytes.gif", "bomb_6_terapixels.bmp", "git_lfs_pointer.jpg",
                            "zero_width.gif", "broken_80_bytes.png"}) {
        QVERIFY2(!classified.contains(QLatin1String(bad)), bad);
        QVERIFY2(run.err.contains(bad), bad);
    }
}

void TestRealData::truncatedImageIsSaidToBeIncomplete()
{
    const QString image = realData(u"images/odd/truncated.jpg"_s);
    const Run run =
        runVitrine({u"classify"_s, image, u"--model"_s,
                    realData(u"models/deit_tiny/deit_tiny_patch16_224.safetensors"_s), u"--json"_s});
    VITRINE_COMPARE_STATUS(run, 0);
    QCOMPARE(run.json().array().size(), 1);
    QVERIFY2(run.err.contains("warning") && run.err.contains("truncated.jpg"), run.err.constData());
}

QTEST_APPLESS_MAIN(TestRealData)
#include "tst_real_data.moc"
