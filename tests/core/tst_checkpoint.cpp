#include "core/base/literals.h"
#include "core/checkpoint/checkpoint.h"
#include "core/model/deit.h"
#include "tests/support/files.h"
#include "tests/support/test_data.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace vitrine;
using namespace vitrine::test;

namespace {

QByteArray safetensors(QByteArray header, const QByteArray& data)
{
    const quint64 length = quint64(header.size());
    return QByteArray(reinterpret_cast<const char*>(&length), sizeof(length)) + header + data;
}

std::vector<float> values(const CheckpointTensor& tensor)
{
    std::vector<float> result(std::size_t(tensor.count()));
    tensor.copyTo(result);
    return result;
}

QByteArray pickledText(const QByteArray& text)
{
    const auto length = quint32(text.size());
    return "X" + QByteArray(reinterpret_cast<const char*>(&length), sizeof(length)) + text;
}

/// A tensor of two floats, 1 and 2.
QByteArray pickledTensor()
{
    return "ctorch._utils\n_rebuild_tensor_v2\n((" + pickledText("storage") + "ctorch\nFloatStorage\n" +
           pickledText("0") + pickledText("cpu") + "K\x02tQK" + QByteArray(1, '\0') +
           "K\x02\x85K\x01\x85\x89NtR";
}

QByteArray pickledDict(const std::vector<std::pair<QByteArray, QByteArray>>& entries)
{
    QByteArray dict = "}(";
    for (const auto& [key, value] : entries)
        dict += pickledText(key) + value;
    return dict + "u";
}

/// What looks like a vision transformer, its names behind a prefix.
QByteArray pickledWeights(const QByteArray& prefix = {})
{
    return pickledDict(
        {{prefix + "patch_embed.proj.weight", pickledTensor()}, {prefix + "head.weight", pickledTensor()}});
}

/// An object of a class that nobody here knows.
QByteArray pickledObject(const QByteArray& state = "}")
{
    return "csome.library\nThing\n)\x81" + state + "b";
}

QStringList namesOf(const Checkpoint& checkpoint)
{
    QStringList names;
    for (const CheckpointTensor& tensor : checkpoint.tensors)
        names.append(tensor.name);
    return names;
}

/// Everything that may be done with a checkpoint, to see that nothing of it crashes.
void useUp(const Result<Checkpoint>& checkpoint)
{
    if (!checkpoint)
        return;
    for (const CheckpointTensor& tensor : checkpoint->tensors)
        if (tensor.type != TensorType::Other)
            (void)values(tensor);
    (void)readDeit(*checkpoint);
}

} // namespace

class TestCheckpoint : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsEveryFixture_data();
    void readsEveryFixture();
    void convertsEveryType();
    void keepsFileOrder();
    void readsMetadata();
    void followsStrides();
    void readsCompressedArchives();
    void findsWeights_data();
    void findsWeights();
    void choosesAmongModels();
    void explainsWhatIsNoWeights_data();
    void explainsWhatIsNoWeights();
    void survivesTangledModules();
    void choosesWithinSafetensors();
    void explainsBrokenSafetensors_data();
    void explainsBrokenSafetensors();
    void marksTypesThatAreNotFloat();
    void noticesDamagedWeights();
    void explainsOtherFiles();
    void outlivesItsSource();
    void refusesEveryPrefix_data();
    void refusesEveryPrefix();
    void survivesEveryDamagedByte_data();
    void survivesEveryDamagedByte();
    void readsRealCheckpointsAlike();
    void readsRealLegacyCheckpoint();

private:
    QString pickled(const QByteArray& value)
    {
        return writeZip(m_folder.filePath("weights"),
                        {{"top/data.pkl", "\x80\x02" + value + "."},
                         {"top/data/0", QByteArray::fromHex("0000803f00000040")}});
    }
    QString file(const QByteArray& content) { return writeFile(m_folder.filePath("weights"), content); }
    QTemporaryDir m_folder;
};

void TestCheckpoint::readsEveryFixture_data()
{
    QTest::addColumn<int>("format");
    QTest::addColumn<int>("count");
    QTest::newRow("timm_plain.safetensors") << int(FileFormat::Safetensors) << 32;
    QTest::newRow("hf_vit_plain/model.safetensors") << int(FileFormat::Safetensors) << 24;
    QTest::newRow("hf_deit_distilled.safetensors") << int(FileFormat::Safetensors) << 27;
    QTest::newRow("timm_f16.safetensors") << int(FileFormat::Safetensors) << 20;
    QTest::newRow("timm_distilled_zip.pth") << int(FileFormat::ZipCheckpoint) << 23;
    QTest::newRow("timm_strided_zip.pth") << int(FileFormat::ZipCheckpoint) << 20;
    QTest::newRow("timm_legacy.pth") << int(FileFormat::LegacyCheckpoint) << 20;
}

void TestCheckpoint::readsEveryFixture()
{
    QFETCH(int, format);
    QFETCH(int, count);
    const Result<Checkpoint> checkpoint =
        readCheckpoint(fixture(u"checkpoints/"_s + QTest::currentDataTag()));
    QVERIFY2(checkpoint.ok(), checkpoint ? "" : qPrintable(checkpoint.error().message));
    QCOMPARE(int(checkpoint->format), format);
    QCOMPARE(int(checkpoint->tensors.size()), count);
    for (const CheckpointTensor& tensor : checkpoint->tensors) {
        const std::vector<float> numbers = values(tensor);
        QVERIFY(
            std::all_of(numbers.begin(), numbers.end(), [](float value) { return std::abs(value) < 10; }));
        QVERIFY2(!tensor.name.startsWith("module."), qPrintable(tensor.name));
    }
}

void TestCheckpoint::convertsEveryType()
{
    const QByteArray header = R"({"f64":{"dtype":"F64","shape":[2],"data_offsets":[0,16]},)"
                              R"("f32":{"dtype":"F32","shape":[2],"data_offsets":[16,24]},)"
                              R"("f16":{"dtype":"F16","shape":[4],"data_offsets":[24,32]},)"
                              R"("b16":{"dtype":"BF16","shape":[2],"data_offsets":[32,36]},)"
                              R"("one":{"dtype":"F32","shape":[],"data_offsets":[36,40]},)"
                              R"("none":{"dtype":"F32","shape":[0,3],"data_offsets":[40,40]}})";
    const QByteArray data = QByteArray::fromHex("000000000000f83f"
                                                "9a9999999999b9bf" // 1.5, -0.1
                                                "0000c03f"
                                                "cdccccbd" // 1.5, -0.1f
                                                "003e"
                                                "0100"
                                                "007c"
                                                "00c0" // 1.5, 2^-24, inf, -2
                                                "c03f"
                                                "cdbd"       // 1.5, -0.1 in 8 bits
                                                "00004040"); // 3
    const Result<Checkpoint> checkpoint = readCheckpoint(file(safetensors(header, data)));
    QVERIFY2(checkpoint.ok(), checkpoint ? "" : qPrintable(checkpoint.error().message));
    const auto of = [&](const char* name) { return values(*checkpoint->find(QLatin1String(name))); };
    QCOMPARE(of("f64"), (std::vector<float>{1.5F, -0.1F}));
    QCOMPARE(of("f32"), (std::vector<float>{1.5F, -0.1F}));
    QCOMPARE(of("f16"), (std::vector<float>{1.5F, std::ldexp(1.0F, -24),
                                            std::numeric_limits<float>::infinity(), -2.0F}));
    QCOMPARE(of("b16"), (std::vector<float>{1.5F, -0.10009765625F}));
    QCOMPARE(of("one"), std::vector<float>{3.0F});
    QCOMPARE(of("none"), std::vector<float>{});
    QVERIFY(!checkpoint->find("absent"));
}

void TestCheckpoint::keepsFileOrder()
{
    const QByteArray header = R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]},)"
                              R"("b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})";
    const Result<Checkpoint> checkpoint = readCheckpoint(file(safetensors(header, QByteArray(8, 0))));
    QVERIFY(checkpoint);
    QCOMPARE(checkpoint->tensors.front().name, "b");
    const Result<Checkpoint> zip = readCheckpoint(fixture("checkpoints/timm_distilled_zip.pth"));
    QVERIFY(zip);
    QCOMPARE(zip->tensors.front().name, "cls_token");
    QCOMPARE(zip->tensors.back().name, "head_dist.bias");
}

void TestCheckpoint::readsMetadata()
{
    const QByteArray header = R"({"__metadata__":{"format":"pt","num_heads":"3"}})";
    const Result<Checkpoint> checkpoint = readCheckpoint(file(safetensors(header, {})));
    QVERIFY(checkpoint);
    QVERIFY(checkpoint->tensors.empty());
    QCOMPARE(checkpoint->metadata.value("num_heads"), "3");
}

void TestCheckpoint::followsStrides()
{
    for (const char* name : {"two_tensors.safetensors", "two_tensors_zip.pth", "two_tensors_legacy.pth"}) {
        const Result<Checkpoint> checkpoint = readCheckpoint(fixture(u"checkpoints/"_s + name));
        QVERIFY2(checkpoint.ok(), name);
        const CheckpointTensor* a = checkpoint->find("a");
        QVERIFY(a);
        QCOMPARE(a->shape, (std::vector<qint64>{3, 2}));
        QCOMPARE(values(*a), (std::vector<float>{0, 3, 1, 4, 2, 5}));
        QCOMPARE(values(*checkpoint->find("b")), (std::vector<float>{0.5F, -1.0F}));
    }
    const Result<Checkpoint> strided = readCheckpoint(fixture("checkpoints/timm_strided_zip.pth"));
    QVERIFY(strided);
    const CheckpointTensor& kernel = *strided->find("patch_embed.proj.weight"); // [64, 3, 4, 4]
    QVERIFY(kernel.strides.back() != 1);
    const std::vector<float> copied = values(kernel);
    const qint64 index[] = {63, 2, 1, 3};
    qint64 place = 0;
    qint64 source = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        place = place * kernel.shape[i] + index[i];
        source += index[i] * kernel.strides[i];
    }
    float expected = 0;
    std::memcpy(&expected, kernel.bytes.data() + source * 4, 4);
    QCOMPARE(copied[std::size_t(place)], expected);
}

void TestCheckpoint::readsCompressedArchives()
{
    const QByteArray pickle = QByteArray::fromHex("8002") + "}X\x01" + QByteArray(3, 0) + "w" +
                              "ctorch._utils\n_rebuild_tensor_v2\n((X\x07" + QByteArray(3, 0) +
                              "storagectorch\nFloatStorage\nX\x01" + QByteArray(3, 0) + "0X\x03" +
                              QByteArray(3, 0) + "cpuK\x02tQK" + QByteArray(1, 0) +
                              "K\x02\x85K\x01\x85\x89NtRs.";
    const QByteArray data = QByteArray::fromHex("0000803f00000040");
    for (const ZipMethod method : {ZipMethod::Stored, ZipMethod::Deflated}) {
        const QString path = writeZip(m_folder.filePath("packed.pth"),
                                      {{"top/data.pkl", pickle}, {"top/data/0", data}}, method);
        const Result<Checkpoint> checkpoint = readCheckpoint(path);
        QVERIFY2(checkpoint.ok(), checkpoint ? "" : qPrintable(checkpoint.error().message));
        QCOMPARE(values(checkpoint->tensors.at(0)), (std::vector<float>{1, 2}));
    }
    const QString missing = writeZip(m_folder.filePath("missing.pth"), {{"top/data.pkl", pickle}});
    QVERIFY(readCheckpoint(missing).error().message.contains("storage 0 is missing"));
    const QString shorter =
        writeZip(m_folder.filePath("short.pth"), {{"top/data.pkl", pickle}, {"top/data/0", data.left(4)}});
    QVERIFY(readCheckpoint(shorter).error().message.contains("shorter"));
    const QString big = writeZip(m_folder.filePath("big.pth"),
                                 {{"top/data.pkl", pickle}, {"top/data/0", data}, {"top/byteorder", "big"}});
    QVERIFY(readCheckpoint(big).error().message.contains("big-endian"));
}

void TestCheckpoint::findsWeights_data()
{
    QTest::addColumn<QByteArray>("pickle");
    QTest::addColumn<QString>("where");
    const auto row = [](const char* name, const QByteArray& pickle, const char* where) {
        QTest::newRow(name) << pickle << where;
    };
    const QByteArray object = pickledObject();
    row("at the top", pickledWeights(), "");
    row("behind a prefix", pickledWeights("model."), "");
    row("behind several prefixes", pickledWeights("module._orig_mod.any_name."), "");
    row("under a key of its own", pickledDict({{"epoch", "K\x05"}, {"my_net", pickledWeights()}}), "my_net");
    row("deep down", pickledDict({{"a", pickledDict({{"b", pickledDict({{"c", pickledWeights()}})}})}}),
        "a.b.c");
    row("in a list", "](" + pickledDict({{"epoch", "N"}}) + pickledWeights() + "e", "");
    row("as a list of pairs",
        "](" + pickledText("patch_embed.proj.weight") + pickledTensor() + "\x86" +
            pickledText("head.weight") + pickledTensor() +
            "\x86"
            "e",
        "");
    row("beside foreign objects",
        pickledDict({{"optimizer", object}, {"net", pickledWeights()}, {"args", object}}), "net");
    row("in a foreign dictionary",
        "csome.library\nDict\n)\x81(" + pickledText("state") + pickledWeights() + "u", "state");
    row("in a foreign object's members", pickledObject(pickledDict({{"weights", pickledWeights()}})),
        "weights");
    row("beside a loss that has weights",
        pickledDict({{"model.patch_embed.proj.weight", pickledTensor()},
                     {"model.head.weight", pickledTensor()},
                     {"criterion.weight", pickledTensor()}}),
        "");
    row("with a head beside the backbone",
        pickledDict(
            {{"backbone.patch_embed.proj.weight", pickledTensor()}, {"head.weight", pickledTensor()}}),
        "");
    row("beside an optimizer's state",
        pickledDict({{"optimizer", pickledDict({{"exp_avg", pickledTensor()},
                                                {"step", pickledTensor()},
                                                {"exp_avg_sq", pickledTensor()}})},
                     {"model_state", pickledWeights()}}),
        "model_state");
    const QByteArray inner = pickledObject(
        pickledDict({{"_parameters", pickledDict({{"weight", pickledTensor()}})}, {"_modules", "}"}}));
    const auto holder = [](const char* name, const QByteArray& module) {
        return pickledObject(
            pickledDict({{"_parameters", "}"}, {"_modules", pickledDict({{name, module}})}}));
    };
    const QByteArray both = pickledObject(
        pickledDict({{"_parameters", "}"},
                     {"_modules", pickledDict({{"patch_embed", holder("proj", inner)}, {"head", inner}})}}));
    row("in a pickled module", both, "");
    row("in a pickled module under a key", pickledDict({{"model", both}}), "model");
}

void TestCheckpoint::findsWeights()
{
    QFETCH(QByteArray, pickle);
    const Result<Checkpoint> checkpoint = readCheckpoint(pickled(pickle));
    QVERIFY2(checkpoint.ok(), checkpoint ? "" : qPrintable(checkpoint.error().message));
    QStringList names = namesOf(*checkpoint);
    names.sort();
    QCOMPARE(names, (QStringList{"head.weight", "patch_embed.proj.weight"}));
    QTEST(checkpoint->weights, "where");
    QCOMPARE(values(checkpoint->tensors.at(0)), (std::vector<float>{1, 2}));
    QVERIFY(checkpoint->otherWeights.isEmpty());
}

void TestCheckpoint::choosesAmongModels()
{
    const QString path = pickled(pickledDict({{"model_ema", pickledWeights()},
                                              {"teacher", pickledWeights()},
                                              {"net", pickledWeights("module.")}}));
    const Result<Checkpoint> plain = readCheckpoint(path);
    QVERIFY2(plain.ok(), plain ? "" : qPrintable(plain.error().message));
    QCOMPARE(plain->weights, "net");
    QCOMPARE(plain->otherWeights, (QStringList{"model_ema", "teacher"}));
    const Result<Checkpoint> teacher = readCheckpoint(path, ChecksumCheck::Verify, "teacher");
    QVERIFY(teacher);
    QCOMPARE(teacher->weights, "teacher");
    const Result<Checkpoint> nobody = readCheckpoint(path, ChecksumCheck::Verify, "nobody");
    QVERIFY(!nobody);
    QCOMPARE(nobody.error().kind, ErrorKind::Usage);
    QVERIFY2(nobody.error().message.contains("\"net\", \"model_ema\", \"teacher\""),
             qPrintable(nobody.error().message));
}

void TestCheckpoint::explainsWhatIsNoWeights_data()
{
    QTest::addColumn<QByteArray>("pickle");
    QTest::addColumn<QString>("words");
    const QByteArray quantized = pickledTensor().replace("_rebuild_tensor_v2", "_rebuild_qtensor");
    QTest::newRow("no tensors") << pickledDict({{"epoch", "N"}, {"lr", "N"}})
                                << "no tensors; its keys are epoch, lr";
    QTest::newRow("tensors without names")
        << pickledDict({{"shadow", "](" + pickledTensor() + pickledTensor() + "e"}})
        << "nothing that names them";
    QTest::newRow("an object of unknown make") << pickledObject() << "some.library.Thing";
    QTest::newRow("a single tensor") << pickledTensor() << "a single tensor";
    QTest::newRow("quantized weights") << pickledDict({{"conv.weight", quantized}}) << "quantized state dict";
    QTest::newRow("packed weights") << pickledDict({{"patch_embed.proj.weight", pickledTensor()},
                                                    {"head._packed_params._packed_params", ")"}})
                                    << "quantized state dict";
    QTest::newRow("code to be run") << pickledDict({{"net", pickledWeights()}, {"x", "cos\nsystem\n)R"}})
                                    << "os.system";
}

void TestCheckpoint::explainsWhatIsNoWeights()
{
    QFETCH(QByteArray, pickle);
    QFETCH(QString, words);
    const Result<Checkpoint> checkpoint = readCheckpoint(pickled(pickle));
    QVERIFY(!checkpoint);
    QCOMPARE(checkpoint.error().kind, ErrorKind::Unsupported);
    QVERIFY2(checkpoint.error().message.contains(words), qPrintable(checkpoint.error().message));
}

/// Modules that hold each other, and each twice: neither endless nor without bounds.
void TestCheckpoint::survivesTangledModules()
{
    QByteArray module = pickledObject(pickledDict({{"_parameters", "}"}, {"_modules", "}"}}));
    for (char slot = 0; slot < 100; ++slot) {
        const QByteArray recall = QByteArray("h") + slot;
        module = module + "q" + slot + "0" +
                 pickledObject(pickledDict(
                     {{"_parameters", "}"}, {"_modules", pickledDict({{"a", recall}, {"b", recall}})}}));
    }
    QVERIFY(!readCheckpoint(pickled(module)));
    QVERIFY(!readCheckpoint(pickled(QByteArray("}q\0", 3) + pickledText("self") + QByteArray("h\0s", 3))));
}

void TestCheckpoint::choosesWithinSafetensors()
{
    const QByteArray header =
        R"({"teacher.patch_embed.proj.weight":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},)"
        R"("teacher.head.weight":{"dtype":"F32","shape":[1],"data_offsets":[4,8]},)"
        R"("student.patch_embed.proj.weight":{"dtype":"F32","shape":[1],"data_offsets":[8,12]},)"
        R"("student.head.weight":{"dtype":"F32","shape":[1],"data_offsets":[12,16]}})";
    const QString path = file(safetensors(header, QByteArray(16, 0)));
    const Result<Checkpoint> checkpoint = readCheckpoint(path);
    QVERIFY(checkpoint);
    QCOMPARE(checkpoint->weights, "student");
    QCOMPARE(checkpoint->otherWeights, QStringList{"teacher"});
    QCOMPARE(namesOf(*checkpoint), (QStringList{"patch_embed.proj.weight", "head.weight"}));
}

void TestCheckpoint::explainsBrokenSafetensors_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<int>("size");
    QTest::addColumn<QString>("words");
    const auto row = [](const char* name, const char* header, int size, const char* words) {
        QTest::newRow(name) << QByteArray(header) << size << words;
    };
    row("no JSON", R"({"a")", 0, "JSON");
    row("data that ends early", R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})", 4, "cut off");
    row("bytes that belong to nobody", R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})", 5,
        "1 bytes at the end");
    row("gap", R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}})", 8, "gap");
    row("overlap",
        R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}})",
        12, "overlaps");
    row("shape against bytes", R"({"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}})", 8, "do not fit");
    row("offsets in reverse", R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[8,4]}})", 8,
        "no usable place");
    row("three offsets", R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4,8]}})", 4, "no usable place");
    row("negative offset", R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}})", 0,
        "no usable place");
    row("negative size", R"({"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}})", 4, "whole numbers");
    row("fraction", R"({"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,6]}})", 6, "whole numbers");
    row("shape that overflows",
        R"({"a":{"dtype":"F32","shape":[4294967296,4294967296,4],"data_offsets":[0,0]}})", 0,
        "no usable shape");
    row("empty shape that overflows",
        R"({"a":{"dtype":"F32","shape":[0,4294967296,4294967296],"data_offsets":[0,0]}})", 0,
        "no usable shape");
    row("bits that overflow", R"({"a":{"dtype":"F64","shape":[1152921504606846976],"data_offsets":[0,0]}})",
        0, "do not fit");
    row("no shape", R"({"a":{"dtype":"F32","data_offsets":[0,4]}})", 4, "no usable shape");
    row("entry that is no object", R"({"a":3})", 0, "no usable shape");
}

void TestCheckpoint::explainsBrokenSafetensors()
{
    QFETCH(QByteArray, header);
    QFETCH(int, size);
    QFETCH(QString, words);
    const Result<Checkpoint> checkpoint = readCheckpoint(file(safetensors(header, QByteArray(size, 0))));
    QVERIFY(!checkpoint);
    QCOMPARE(checkpoint.error().kind, ErrorKind::Malformed);
    QVERIFY2(checkpoint.error().message.startsWith("weights: "), qPrintable(checkpoint.error().message));
    QVERIFY2(checkpoint.error().message.contains(words), qPrintable(checkpoint.error().message));
}

void TestCheckpoint::marksTypesThatAreNotFloat()
{
    const QByteArray header = R"({"i":{"dtype":"I64","shape":[1],"data_offsets":[0,8]},)"
                              R"("future":{"dtype":"F4","shape":[16],"data_offsets":[8,16]}})";
    const Result<Checkpoint> checkpoint = readCheckpoint(file(safetensors(header, QByteArray(16, 0))));
    QVERIFY(checkpoint);
    for (const CheckpointTensor& tensor : checkpoint->tensors)
        QCOMPARE(tensor.type, TensorType::Other);
}

void TestCheckpoint::noticesDamagedWeights()
{
    QByteArray bytes = readFile(fixture("checkpoints/timm_distilled_zip.pth"));
    bytes[bytes.size() / 2] = char(bytes[bytes.size() / 2] ^ 1);
    const Result<Checkpoint> checkpoint = readCheckpoint(file(bytes));
    QVERIFY(!checkpoint);
    QVERIFY2(checkpoint.error().message.contains("checksum"), qPrintable(checkpoint.error().message));
}

void TestCheckpoint::explainsOtherFiles()
{
    QCOMPARE(readCheckpoint(m_folder.filePath("nowhere")).error().kind, ErrorKind::NotFound);
    QVERIFY(readCheckpoint(m_folder.path()).error().message.contains("folder"));
    QVERIFY(readCheckpoint(file("hello")).error().message.contains("not a checkpoint"));
    QVERIFY(readCheckpoint(file("")).error().message.contains("not a checkpoint"));
    const QString zip = writeZip(m_folder.filePath("a.zip"), {{"a/b.txt", "hello"}});
    QVERIFY(readCheckpoint(zip).error().message.contains("not a PyTorch checkpoint"));
}

void TestCheckpoint::outlivesItsSource()
{
    const QString path = file(readFile(fixture("checkpoints/two_tensors_zip.pth")));
    Checkpoint copy;
    {
        Result<Checkpoint> checkpoint = readCheckpoint(path);
        QVERIFY(checkpoint);
        copy = *checkpoint;
    }
    QVERIFY(QFile::remove(path));
    QCOMPARE(values(*copy.find("a")), (std::vector<float>{0, 3, 1, 4, 2, 5}));
}

void TestCheckpoint::refusesEveryPrefix_data()
{
    QTest::addColumn<int>("dense"); ///< Every length near the ends, each 997th between.
    QTest::newRow("two_tensors.safetensors") << 1000000;
    QTest::newRow("two_tensors_zip.pth") << 1000000;
    QTest::newRow("two_tensors_legacy.pth") << 1000000;
    QTest::newRow("timm_f16.safetensors") << 300;
    QTest::newRow("timm_legacy.pth") << 300;
    QTest::newRow("timm_strided_zip.pth") << 300;
}

void TestCheckpoint::refusesEveryPrefix()
{
    QFETCH(int, dense);
    const QByteArray bytes = readFile(fixture(u"checkpoints/"_s + QTest::currentDataTag()));
    QFile prefix(file(bytes));
    QVERIFY(prefix.open(QIODevice::ReadWrite));
    for (qint64 length = bytes.size() - 1; length >= 0; --length) {
        if (length > dense && length < bytes.size() - dense && length % 997 != 0)
            continue;
        QVERIFY(prefix.resize(length));
        const Result<Checkpoint> checkpoint = readCheckpoint(prefix.fileName());
        // A zip archive's last record only repeats what PyTorch writes before it; the data is all there.
        constexpr qint64 lastRecord = 22;
        if (checkpoint && bytes.startsWith("PK") && length >= bytes.size() - lastRecord)
            continue;
        QVERIFY2(!checkpoint, qPrintable(QString::number(length)));
        const Result<FileIdentity> identity = identify(prefix.fileName());
        QVERIFY(identity && whyNotLoadable(*identity));
    }
}

void TestCheckpoint::survivesEveryDamagedByte_data()
{
    QTest::addColumn<QString>("name");
    for (const char* name : {"two_tensors.safetensors", "two_tensors_zip.pth", "two_tensors_legacy.pth"})
        QTest::newRow(name) << name;
}

void TestCheckpoint::survivesEveryDamagedByte()
{
    const QByteArray bytes = readFile(fixture(u"checkpoints/"_s + QTest::currentDataTag()));
    QFile damaged(file(bytes));
    QVERIFY(damaged.open(QIODevice::ReadWrite | QIODevice::Unbuffered));
    int refused = 0;
    for (qsizetype i = 0; i < bytes.size(); ++i) {
        for (const unsigned mask : {1U, 128U, 255U}) {
            const char value = char(unsigned(bytes[i]) ^ mask);
            QVERIFY(damaged.seek(i) && damaged.write(&value, 1) == 1);
            const Result<Checkpoint> checkpoint = readCheckpoint(damaged.fileName());
            refused += checkpoint ? 0 : 1;
            useUp(checkpoint);
            const Result<FileIdentity> identity = identify(damaged.fileName());
            QVERIFY(identity);
            (void)whyNotLoadable(*identity);
        }
        QVERIFY(damaged.seek(i) && damaged.write(&bytes.constData()[i], 1) == 1);
    }
    QVERIFY2(refused > bytes.size() / 4, "hardly any damage is noticed");
    QVERIFY(readCheckpoint(damaged.fileName()));
}

void TestCheckpoint::readsRealCheckpointsAlike()
{
    VITRINE_REQUIRE_REAL_DATA();
    const Result<Checkpoint> zip = readCheckpoint(realData("models/deit_tiny/deit_tiny_patch16_224.pth"));
    const Result<Checkpoint> safe =
        readCheckpoint(realData("models/deit_tiny/deit_tiny_patch16_224.safetensors"));
    QVERIFY(zip && safe);
    QCOMPARE(zip->tensors.size(), safe->tensors.size());
    for (const CheckpointTensor& tensor : safe->tensors) {
        const CheckpointTensor* other = zip->find(tensor.name);
        QVERIFY2(other, qPrintable(tensor.name));
        QCOMPARE(other->shape, tensor.shape);
        QVERIFY2(values(*other) == values(tensor), qPrintable(tensor.name));
    }
}

void TestCheckpoint::readsRealLegacyCheckpoint()
{
    VITRINE_REQUIRE_REAL_DATA();
    const Result<Checkpoint> checkpoint =
        readCheckpoint(realData("models/odd/resnet20_legacy_pickle_not_deit.th"));
    QVERIFY(checkpoint);
    QCOMPARE(checkpoint->format, FileFormat::LegacyCheckpoint);
    QVERIFY(checkpoint->find("conv1.weight"));
    QCOMPARE(checkpoint->find("linear.weight")->shape, (std::vector<qint64>{10, 64}));
}

QTEST_GUILESS_MAIN(TestCheckpoint)
#include "tst_checkpoint.moc"
