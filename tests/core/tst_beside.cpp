#include "core/base/literals.h"
#include "core/model/beside.h"
#include "core/model/variant_set.h"
#include "tests/support/files.h"
#include "tests/support/model_files.h"
#include "tests/support/test_data.h"

#include <QTemporaryDir>
#include <QTest>

using namespace vitrine;
using namespace vitrine::test;

namespace {

Preprocessing parsed(const QString& text)
{
    return *Preprocessing::parse(text, {});
}

/// The one tiny DeiT of three classes, 32 pixels, in a folder with these files beside it.
class Folder
{
public:
    explicit Folder(const QList<std::pair<QString, QByteArray>>& files = {},
                    const QString& name = u"model.safetensors"_s)
        : m_path(writeTinyDeit(m_folder.filePath(name)))
    {
        for (const auto& [file, content] : files)
            writeFile(m_folder.filePath(file), content);
    }

    QString file(const QString& name) const { return m_folder.filePath(name); }
    QString path() const { return m_path; }
    QString folder() const { return m_folder.path(); }
    Variant variant(const DeitOptions& options = {}) const { return readVariant(m_path, options).value(); }

private:
    QTemporaryDir m_folder;
    QString m_path;
};

const QByteArray google = R"({"do_normalize": true, "do_resize": true, "image_mean": [0.5, 0.5, 0.5],
    "image_std": [0.5, 0.5, 0.5], "resample": 2, "size": 32})";
const QByteArray vit = R"({"model_type": "vit", "hidden_size": 64, "num_attention_heads": 4,
    "layer_norm_eps": 1e-12, "image_size": 32, "id2label": {"0": "cat", "2": "hen", "1": "dog"}})";

} // namespace

class TestBeside : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void takesEverythingFromHuggingFace();
    void readsPreprocessors_data();
    void readsPreprocessors();
    void readsTimmsSettings();
    void passesOverWhatCannotBeUsed_data();
    void passesOverWhatCannotBeUsed();
    void leavesOtherModelsSettingsAlone();
    void keepsToTheModelsSize();
    void findsFilesOfLabels_data();
    void findsFilesOfLabels();
    void leavesLabelsInACollectionAlone();
    void takesWhatLiesBesideScripts();
    void notesGuessedHeads();
    void letsTheManifestGoFirst();
};

void TestBeside::takesEverythingFromHuggingFace()
{
    const Folder folder({{u"config.json"_s, vit}, {u"preprocessor_config.json"_s, google}});
    const Variant variant = folder.variant();
    QCOMPARE(variant.labels, (Labels{"cat", "dog", "hen"}));
    QCOMPARE(variant.preprocessing,
             parsed(u"size=32,resize=32,mean=0.5,std=0.5,interpolation=bilinear,fit=stretch"_s));
    QCOMPARE(variant.notices, QStringList());
    QCOMPARE(variant.origins, (QMap<QString, QString>{{"heads", "config.json"},
                                                      {"layerNormEpsilon", "config.json"},
                                                      {"labels", "config.json"},
                                                      {"preprocessing", "preprocessor_config.json"}}));
    const auto deit = readDeit(folder.path(), {});
    QCOMPARE(deit->config.heads, 4);
    QCOMPARE(deit->config.layerNormEpsilon, 1e-12);
    QCOMPARE(readDeit(folder.path(), {.heads = 2})->config.heads, 2);
}

void TestBeside::readsPreprocessors_data()
{
    QTest::addColumn<QByteArray>("settings");
    QTest::addColumn<QString>("expected");
    const auto half = u",mean=0.5,std=0.5"_s;
    QTest::newRow("Google's ViT, in an old file")
        << google << u"size=32,resize=32,interpolation=bilinear,fit=stretch"_s + half;
    QTest::newRow("sides as an object, bicubic")
        << QByteArray(R"({"image_processor_type": "ViTImageProcessor", "size": {"height": 32, "width": 32},
            "resample": 3, "image_mean": [0.485, 0.456, 0.406], "image_std": [0.229, 0.224, 0.225]})")
        << u"size=32,resize=32,fit=stretch"_s;
    QTest::newRow("DeiT: stretched, then cropped")
        << QByteArray(R"({"feature_extractor_type": "DeiTFeatureExtractor", "size": 38, "crop_size": 32,
            "do_center_crop": true, "image_mean": [0.485, 0.456, 0.406], "image_std": [0.229, 0.224, 0.225],
            "resample": 3})")
        << u"size=32,resize=38,fit=stretch"_s;
    QTest::newRow("the short side, then cropped")
        << QByteArray(R"({"image_processor_type": "CLIPImageProcessor", "size": {"shortest_edge": 36},
            "crop_size": {"height": 32, "width": 32}, "do_center_crop": true, "resample": 2,
            "image_mean": [0.5, 0.5, 0.5], "image_std": [0.5, 0.5, 0.5]})")
        << u"size=32,resize=36,interpolation=bilinear"_s + half;
    QTest::newRow("a number is the short side for others than ViT")
        << QByteArray(R"({"image_processor_type": "ConvNextImageProcessor", "size": 32, "resample": 3})")
        << u"size=32,resize=32"_s + half;
    QTest::newRow("nothing is normalized")
        << QByteArray(R"({"size": 32, "do_normalize": false})")
        << u"size=32,resize=32,interpolation=bilinear,fit=stretch,mean=0,std=1"_s;
    QTest::newRow("values to 2, by the factor")
        << QByteArray(
               R"({"size": 32, "rescale_factor": 0.00784313725490196, "image_mean": 1, "image_std": 1})")
        << u"size=32,resize=32,interpolation=bilinear,fit=stretch"_s + half;
    QTest::newRow("bytes are not rescaled")
        << QByteArray(R"({"size": 32, "do_rescale": false, "image_mean": [127.5, 127.5, 127.5],
            "image_std": [127.5, 127.5, 127.5]})")
        << u"size=32,resize=32,interpolation=bilinear,fit=stretch"_s + half;
    QTest::newRow("the factor of 1/255, rounded")
        << QByteArray(R"({"size": 32, "rescale_factor": 0.00392156862745098})")
        << u"size=32,resize=32,interpolation=bilinear,fit=stretch"_s + half;
}

void TestBeside::readsPreprocessors()
{
    QFETCH(QByteArray, settings);
    QFETCH(QString, expected);
    const Folder folder({{u"config.json"_s, vit}, {u"preprocessor_config.json"_s, settings}});
    const Variant variant = folder.variant();
    QCOMPARE(variant.notices.join(u'\n'), QString());
    QCOMPARE(variant.preprocessing.toText(), parsed(expected).toText());
}

void TestBeside::readsTimmsSettings()
{
    const QByteArray config = R"({"architecture": "vit_tiny", "num_classes": 3, "num_features": 64,
        "model_args": {"num_heads": 2}, "label_names": ["n01", "n02", "hen"],
        "label_descriptions": {"n01": "cat", "n02": "dog"},
        "pretrained_cfg": {"input_size": [3, 32, 32], "crop_pct": 0.9, "interpolation": "bilinear",
        "crop_mode": "squash", "mean": [0.5, 0.5, 0.5], "std": [0.25, 0.25, 0.25]}})";
    const Folder folder({{u"config.json"_s, config}});
    const Variant variant = folder.variant();
    QCOMPARE(variant.labels, (Labels{"cat", "dog", "hen"}));
    QCOMPARE(variant.preprocessing,
             parsed(u"size=32,resize=35,mean=0.5,std=0.25,interpolation=bilinear,fit=stretch"_s));
    QCOMPARE(variant.notices, QStringList());
    QCOMPARE(variant.origins.value("preprocessing"), "config.json");
    QCOMPARE(readDeit(folder.path(), {})->config.heads, 2);

    const Folder pooled({{u"config.json"_s, R"({"architecture": "vit_tiny", "global_pool": "avg"})"}});
    QVERIFY(readDeit(pooled.path(), {}).error().message.contains("\"avg\" of all normalized tokens"));
}

void TestBeside::passesOverWhatCannotBeUsed_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("notice");
    const auto preprocessor = u"preprocessor_config.json"_s;
    QTest::newRow("no JSON") << u"config.json"_s << QByteArray("{\"model_type\":")
                             << "config.json beside it is not used";
    QTest::newRow("a list") << preprocessor << QByteArray("[1, 2]") << "it is no JSON object";
    QTest::newRow("no size") << preprocessor << QByteArray(R"({"size": "large"})") << "\"size\" is 0";
    QTest::newRow("no square") << preprocessor << QByteArray(R"({"size": {"height": 3, "width": 4}})")
                               << "\"size\" is 0";
    QTest::newRow("mean of two channels")
        << preprocessor << QByteArray(R"({"size": 32, "image_mean": [0.5, 0.5]})") << "\"channels\" is 2";
    QTest::newRow("deviation of nothing")
        << preprocessor << QByteArray(R"({"size": 32, "image_std": [0, 0, 0]})") << "must be greater than 0";
    QTest::newRow("gray for a model in colour")
        << preprocessor << QByteArray(R"({"size": 32, "image_mean": [0.5], "image_std": [0.5]})")
        << "it makes 1 channels, and the model sees 3";
    QTest::newRow("labels with a gap")
        << u"labels.json"_s << QByteArray(R"({"0": "cat", "2": "hen"})") << "class 1 has no name";
    QTest::newRow("too few labels") << u"labels.txt"_s << QByteArray("cat\ndog\n")
                                    << "the 2 labels in labels.txt beside it are not used: the model tells 3";
}

void TestBeside::passesOverWhatCannotBeUsed()
{
    QFETCH(QString, file);
    QFETCH(QByteArray, content);
    QFETCH(QString, notice);
    const Folder folder({{file, content}});
    const Variant variant = folder.variant({.heads = 1});
    QCOMPARE(variant.notices.size(), 1);
    QVERIFY2(variant.notices.first().contains(notice), qPrintable(variant.notices.first()));
    QCOMPARE(variant.preprocessing, Preprocessing::imageNet(32));
    QVERIFY(variant.labels.isEmpty());
}

void TestBeside::leavesOtherModelsSettingsAlone()
{
    for (const QByteArray& config :
         {QByteArray(R"({"model_type": "vit", "hidden_size": 768, "id2label": {"0": "x"}})"),
          QByteArray(R"({"model_type": "swin", "num_attention_heads": [2, 4]})")}) {
        const Folder folder({{u"config.json"_s, config}, {u"preprocessor_config.json"_s, google}});
        const Variant variant = folder.variant({.heads = 1});
        QCOMPARE(variant.notices.size(), 1);
        QVERIFY2(variant.notices.first().contains("it describes a model of"),
                 qPrintable(variant.notices.first()));
        QCOMPARE(variant.preprocessing, Preprocessing::imageNet(32));
    }
    const Folder other({{u"config.json"_s, R"({"color": "blue"})"}});
    QCOMPARE(other.variant({.heads = 1}).notices, QStringList());
}

void TestBeside::keepsToTheModelsSize()
{
    QByteArray large = google;
    large.replace("32", "64");
    const Folder folder({{u"config.json"_s, vit}, {u"preprocessor_config.json"_s, large}});
    const Variant variant = folder.variant();
    QCOMPARE(variant.preprocessing.size, 32);
    QCOMPARE(variant.preprocessing.resize, 32);
    QCOMPARE(variant.preprocessing.mean.front(), 0.5F);
    QCOMPARE(variant.notices.size(), 1);
    QVERIFY(variant.notices.first().contains("64 pixels, and the model sees 32"));
}

void TestBeside::findsFilesOfLabels_data()
{
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("labels.txt") << u"labels.txt"_s << QByteArray("cat\ndog\nhen\n");
    QTest::newRow("class_to_idx.json")
        << u"class_to_idx.json"_s << QByteArray(R"({"hen": 2, "cat": 0, "dog": 1})");
    QTest::newRow("classes.txt") << u"classes.txt"_s << QByteArray("cat\ndog\nhen");
    QTest::newRow("the model's own name") << u"model.labels.txt"_s << QByteArray("cat\ndog\nhen");
}

void TestBeside::findsFilesOfLabels()
{
    QFETCH(QString, file);
    QFETCH(QByteArray, content);
    const QByteArray nameless =
        R"({"model_type": "vit", "id2label": {"0": "LABEL_0", "1": "LABEL_1", "2": "LABEL_2"}})";
    const Folder folder(
        {{u"config.json"_s, nameless}, {u"preprocessor_config.json"_s, google}, {file, content}});
    const Variant variant = folder.variant({.heads = 1});
    QCOMPARE(variant.labels, (Labels{"cat", "dog", "hen"}));
    QCOMPARE(variant.origins.value("labels"), file);
    QCOMPARE(variant.notices, QStringList());
}

void TestBeside::leavesLabelsInACollectionAlone()
{
    const Folder folder({{u"labels.txt"_s, "cat\ndog\nhen"}});
    for (int i = 0; i < 8; ++i)
        writeFile(folder.file(u"other%1.pth"_s.arg(i)), "x");
    QVERIFY(folder.variant().labels.isEmpty());
    writeFile(folder.file(u"model_labels.txt"_s), "cat\ndog\nhen");
    QCOMPARE(folder.variant().labels.size(), 3);
}

void TestBeside::takesWhatLiesBesideScripts()
{
    const Folder folder({{u"preprocessor_config.json"_s, google}, {u"labels.txt"_s, "cat\ndog\nhen"}});
    Variant variant = *readVariant(writeScript(folder.file(u"scripted.pt"_s)));
    QCOMPARE(variant.preprocessing.size, 32);
    QCOMPARE(variant.labels.size(), 3);
    variant.classes = 3; // known when it has run
    fillLabels(variant);
    QCOMPARE(variant.labels.size(), 3);
    variant.classes = 5;
    fillLabels(variant);
    QVERIFY(variant.labels.isEmpty());
    QCOMPARE(variant.notices.size(), 1);
    QVERIFY(variant.notices.first().contains("the 3 labels in labels.txt"));
}

void TestBeside::notesGuessedHeads()
{
    const Folder folder;
    QCOMPARE(folder.variant().notices.size(), 1);
    QVERIFY2(
        folder.variant().notices.first().contains("1 is a guess (its width 64 / 64). Another can be stated"),
        qPrintable(folder.variant().notices.first()));
    QCOMPARE(folder.variant({.heads = 1}).notices, QStringList());
    QCOMPARE(folder.variant({.heads = 4}).deit.heads, 4);
}

void TestBeside::letsTheManifestGoFirst()
{
    const Folder folder({{u"config.json"_s, vit}, {u"preprocessor_config.json"_s, google}});
    VariantSet set;
    set.folder = folder.folder();
    set.preprocessing = Preprocessing::imageNet(32);
    set.labels = {u"a"_s, u"b"_s, u"c"_s};
    set.variants = {folder.variant()};
    QVERIFY(writeManifest(set));
    const Variant listed = folder.variant();
    QCOMPARE(listed.preprocessing, set.preprocessing);
    QCOMPARE(listed.labels, set.labels);
    QVERIFY(listed.origins.isEmpty());
}

QTEST_GUILESS_MAIN(TestBeside)
#include "tst_beside.moc"
