#include "core/base/literals.h"
#include "core/checkpoint/identify.h"
#include "core/model/variant_kind.h"
#include "tests/support/files.h"
#include "tests/support/test_data.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

using namespace vitrine;
using namespace vitrine::test;

namespace {

using Kind = std::optional<VariantKind>;

constexpr char scriptPickle[] = "\x80\x02"
                                "c__torch__\nNet\nq\x00)\x81}(X\x08\x00\x00\x00trainingq\x01\x88ubq\x02.";
const QByteArray scriptData(scriptPickle, sizeof scriptPickle - 1);
const QByteArray forwardCode(
    "class Net(Module):\n  training : bool\n  def forward(self: __torch__.Net,\n    x: Tensor) -> Tensor:\n"
    "    return x\n");

} // namespace

class TestIdentify : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void looksInsideArchives_data();
    void looksInsideArchives();
    void findsForwardInTopClassOnly();
    void findsForwardInBytecode();
    void explainsOtherFiles_data();
    void explainsOtherFiles();
    void explainsMissingFile();
    void recognizesVariantSets();
    void recognizesFixtures_data();
    void recognizesFixtures();
    void recognizesRealModels_data();
    void recognizesRealModels();
    void explainsRealOddities_data();
    void explainsRealOddities();
    void recognizesRealImages();
    void isQuickOnBigUnknownFiles();

private:
    QString archive(const QList<std::pair<QString, QByteArray>>& entries)
    {
        return writeZip(m_folder.filePath("model.bin"), entries, ZipMethod::Deflated);
    }
    QTemporaryDir m_folder;
};

void TestIdentify::looksInsideArchives_data()
{
    QTest::addColumn<QString>("entry");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<int>("kind");
    QTest::addColumn<bool>("quantized");
    QTest::addColumn<bool>("mobile");
    const auto row = [](const char* name, const char* entry, const QByteArray& content, VariantKind kind,
                        bool quantized, bool mobile) {
        QTest::newRow(name) << entry << content << int(kind) << quantized << mobile;
    };
    row("plain script", "code/x.py", "y = torch.add(x, x)", VariantKind::Scripted, false, false);
    row("quantized operator in a submodule", "code/__torch__/deep/x.py", "ops.quantized.linear_dynamic(x)",
        VariantKind::Quantized, true, false);
    row("packed parameters among the constants", "constants.pkl",
        "c__torch__.torch.classes.quantized\nLinearPackedParamsBase\n", VariantKind::Quantized, true, false);
    row("module of torch.nn.quantized in a float model", "code/x.py",
        "__torch__.torch.nn.quantized.modules.FloatFunctional", VariantKind::Scripted, false, false);
    row("mark of the mobile optimizer", "code/x.py", "mobile_optimized : bool", VariantKind::MobileOptimized,
        false, true);
    row("prepacked operator", "code/x.py", "ops.prepacked.linear_clamp_run(x)", VariantKind::MobileOptimized,
        false, true);
    row("quantized and optimized", "code/x.py", "ops.prepacked.a ops.quantized.b",
        VariantKind::MobileOptimized, true, true);
    row("bytecode makes it lite", "bytecode.pkl", "__torch__.Net.forward quantized::linear",
        VariantKind::Lite, true, false);
    row("debug files are not code", "code/x.py.debug_pkl", "ops.quantized.b", VariantKind::Scripted, false,
        false);
}

void TestIdentify::looksInsideArchives()
{
    QFETCH(QString, entry);
    QFETCH(QByteArray, content);
    const QString path = archive(
        {{"any/data.pkl", scriptData}, {"any/code/__torch__.py", forwardCode}, {"any/" + entry, content}});
    const Result<FileIdentity> identity = identify(path);
    QVERIFY(identity);
    QTEST(int(kindOf(*identity).value()), "kind");
    QTEST(identity->isQuantized, "quantized");
    QTEST(identity->isMobileOptimized, "mobile");
    QVERIFY(identity->hasForward);
    QVERIFY(!whyNotLoadable(*identity));
}

void TestIdentify::findsForwardInTopClassOnly()
{
    const QByteArray other =
        "class Other(Module):\n  def forward(self: __torch__.Other) -> int:\n    return 1\n";
    const QByteArray net = "class Net(Module):\n  def run(self: __torch__.Net) -> int:\n    return 1\n";
    for (const QByteArray& code : {net + other, other + net}) {
        const Result<FileIdentity> identity =
            identify(archive({{"m/data.pkl", scriptData}, {"m/code/__torch__.py", code}}));
        QVERIFY(identity);
        QVERIFY(!identity->hasForward);
        QVERIFY(whyNotLoadable(*identity)->message.contains("forward"));
    }
}

void TestIdentify::findsForwardInBytecode()
{
    const Result<FileIdentity> identity = identify(archive({{"m/bytecode.pkl", "__torch__.Net.encode"}}));
    QVERIFY(identity);
    QCOMPARE(identity->format, FileFormat::LiteArchive);
    QVERIFY(!identity->hasForward);
}

void TestIdentify::explainsOtherFiles_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<int>("format");
    QTest::addColumn<QString>("words");
    const auto row = [](const char* name, const QByteArray& content, FileFormat format, const char* words) {
        QTest::newRow(name) << content << int(format) << words;
    };
    const auto unknown = FileFormat::Unknown;
    row("empty file", "", unknown, "empty");
    row("random bytes", QByteArray("\x06\x0e\xff\x01stack", 9), unknown, "no model that Vitrine knows");
    row("text", "Dear model,\nhello\n", unknown, "text file");
    row("saved web page", "\n<!DOCTYPE html><html><body>Sign in</body>", unknown, "web page");
    row("Git LFS pointer", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n",
        FileFormat::GitLfsPointer, "git lfs pull");
    row("flatbuffer", QByteArray("\x20\0\0\0PTMF\0\0\0\0", 12), unknown, "flatbuffer");
    row("TensorFlow Lite", QByteArray("\x20\0\0\0TFL3\0\0\0\0", 12), unknown, "TensorFlow");
    row("HDF5", QByteArray("\x89HDF\r\n\x1a\n\0\0", 10), unknown, "HDF5");
    row("GGUF", QByteArray("GGUF\x03\0\0\0", 8), unknown, "GGUF");
    row("ONNX",
        QByteArray("\x08\x07\x12\x07pytorch\x1a\x06"
                   "1.13.1:\x01",
                   22),
        unknown, "ONNX");
    row("plain pickle", QByteArray("\x80\x03]q\x00.", 6), unknown, "pickle");
    row("tar of the first PyTorch", QByteArray(257, 'x') + "ustar" + QByteArray(250, 'x'),
        FileFormat::LegacyCheckpoint, "save it again");
    row("zip that is cut off",
        QByteArray("PK\x03\x04"
                   "abcdefghijklmnopq",
                   21),
        unknown, "cut off");
    row("safetensors that is cut off", QByteArray("\xff\0\0\0\0\0\0\0{\"a\":", 13), FileFormat::Safetensors,
        "cut off");
}

void TestIdentify::explainsOtherFiles()
{
    QFETCH(QByteArray, content);
    QFETCH(int, format);
    QFETCH(QString, words);
    const Result<FileIdentity> identity = identify(writeFile(m_folder.filePath("model.pt"), content));
    QVERIFY(identity);
    QCOMPARE(int(identity->format), format);
    QCOMPARE(identity->bytes, content.size());
    const std::optional<Error> error = whyNotLoadable(*identity);
    QVERIFY(error);
    QVERIFY2(error->message.startsWith("model.pt: "), qPrintable(error->message));
    QVERIFY2(error->message.contains(words), qPrintable(error->message));
}

void TestIdentify::explainsMissingFile()
{
    const Result<FileIdentity> identity = identify(m_folder.filePath("nowhere.pt"));
    QVERIFY(!identity);
    QCOMPARE(identity.error().kind, ErrorKind::NotFound);
    QVERIFY(identity.error().message.contains("nowhere.pt"));
    QVERIFY(!identify("/dev/zero"));
}

void TestIdentify::recognizesVariantSets()
{
    const QString folder = m_folder.filePath("set");
    const QString manifest = writeFile(folder + "/vitrine.json", R"({"schemaVersion": 1, "variants": []})");
    for (const QString& path : {folder, manifest}) {
        const Result<FileIdentity> identity = identify(path);
        QVERIFY(identity);
        QCOMPARE(identity->format, FileFormat::VariantSet);
        QVERIFY(!kindOf(*identity));
        QVERIFY(!whyNotLoadable(*identity));
    }
    const Result<FileIdentity> other = identify(m_folder.path());
    QVERIFY(other);
    QCOMPARE(other->format, FileFormat::Unknown);
    QVERIFY(whyNotLoadable(*other)->message.contains("vitrine.json"));
}

void TestIdentify::recognizesFixtures_data()
{
    QTest::addColumn<int>("format");
    QTest::newRow("timm_plain.safetensors") << int(FileFormat::Safetensors);
    QTest::newRow("timm_distilled_zip.pth") << int(FileFormat::ZipCheckpoint);
    QTest::newRow("timm_legacy.pth") << int(FileFormat::LegacyCheckpoint);
}

void TestIdentify::recognizesFixtures()
{
    QFETCH(int, format);
    const Result<FileIdentity> identity = identify(fixture(u"checkpoints/"_s + QTest::currentDataTag()));
    QVERIFY(identity);
    QCOMPARE(int(identity->format), format);
    QCOMPARE(kindOf(*identity), Kind(VariantKind::Original));
    QVERIFY(!whyNotLoadable(*identity));
}

void TestIdentify::recognizesRealModels_data()
{
    QTest::addColumn<int>("format");
    QTest::addColumn<int>("kind");
    QTest::addColumn<bool>("quantized");
    QTest::addColumn<bool>("mobile");
    const auto row = [](const char* name, FileFormat format, VariantKind kind, bool quantized, bool mobile) {
        QTest::newRow(name) << int(format) << int(kind) << quantized << mobile;
    };
    using F = FileFormat;
    using K = VariantKind;
    row("reference_variants/fbdeit_tiny_scripted.pt", F::TorchScript, K::Scripted, false, false);
    row("reference_variants/fbdeit_tiny_scripted_quantized_onednn.pt", F::TorchScript, K::Quantized, true,
        false);
    row("reference_variants/fbdeit_tiny_scripted_quantized_qnnpack.pt", F::TorchScript, K::Quantized, true,
        false);
    row("reference_variants/fbdeit_tiny_optimized_scripted_quantized_onednn.pt", F::TorchScript,
        K::MobileOptimized, true, true);
    row("reference_variants/fbdeit_tiny_optimized_scripted_quantized_qnnpack.pt", F::TorchScript,
        K::MobileOptimized, true, true);
    row("reference_variants/fbdeit_tiny_optimized_scripted_quantized_lite_onednn.ptl", F::LiteArchive,
        K::Lite, true, true);
    row("reference_variants/fbdeit_tiny_optimized_scripted_quantized_lite_qnnpack.ptl", F::LiteArchive,
        K::Lite, true, true);
    row("deit_tiny/deit_tiny_patch16_224.safetensors", F::Safetensors, K::Original, false, false);
    row("deit_tiny/deit_tiny_patch16_224.pth", F::ZipCheckpoint, K::Original, false, false);
    row("mobilenet/mobilenet_quantized.pt", F::TorchScript, K::MobileOptimized, true, true);
    row("mobilenet/mobilenet_quantized_lite_named_pt.pt", F::LiteArchive, K::Lite, true, true);
    row("vit4mnist/vit4mnist_float_optimized.pth", F::TorchScript, K::MobileOptimized, false, true);
    row("vit4mnist/vit4mnist_quantized_optimized.pth", F::TorchScript, K::MobileOptimized, true, true);
    row("vit4mnist/vit4mnist_optimized_quantized_lite.ptl", F::LiteArchive, K::Lite, true, true);
    row("odd/vit4mnist_lite_loads_then_fails_in_forward.ptl", F::LiteArchive, K::Lite, true, true);
    row("odd/mobilenet_2019_incompatible_ops.pt", F::TorchScript, K::Quantized, true, false);
    row("odd/d2go_unknown_operator.pt", F::TorchScript, K::Quantized, true, false);
    row("odd/text_model_rejects_images.pt", F::TorchScript, K::Scripted, false, false);
    row("odd/returns_tuple.pt", F::TorchScript, K::Scripted, false, false);
    row("odd/resnet20_legacy_pickle_not_deit.th", F::LegacyCheckpoint, K::Original, false, false);
}

void TestIdentify::recognizesRealModels()
{
    VITRINE_REQUIRE_REAL_DATA();
    const Result<FileIdentity> identity = identify(realData(u"models/"_s + QTest::currentDataTag()));
    QVERIFY(identity);
    QTEST(int(identity->format), "format");
    QTEST(int(kindOf(*identity).value()), "kind");
    QTEST(identity->isQuantized, "quantized");
    QTEST(identity->isMobileOptimized, "mobile");
    QVERIFY(identity->hasForward);
    QVERIFY(!whyNotLoadable(*identity));
}

void TestIdentify::explainsRealOddities_data()
{
    QTest::addColumn<int>("format");
    QTest::addColumn<QString>("words");
    QTest::newRow("git_lfs_pointer.pt") << int(FileFormat::GitLfsPointer) << "git lfs pull";
    QTest::newRow("not_a_zip_archive.pt") << int(FileFormat::Unknown) << "no model that Vitrine knows";
    QTest::newRow("bare_pickled_tensor.pt") << int(FileFormat::ZipCheckpoint) << "a single tensor";
    QTest::newRow("no_forward_method.pt") << int(FileFormat::TorchScript) << "no method \"forward\"";
}

void TestIdentify::explainsRealOddities()
{
    VITRINE_REQUIRE_REAL_DATA();
    QFETCH(QString, words);
    const QString name = QTest::currentDataTag();
    const Result<FileIdentity> identity = identify(realData("models/odd/" + name));
    QVERIFY(identity);
    QTEST(int(identity->format), "format");
    const std::optional<Error> error = whyNotLoadable(*identity);
    QVERIFY(error);
    QVERIFY2(error->message.contains(words) && error->message.contains(name), qPrintable(error->message));
}

void TestIdentify::recognizesRealImages()
{
    VITRINE_REQUIRE_REAL_DATA();
    for (const char* name : {"images/wolf/wolf.png", "images/wolf/wolf_progressive.jpg"}) {
        const Result<FileIdentity> identity = identify(realData(name));
        QVERIFY(identity);
        QCOMPARE(identity->format, FileFormat::Image);
        QVERIFY(whyNotLoadable(*identity)->message.contains("image"));
    }
}

void TestIdentify::isQuickOnBigUnknownFiles()
{
    const QString path = m_folder.filePath("sparse.bin");
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.resize(qint64(4) << 30));
    QElapsedTimer timer;
    timer.start();
    QVERIFY(identify(path));
    QVERIFY2(timer.elapsed() < 2000, "a file of unknown content is read whole");
}

QTEST_GUILESS_MAIN(TestIdentify)
#include "tst_identify.moc"
