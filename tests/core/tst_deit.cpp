#include "core/base/literals.h"
#include "core/model/deit.h"
#include "core/model/deit_names.h"
#include "tests/support/files.h"
#include "tests/support/test_data.h"

#include <QJsonDocument>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace vitrine;
using namespace vitrine::test;

namespace {

using Shape = std::vector<qint64>;

/// A DeiT of zeros under timm or Hugging Face names; tests take it apart.
Checkpoint checkpointOf(const DeitConfig& config, const DeitNaming& naming = {})
{
    Checkpoint checkpoint;
    const auto data = std::make_shared<std::vector<std::byte>>(4'000'000);
    checkpoint.storage = data;
    for (const DeitParameter& parameter : deitParameters(config)) {
        const std::vector<QString> sources = naming.sources(parameter.name);
        Shape shape = parameter.shape;
        shape.front() /= qint64(sources.size());
        Shape strides(shape.size(), 1);
        for (std::size_t i = shape.size(); i-- > 1;)
            strides[i - 1] = strides[i] * shape[i];
        for (const QString& source : sources)
            checkpoint.tensors.push_back({source, TensorType::Float32, shape, strides, *data});
    }
    checkpoint.path = u"/nowhere/model.pth"_s;
    return checkpoint;
}

DeitConfig small(bool distilled = false)
{
    return {.imageSize = 32,
            .patchSize = 8,
            .channels = 3,
            .width = 64,
            .depth = 2,
            .heads = 1,
            .hidden = 32,
            .classes = 7,
            .distilled = distilled};
}

CheckpointTensor& tensor(Checkpoint& checkpoint, const QString& name)
{
    return *std::find_if(checkpoint.tensors.begin(), checkpoint.tensors.end(),
                         [&](const CheckpointTensor& candidate) { return candidate.name == name; });
}

void remove(Checkpoint& checkpoint, const QString& prefix)
{
    std::erase_if(checkpoint.tensors,
                  [&](const CheckpointTensor& candidate) { return candidate.name.startsWith(prefix); });
}

void add(Checkpoint& checkpoint, const QString& name)
{
    CheckpointTensor extra = checkpoint.tensors.front();
    extra.name = name;
    checkpoint.tensors.push_back(extra);
}

std::vector<float> values(const DeitParameter& parameter)
{
    std::vector<float> result(std::size_t(parameter.count()));
    parameter.copyTo(result);
    return result;
}

DeitWeights fixtureWeights(const QString& name)
{
    const Result<Checkpoint> checkpoint = readCheckpoint(fixture("checkpoints/" + name));
    return checkpoint ? readDeit(*checkpoint).value() : DeitWeights{};
}

using Damage = std::function<void(Checkpoint&)>;

} // namespace

Q_DECLARE_METATYPE(Damage)
Q_DECLARE_METATYPE(DeitConfig)

class TestDeit : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsShapesOfFixtures_data();
    void readsShapesOfFixtures();
    void readsOfficialShapes_data();
    void readsOfficialShapes();
    void readsEveryNaming_data();
    void readsEveryNaming();
    void ordersParametersCanonically();
    void stacksQueryKeyAndValue();
    void ignoresWhatTakesNoPart();
    void readsNearRelatives_data();
    void readsNearRelatives();
    void foldsLayerScale();
    void explainsWhatDoesNotFit_data();
    void explainsWhatDoesNotFit();
    void settlesHeadsAndEpsilon_data();
    void settlesHeadsAndEpsilon();
    void ignoresConfigOfAnotherModel();
    void explainsImpossibleHeads();
    void guessesHeadsAloud_data();
    void guessesHeadsAloud();
    void readsMeanPooling();
    void takesTheWayOutsSizeFromSettings();
    void writesAndReadsBack_data();
    void writesAndReadsBack();
    void refusesToWriteOverItsSource();
    void explainsUnwritablePath();
    void survivesJson();
    void explainsBadJson_data();
    void explainsBadJson();
    void readsRealDeitTiny();
    void explainsRealResNet();
};

void TestDeit::readsShapesOfFixtures_data()
{
    QTest::addColumn<DeitConfig>("config");
    const DeitConfig base{.imageSize = 16,
                          .patchSize = 4,
                          .channels = 3,
                          .width = 64,
                          .depth = 1,
                          .heads = 1,
                          .hidden = 16,
                          .classes = 4};
    const auto row = [&](const char* name, const std::function<void(DeitConfig&)>& change) {
        DeitConfig config = base;
        change(config);
        QTest::newRow(name) << config;
    };
    row("timm_f16.safetensors", [](DeitConfig&) {});
    row("timm_bf16.safetensors", [](DeitConfig&) {});
    row("timm_f64.safetensors", [](DeitConfig&) {});
    row("timm_legacy.pth", [](DeitConfig&) {});
    row("timm_strided_zip.pth", [](DeitConfig&) {});
    row("timm_plain.safetensors", [](DeitConfig& c) {
        c.imageSize = 32;
        c.patchSize = 8;
        c.depth = 2;
        c.classes = 7;
    });
    row("timm_distilled_zip.pth", [](DeitConfig& c) {
        c.imageSize = 32;
        c.patchSize = 8;
        c.hidden = 24;
        c.classes = 7;
        c.distilled = true;
    });
    row("timm_image40.safetensors", [](DeitConfig& c) {
        c.imageSize = 40;
        c.patchSize = 8;
    });
    row("timm_two_heads_f16.safetensors", [](DeitConfig& c) {
        c.width = 128;
        c.heads = 2;
        c.classes = 6;
    });
    row("hf_deit_distilled.safetensors", [](DeitConfig& c) {
        c.classes = 5;
        c.distilled = true;
    });
    row("hf_vit_plain/model.safetensors", [](DeitConfig& c) {
        c.imageSize = 32;
        c.patchSize = 8;
        c.heads = 2;
        c.classes = 5;
        c.layerNormEpsilon = 1e-12;
    });
}

void TestDeit::readsShapesOfFixtures()
{
    QFETCH(DeitConfig, config);
    const DeitWeights weights = fixtureWeights(QTest::currentDataTag());
    QVERIFY(weights.config == config);
    QCOMPARE(weights.parameters.size(), deitParameters(config).size());
}

void TestDeit::readsOfficialShapes_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("imageSize");
    QTest::addColumn<bool>("distilled");
    QTest::addColumn<qint64>("count");
    QTest::newRow("tiny") << 192 << 224 << false << qint64(5'717'416);
    QTest::newRow("tiny distilled") << 192 << 224 << true << qint64(5'910'800);
    QTest::newRow("small") << 384 << 224 << false << qint64(22'050'664);
    QTest::newRow("small distilled") << 384 << 224 << true << qint64(22'436'432);
    QTest::newRow("base") << 768 << 224 << false << qint64(86'567'656);
    QTest::newRow("base distilled") << 768 << 224 << true << qint64(87'338'192);
    QTest::newRow("base at 384") << 768 << 384 << false << qint64(86'859'496);
    QTest::newRow("base distilled at 384") << 768 << 384 << true << qint64(87'630'032);
}

void TestDeit::readsOfficialShapes()
{
    QFETCH(int, width);
    QFETCH(int, imageSize);
    QFETCH(bool, distilled);
    const DeitConfig config{.imageSize = imageSize,
                            .width = width,
                            .heads = width / 64,
                            .hidden = 4 * width,
                            .distilled = distilled};
    const Result<DeitWeights> weights = readDeit(checkpointOf(config));
    QVERIFY2(weights.ok(), weights ? "" : qPrintable(weights.error().message));
    QVERIFY(weights->config == config);
    QTEST(weights->parameterCount(), "count");
}

void TestDeit::readsEveryNaming_data()
{
    QTest::addColumn<bool>("distilled");
    QTest::addColumn<QString>("prefix");
    QTest::addColumn<QString>("normPrefix");
    QTest::addColumn<QString>("firstName");
    QTest::newRow("ViT of Hugging Face") << false << "vit."
                                         << "vit."
                                         << "vit.embeddings.cls_token";
    QTest::newRow("its DeiT") << false << "deit."
                              << "deit."
                              << "deit.embeddings.cls_token";
    QTest::newRow("its distilled DeiT") << true << "deit."
                                        << "deit."
                                        << "deit.embeddings.cls_token";
    QTest::newRow("no prefix") << false << ""
                               << ""
                               << "embeddings.cls_token";
    QTest::newRow("last norm outside") << false << "vit."
                                       << ""
                                       << "vit.embeddings.cls_token";
}

void TestDeit::readsEveryNaming()
{
    QFETCH(bool, distilled);
    QFETCH(QString, prefix);
    QFETCH(QString, normPrefix);
    const DeitNaming naming{true, prefix, normPrefix, distilled ? u"cls_classifier"_s : u"classifier"_s};
    const Checkpoint checkpoint = checkpointOf(small(distilled), naming);
    QTEST(checkpoint.tensors.front().name, "firstName");
    const Result<DeitWeights> weights = readDeit(checkpoint);
    QVERIFY2(weights.ok(), weights ? "" : qPrintable(weights.error().message));
    QVERIFY(weights->config == small(distilled));
}

void TestDeit::ordersParametersCanonically()
{
    Checkpoint checkpoint = checkpointOf(small(true));
    std::reverse(checkpoint.tensors.begin(), checkpoint.tensors.end());
    const Result<DeitWeights> weights = readDeit(checkpoint);
    QVERIFY(weights);
    QStringList names;
    for (const DeitParameter& parameter : weights->parameters)
        names.append(parameter.name);
    QCOMPARE(names.mid(0, 6), (QStringList{"cls_token", "dist_token", "pos_embed", "patch_embed.proj.weight",
                                           "patch_embed.proj.bias", "blocks.0.norm1.weight"}));
    QCOMPARE(names.last(), "head_dist.bias");
    QCOMPARE(weights->parameters.at(2).shape, (Shape{1, 18, 64}));
}

void TestDeit::stacksQueryKeyAndValue()
{
    const DeitWeights weights = fixtureWeights("hf_deit_distilled.safetensors");
    const auto qkv =
        std::find_if(weights.parameters.begin(), weights.parameters.end(),
                     [](const DeitParameter& p) { return p.name == "blocks.0.attn.qkv.weight"; });
    QCOMPARE(qkv->shape, (Shape{192, 64}));
    QCOMPARE(qkv->parts.size(), std::size_t(3));
    const std::vector<float> stacked = values(*qkv);
    std::vector<float> expected;
    for (const char* part : {"query", "key", "value"}) {
        const CheckpointTensor* source = weights.checkpoint.find(
            u"deit.encoder.layer.0.attention.attention.%1.weight"_s.arg(QLatin1String(part)));
        std::vector<float> piece(std::size_t(source->count()));
        source->copyTo(piece);
        expected.insert(expected.end(), piece.begin(), piece.end());
    }
    QCOMPARE(stacked, expected);
}

void TestDeit::ignoresWhatTakesNoPart()
{
    Checkpoint checkpoint = checkpointOf(small(), {true, "vit.", "vit.", "classifier"});
    for (const char* name : {"vit.pooler.dense.weight", "vit.pooler.dense.bias", "vit.embeddings.mask_token"})
        add(checkpoint, name);
    QVERIFY(readDeit(checkpoint));
    add(checkpoint, "vit.other");
    QVERIFY(!readDeit(checkpoint));
}

void TestDeit::readsNearRelatives_data()
{
    QTest::addColumn<Damage>("change");
    const auto renamed = [](const QString& from, const QString& to) {
        return [=](Checkpoint& c) {
            for (CheckpointTensor& t : c.tensors)
                t.name.replace(QRegularExpression(from), to);
        };
    };
    const auto row = [](const char* name, const Damage& change) { QTest::newRow(name) << change; };
    row("no bias of queries, keys and values", [](Checkpoint& c) {
        std::erase_if(c.tensors, [](const CheckpointTensor& t) { return t.name.endsWith("qkv.bias"); });
    });
    row("head in a Sequential", renamed("^head\\.", "head.1."));
    row("head called fc", renamed("^head\\.", "fc."));
    row("blocks in chunks", renamed("^blocks\\.", "blocks.0."));
    row("a mask beside the weights", [](Checkpoint& c) { add(c, "attn_mask"); });
    row("counted operations", [](Checkpoint& c) { add(c, "blocks.0.mlp.fc1.total_ops"); });
    row("an index of whole numbers", [](Checkpoint& c) {
        add(c, "blocks.0.some_index");
        c.tensors.back().type = TensorType::Other;
    });
    row("torchvision's names", [=](Checkpoint& c) {
        for (const auto& [ours, theirs] : std::initializer_list<std::pair<const char*, const char*>>{
                 {"^cls_token", "class_token"},
                 {"^pos_embed", "encoder.pos_embedding"},
                 {"^patch_embed.proj", "conv_proj"},
                 {"^norm", "encoder.ln"},
                 {"^head", "heads.head"},
                 {"norm1", "ln_1"},
                 {"norm2", "ln_2"},
                 {"attn.qkv.", "self_attention.in_proj_"},
                 {"attn.proj", "self_attention.out_proj"},
                 {"mlp.fc1", "mlp.0"},
                 {"mlp.fc2", "mlp.3"},
                 {"^blocks.", "encoder.layers.encoder_layer_"}})
            renamed(QLatin1String(ours), QLatin1String(theirs))(c);
    });
}

void TestDeit::readsNearRelatives()
{
    QFETCH(Damage, change);
    Checkpoint checkpoint = checkpointOf(small());
    change(checkpoint);
    const Result<DeitWeights> weights = readDeit(checkpoint);
    QVERIFY2(weights.ok(), weights ? "" : qPrintable(weights.error().message));
    QVERIFY(weights->config == small());
    QCOMPARE(weights->parameterCount(), readDeit(checkpointOf(small()))->parameterCount());
    for (const DeitParameter& parameter : weights->parameters)
        (void)values(parameter);
}

/// DeiT III: what a layer gives is multiplied, row by row, and the class token has no position.
void TestDeit::foldsLayerScale()
{
    Checkpoint checkpoint = checkpointOf(small());
    tensor(checkpoint, "pos_embed").shape = {1, 16, 64};
    static std::vector<float> ones(64 * 64, 1.0F);
    static std::vector<float> gammas(64, 2.0F);
    gammas[1] = 3;
    tensor(checkpoint, "blocks.1.attn.proj.weight").bytes = std::as_bytes(std::span(ones));
    for (const char* name :
         {"blocks.0.gamma_1", "blocks.0.gamma_2", "blocks.1.gamma_1", "blocks.1.gamma_2"}) {
        add(checkpoint, name);
        checkpoint.tensors.back().shape = {64};
        checkpoint.tensors.back().strides = {1};
        checkpoint.tensors.back().bytes = std::as_bytes(std::span(gammas));
    }
    const Result<DeitWeights> weights = readDeit(checkpoint);
    QVERIFY2(weights.ok(), weights ? "" : qPrintable(weights.error().message));
    QVERIFY(weights->config == small());
    for (const DeitParameter& parameter : weights->parameters) {
        const std::vector<float> numbers = values(parameter);
        if (parameter.name == "pos_embed")
            QCOMPARE(numbers.size(), std::size_t(17 * 64));
        if (parameter.name != "blocks.1.attn.proj.weight")
            continue;
        QCOMPARE(numbers[63], 2.0F);
        QCOMPARE(numbers[64], 3.0F);
        QCOMPARE(numbers[128], 2.0F);
    }
    tensor(checkpoint, "blocks.1.gamma_2").shape = {65};
    QVERIFY(
        readDeit(checkpoint).error().message.contains("blocks.1.ls2.gamma has shape [65], expected [64]"));
}

void TestDeit::explainsWhatDoesNotFit_data()
{
    QTest::addColumn<Damage>("damage");
    QTest::addColumn<QString>("words");
    const auto row = [](const char* name, const Damage& damage, const char* words) {
        QTest::newRow(name) << damage << words;
    };
    row(
        "empty", [](Checkpoint& c) { c.tensors.clear(); }, "it holds no tensors");
    row(
        "another architecture", [](Checkpoint& c) { remove(c, "patch_embed"); },
        "missing the patch embedding");
    row(
        "one missing tensor", [](Checkpoint& c) { remove(c, "blocks.1.attn.qkv.bias"); },
        "it is missing blocks.1.attn.qkv.bias");
    row(
        "many missing tensors",
        [](Checkpoint& c) {
            remove(c, "blocks.1.norm");
            remove(c, "blocks.1.mlp.fc1");
        },
        "blocks.1.norm1.weight, blocks.1.norm1.bias, blocks.1.norm2.weight, blocks.1.norm2.bias and 2 more");
    row(
        "a block too few", [](Checkpoint& c) { remove(c, "blocks.0."); },
        "it is missing blocks.0.norm1.weight");
    row(
        "no blocks", [](Checkpoint& c) { remove(c, "blocks."); }, "missing its blocks");
    row(
        "block number from nowhere", [](Checkpoint& c) { add(c, "blocks.2000000000.x"); },
        "more than 512 blocks");
    row(
        "unexpected tensor", [](Checkpoint& c) { add(c, "blocks.0.ls1.gamma"); },
        "a DeiT has no blocks.0.ls1.gamma");
    row(
        "wrong shape", [](Checkpoint& c) { tensor(c, "norm.weight").shape = {65}; },
        "norm.weight has shape [65], expected [64]");
    row(
        "transposed",
        [](Checkpoint& c) {
            tensor(c, "blocks.0.mlp.fc2.weight").shape = {32, 64};
        },
        "blocks.0.mlp.fc2.weight has shape [32, 64], expected [64, 32]");
    row(
        "integers", [](Checkpoint& c) { tensor(c, "norm.bias").type = TensorType::Other; },
        "norm.bias does not hold floating-point numbers");
    row(
        "feature extractor", [](Checkpoint& c) { remove(c, "head"); }, "feature extractor");
    row(
        "head of the wrong rank", [](Checkpoint& c) { tensor(c, "head.weight").shape = {7}; },
        "expected [classes, 64]");
    row(
        "distillation token without its head", [](Checkpoint& c) { add(c, "dist_token"); }, "pos_embed");
    row(
        "oblong patches",
        [](Checkpoint& c) {
            tensor(c, "patch_embed.proj.weight").shape = {64, 3, 8, 16};
        },
        "patches are not square but 8 x 16");
    row(
        "patch kernel of the wrong rank",
        [](Checkpoint& c) {
            tensor(c, "patch_embed.proj.weight").shape = {64, 192};
        },
        "expected [width, channels, patch, patch]");
    row(
        "width that fits no int",
        [](Checkpoint& c) { tensor(c, "patch_embed.proj.weight").shape[0] = qint64(1) << 40; },
        "expected [width, channels, patch, patch]");
    row(
        "no width at all", [](Checkpoint& c) { tensor(c, "patch_embed.proj.weight").shape[0] = 0; },
        "expected [width, channels, patch, patch]");
    row(
        "oblong image",
        [](Checkpoint& c) {
            tensor(c, "pos_embed").shape = {1, 13, 64};
        },
        "no square of patches");
    row(
        "no class token in the positions",
        [](Checkpoint& c) {
            tensor(c, "pos_embed").shape = {1, 16, 64};
        },
        "no square of patches");
    row(
        "one token",
        [](Checkpoint& c) {
            tensor(c, "pos_embed").shape = {1, 1, 64};
        },
        "no square of patches");
    row(
        "astronomical image",
        [](Checkpoint& c) {
            tensor(c, "pos_embed").shape = {1, (qint64(1) << 60) + 1, 64};
        },
        "no square of patches");
    row(
        "the way out", [](Checkpoint& c) { remove(c, "head"); }, "torch.jit.trace");
    row(
        "register tokens", [](Checkpoint& c) { add(c, "reg_token"); }, "register tokens");
    row(
        "two last norms", [](Checkpoint& c) { add(c, "fc_norm.weight"); }, "two last norms");
    row(
        "the mean of all patches, distilled",
        [](Checkpoint& c) {
            tensor(c, "norm.weight").name = "fc_norm.weight";
            tensor(c, "norm.bias").name = "fc_norm.bias";
            add(c, "dist_token");
        },
        "distillation token and takes the mean");
    row(
        "a network of convolutions",
        [](Checkpoint& c) {
            c.tensors.clear();
            c.tensors.push_back({"conv1.weight", TensorType::Float32, {1}, {1}, {}});
            add(c, "bn1.running_mean");
        },
        "a convolutional network (CNN)");
    row(
        "the way out is for its size", [](Checkpoint& c) { remove(c, "head"); }, "torch.rand(1, 3, 32, 32)");
    row(
        "the way out where the size is not known", [](Checkpoint& c) { remove(c, "patch_embed"); },
        "torch.rand(1, 3, 224, 224)");
    row(
        "head of several layers",
        [](Checkpoint& c) {
            tensor(c, "head.weight").name = "head.0.weight";
            add(c, "head.2.weight");
        },
        "head has several layers (head.0.weight, head.2.weight)");
    row(
        "no positions", [](Checkpoint& c) { remove(c, "pos_embed"); }, "it is missing pos_embed");
}

void TestDeit::explainsWhatDoesNotFit()
{
    QFETCH(Damage, damage);
    QFETCH(QString, words);
    Checkpoint checkpoint = checkpointOf(small());
    damage(checkpoint);
    const Result<DeitWeights> weights = readDeit(checkpoint);
    QVERIFY(!weights);
    const QString message = weights.error().message;
    QVERIFY2(message.startsWith("model.pth: not a DeiT: "), qPrintable(message));
    QVERIFY2(message.contains(words), qPrintable(message));
}

void TestDeit::settlesHeadsAndEpsilon_data()
{
    QTest::addColumn<bool>("option");
    QTest::addColumn<bool>("metadata");
    QTest::addColumn<bool>("config");
    QTest::addColumn<int>("heads");
    QTest::addColumn<double>("epsilon");
    QTest::newRow("nothing stated") << false << false << false << 1 << 1e-6;
    QTest::newRow("config.json beside it") << false << false << true << 8 << 1e-8;
    QTest::newRow("metadata before config.json") << false << true << true << 4 << 1e-4;
    QTest::newRow("option before all") << true << true << true << 2 << 1e-2;
}

void TestDeit::settlesHeadsAndEpsilon()
{
    QFETCH(bool, option);
    QFETCH(bool, metadata);
    QFETCH(bool, config);
    const QTemporaryDir folder;
    Checkpoint checkpoint = checkpointOf(small());
    checkpoint.path = folder.filePath("model.safetensors");
    if (metadata)
        checkpoint.metadata = {{"num_heads", "4"}, {"layer_norm_eps", "1e-4"}};
    if (config)
        writeFile(
            folder.filePath("config.json"),
            R"({"hidden_size": 64, "num_attention_heads": 8, "layer_norm_eps": 1e-8, "hidden_act": "gelu"})");
    const Result<DeitWeights> weights = readDeit(checkpoint, option ? DeitOptions{2, 1e-2} : DeitOptions{});
    QVERIFY2(weights.ok(), weights ? "" : qPrintable(weights.error().message));
    QTEST(weights->config.heads, "heads");
    QTEST(weights->config.layerNormEpsilon, "epsilon");
}

void TestDeit::ignoresConfigOfAnotherModel()
{
    const QTemporaryDir folder;
    Checkpoint checkpoint = checkpointOf(small());
    checkpoint.path = folder.filePath("model.safetensors");
    writeFile(folder.filePath("config.json"), R"({"hidden_size": 768, "num_attention_heads": 12})");
    QCOMPARE(readDeit(checkpoint)->config.heads, 1);
    writeFile(folder.filePath("config.json"), "no JSON");
    QCOMPARE(readDeit(checkpoint)->config.heads, 1);
    writeFile(folder.filePath("config.json"), R"({"hidden_size": 64, "hidden_act": "relu"})");
    QVERIFY(readDeit(checkpoint).error().message.contains("relu"));
}

void TestDeit::explainsImpossibleHeads()
{
    DeitConfig odd = small();
    odd.width = 48;
    const Checkpoint checkpoint = checkpointOf(odd);
    const Result<DeitWeights> unknown = readDeit(checkpoint);
    QVERIFY(!unknown);
    QVERIFY2(unknown.error().message.contains("number of attention heads"),
             qPrintable(unknown.error().message));
    QCOMPARE(readDeit(checkpoint, DeitOptions{3, {}})->config.heads, 3);
    for (const int heads : {5, 0, -1, 96})
        QVERIFY(readDeit(checkpoint, DeitOptions{heads, {}}).error().message.contains("do not fit"));
    Checkpoint nonsense = checkpoint;
    nonsense.metadata.insert("num_heads", "many");
    QVERIFY(!readDeit(nonsense));
    QVERIFY(!readDeit(checkpoint, DeitOptions{3, -1.0}));
}

void TestDeit::guessesHeadsAloud_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("heads");
    QTest::addColumn<bool>("isGuess");
    QTest::newRow("tiny") << 192 << 3 << false;
    QTest::newRow("base") << 768 << 12 << false;
    QTest::newRow("huge") << 1280 << 16 << false;
    QTest::newRow("128") << 128 << 2 << true;
    QTest::newRow("512") << 512 << 8 << true;
}

void TestDeit::guessesHeadsAloud()
{
    QFETCH(int, width);
    QFETCH(bool, isGuess);
    DeitConfig config = small();
    config.width = width;
    const Checkpoint checkpoint = checkpointOf(config);
    const Result<DeitWeights> weights = readDeit(checkpoint);
    QVERIFY2(weights.ok(), weights ? "" : qPrintable(weights.error().message));
    QTEST(weights->config.heads, "heads");
    QCOMPARE(weights->notices.size(), isGuess ? 1 : 0);
    QVERIFY(!isGuess || weights->notices.first().contains("--heads"));
    QCOMPARE(readDeit(checkpoint, {.heads = 4})->notices, QStringList());
    QCOMPARE(readDeit(checkpoint, {.heads = 4})->config.heads, 4);
}

/// Masked autoencoders, fine-tuned: fc_norm in place of norm.
void TestDeit::readsMeanPooling()
{
    Checkpoint checkpoint = checkpointOf(small());
    tensor(checkpoint, "norm.weight").name = "fc_norm.weight";
    tensor(checkpoint, "norm.bias").name = "fc_norm.bias";
    const Result<DeitWeights> weights = readDeit(checkpoint);
    QVERIFY2(weights.ok(), weights ? "" : qPrintable(weights.error().message));
    DeitConfig expected = small();
    expected.pooling = Pooling::MeanOfPatches;
    QVERIFY(weights->config == expected);
    QVERIFY(*DeitConfig::fromJson(expected.toJson()) == expected);
    QVERIFY(!DeitConfig::fromJson(small().toJson())->toJson().contains("pooling"));

    const QTemporaryDir folder;
    QVERIFY(writeDeit(*weights, folder.filePath("original.safetensors")));
    QVERIFY(readDeit(folder.filePath("original.safetensors"), {})->config == expected);
    QJsonObject nonsense = expected.toJson();
    nonsense.insert("pooling", "median");
    QVERIFY(!DeitConfig::fromJson(nonsense));
}

void TestDeit::takesTheWayOutsSizeFromSettings()
{
    const QTemporaryDir folder;
    Checkpoint checkpoint = checkpointOf(small());
    remove(checkpoint, "patch_embed");
    checkpoint.path = folder.filePath("model.safetensors");
    writeFile(folder.filePath("config.json"), R"({"model_type": "resnet", "image_size": 160})");
    QVERIFY(readDeit(checkpoint).error().message.contains("torch.rand(1, 3, 160, 160)"));
    writeFile(folder.filePath("config.json"),
              R"({"architecture": "x", "pretrained_cfg": {"input_size": [3, 96, 96]}})");
    QVERIFY(readDeit(checkpoint).error().message.contains("torch.rand(1, 3, 96, 96)"));
}

void TestDeit::writesAndReadsBack_data()
{
    QTest::addColumn<QString>("name");
    for (const char* name : {"timm_plain.safetensors", "timm_distilled_zip.pth", "timm_strided_zip.pth",
                             "timm_f16.safetensors", "timm_bf16.safetensors", "timm_legacy.pth",
                             "hf_vit_plain/model.safetensors", "hf_deit_distilled.safetensors"})
        QTest::newRow(name) << name;
}

void TestDeit::writesAndReadsBack()
{
    const QTemporaryDir folder;
    const DeitWeights weights = fixtureWeights(QTest::currentDataTag());
    const QString path = folder.filePath("original.safetensors");
    const Status written = writeDeit(weights, path);
    QVERIFY2(written.ok(), written ? "" : qPrintable(written.error().message));

    const Result<Checkpoint> checkpoint = readCheckpoint(path);
    QVERIFY2(checkpoint.ok(), checkpoint ? "" : qPrintable(checkpoint.error().message));
    QCOMPARE(checkpoint->metadata.value("format"), "pt");
    const QJsonObject stated =
        QJsonDocument::fromJson(checkpoint->metadata.value("vitrine").toUtf8()).object();
    QVERIFY(DeitConfig::fromJson(stated).value() == weights.config);

    const Result<DeitWeights> again = readDeit(*checkpoint);
    QVERIFY2(again.ok(), again ? "" : qPrintable(again.error().message));
    QVERIFY(again->config == weights.config);
    QCOMPARE(again->parameters.size(), weights.parameters.size());
    for (std::size_t i = 0; i < weights.parameters.size(); ++i) {
        QCOMPARE(again->parameters[i].name, weights.parameters[i].name);
        QCOMPARE(checkpoint->tensors[i].name, weights.parameters[i].name);
        QVERIFY(values(again->parameters[i]) == values(weights.parameters[i]));
    }
}

void TestDeit::refusesToWriteOverItsSource()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath("model.safetensors");
    const QByteArray content = readFile(fixture("checkpoints/timm_f16.safetensors"));
    const Result<Checkpoint> checkpoint = readCheckpoint(writeFile(path, content));
    QVERIFY(checkpoint);
    const Status written = writeDeit(*readDeit(*checkpoint), path);
    QVERIFY(!written);
    QCOMPARE(written.error().kind, ErrorKind::Usage);
    QCOMPARE(readFile(path), content);
}

void TestDeit::explainsUnwritablePath()
{
    const Status written = writeDeit(fixtureWeights("timm_f16.safetensors"), "/nowhere/at/all.safetensors");
    QVERIFY(!written);
    QCOMPARE(written.error().kind, ErrorKind::Unreadable);
    const Status full = writeDeit(fixtureWeights("timm_f16.safetensors"), "/dev/full");
    QVERIFY(!full);
}

void TestDeit::survivesJson()
{
    DeitConfig config = small(true);
    config.layerNormEpsilon = 1e-12;
    const QJsonObject object = QJsonDocument::fromJson(QJsonDocument(config.toJson()).toJson()).object();
    QVERIFY(DeitConfig::fromJson(object).value() == config);
    QCOMPARE(object.value("type").toString(), "deit");
}

void TestDeit::explainsBadJson_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QJsonValue>("value");
    QTest::newRow("another type") << "type" << QJsonValue("torchscript");
    QTest::newRow("zero") << "depth" << QJsonValue(0);
    QTest::newRow("fraction") << "width" << QJsonValue(64.5);
    QTest::newRow("huge") << "classes" << QJsonValue(1e12);
    QTest::newRow("image that is no multiple of the patch") << "imageSize" << QJsonValue(33);
    QTest::newRow("width that is no multiple of the heads") << "heads" << QJsonValue(5);
    QTest::newRow("text for a flag") << "distilled" << QJsonValue("yes");
    QTest::newRow("negative epsilon") << "layerNormEpsilon" << QJsonValue(-1);
    QTest::newRow("absent") << "hidden" << QJsonValue(QJsonValue::Undefined);
}

void TestDeit::explainsBadJson()
{
    QFETCH(QString, key);
    QFETCH(QJsonValue, value);
    QJsonObject object = small().toJson();
    object.insert(key, value);
    const Result<DeitConfig> config = DeitConfig::fromJson(object);
    QVERIFY(!config);
    QVERIFY2(config.error().message.contains(key), qPrintable(config.error().message));
}

void TestDeit::readsRealDeitTiny()
{
    VITRINE_REQUIRE_REAL_DATA();
    for (const char* name : {"deit_tiny_patch16_224.pth", "deit_tiny_patch16_224.safetensors"}) {
        const Result<Checkpoint> checkpoint = readCheckpoint(realData(u"models/deit_tiny/"_s + name));
        QVERIFY(checkpoint);
        const Result<DeitWeights> weights = readDeit(*checkpoint);
        QVERIFY(weights);
        QVERIFY(weights->config == DeitConfig());
        QCOMPARE(weights->parameterCount(), 5'717'416);
    }
}

void TestDeit::explainsRealResNet()
{
    VITRINE_REQUIRE_REAL_DATA();
    const Result<Checkpoint> checkpoint =
        readCheckpoint(realData("models/odd/resnet20_legacy_pickle_not_deit.th"));
    QVERIFY(checkpoint);
    const Result<DeitWeights> weights = readDeit(*checkpoint);
    QVERIFY(!weights);
    QVERIFY(weights.error().message.contains("not a DeiT: it is missing the patch embedding"));
    QVERIFY(weights.error().message.contains("conv1.weight"));
}

QTEST_GUILESS_MAIN(TestDeit)
#include "tst_deit.moc"
