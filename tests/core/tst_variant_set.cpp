#include "core/model/variant_set.h"
#include "tests/support/files.h"
#include "tests/support/test_data.h"

#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace vitrine;
using namespace vitrine::test;

namespace {

const QByteArray content = "a model";

QByteArray sha256(const QByteArray& bytes)
{
    return QCryptographicHash::hash(bytes, QCryptographicHash::Sha256);
}

} // namespace

class TestVariantSet : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void survivesWritingAndReading();
    void explainsBadManifests_data();
    void explainsBadManifests();
    void explainsUnreadableManifests();
    void refusesLinksThatLeadOut();
    void explainsMissingAndReplacedFiles();
    void explainsUnwritableFolder();
    void hashesFiles();
    void readsSingleCheckpointAtItsImageSize();
    void takesPreprocessingFromManifestBeside();
    void doesNotGuessBesideBrokenManifest();
    void explainsUnloadableFiles();
    void readsRealVariants();

private:
    VariantSet sampleSet();
    QString write(const QJsonObject& manifest)
    {
        return writeFile(m_folder->filePath("vitrine.json"), QJsonDocument(manifest).toJson());
    }
    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestVariantSet::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    writeFile(m_folder->filePath("model.pt"), content);
    writeFile(m_folder->filePath("below/model.ptl"), content);
}

VariantSet TestVariantSet::sampleSet()
{
    VariantSet set;
    set.folder = m_folder->path();
    set.modelName = "deit_tiny_patch16_224";
    set.architecture = {{"type", "torchscript"}};
    set.preprocessing = Preprocessing::imageNet(384);
    set.labels = {"cat", "dog"};
    set.quantizedEngine = "onednn";
    Variant variant;
    variant.kind = VariantKind::Quantized;
    variant.path = m_folder->filePath("model.pt");
    variant.bytes = content.size();
    variant.sha256 = sha256(content);
    variant.isQuantized = true;
    variant.quantizedEngine = "onednn";
    variant.madeBy = "by hand";
    variant.engine = "libtorch";
    set.variants.push_back(variant);
    variant.engine.clear(); // as in the sets of older versions
    variant.kind = VariantKind::Lite;
    variant.path = m_folder->filePath("below/model.ptl");
    set.variants.push_back(variant);
    return set;
}

void TestVariantSet::survivesWritingAndReading()
{
    const VariantSet set = sampleSet();
    QVERIFY(writeManifest(set));
    for (const QString& path : {m_folder->path(), m_folder->filePath("vitrine.json")}) {
        const Result<VariantSet> read = readVariantSet(path);
        QVERIFY2(read.ok(), read ? "" : qPrintable(read.error().message));
        QCOMPARE(read->toJson(), set.toJson());
        QCOMPARE(read->folder, m_folder->path());
        QCOMPARE(read->variants.size(), std::size_t(2));
        const Variant& variant = read->variants.front();
        QCOMPARE(variant.kind, VariantKind::Quantized);
        QCOMPARE(variant.name, "quantized");
        QCOMPARE(variant.path, m_folder->filePath("model.pt"));
        QCOMPARE(variant.bytes, content.size());
        QCOMPARE(variant.sha256, sha256(content));
        QVERIFY(variant.isQuantized);
        QCOMPARE(variant.quantizedEngine, "onednn");
        QCOMPARE(variant.madeBy, "by hand");
        QCOMPARE(variant.engine, "libtorch");
        QCOMPARE(read->variants.back().engine, QString());
        QCOMPARE(variant.modelName, set.modelName);
        QCOMPARE(variant.preprocessing, set.preprocessing);
        QCOMPARE(variant.labels, set.labels);
        QCOMPARE(read->variants.back().path, m_folder->filePath("below/model.ptl"));
    }
    QCOMPARE(set.toJson().value("variants").toArray().at(1).toObject().value("file").toString(),
             "below/model.ptl");
}

void TestVariantSet::explainsBadManifests_data()
{
    QTest::addColumn<QString>("key"); ///< "variant.x": of its first variant.
    QTest::addColumn<QJsonValue>("value");
    QTest::addColumn<QString>("words");
    const auto row = [](const char* name, const char* key, const QJsonValue& value, const char* words) {
        QTest::newRow(name) << key << value << words;
    };
    row("newer schema", "schemaVersion", 2, "newer Vitrine");
    row("no schema", "schemaVersion", QJsonValue::Undefined, "no schemaVersion");
    row("no variants", "variants", QJsonArray(), "no variants");
    row("no preprocessing", "preprocessing", QJsonValue::Undefined, "no preprocessing");
    row("bad preprocessing", "preprocessing", QJsonObject{{"size", -1}}, "size");
    row("number among the labels", "labels", QJsonArray{"cat", 3}, "label 1");
    row("unknown kind", "variant.kind", "tiny", "unknown kind \"tiny\"");
    row("absolute path", "variant.file", "/etc/passwd", "does not lie in its folder");
    row("path that climbs out", "variant.file", "../model.pt", "does not lie in its folder");
    row("path that climbs out on the way", "variant.file", "below/../../model.pt",
        "does not lie in its folder");
    row("the folder itself", "variant.file", ".", "does not lie in its folder");
    row("resource path", "variant.file", ":/model.pt", "does not lie in its folder");
    row("no path", "variant.file", "", "does not lie in its folder");
    row("missing file", "variant.file", "other.pt", "other.pt is missing");
    row("folder for a file", "variant.file", "below", "below is missing");
    row("wrong size", "variant.bytes", 8, "has 7 bytes but should have 8");
    row("no size", "variant.bytes", "7", "no size");
    row("short hash", "variant.sha256", "abcd", "sha256");
    row("hash with other letters", "variant.sha256", QString(64, 'z'), "sha256");
    row("same kind twice", "variant.kind", "lite", "twice");
}

void TestVariantSet::explainsBadManifests()
{
    QFETCH(QString, key);
    QFETCH(QJsonValue, value);
    QFETCH(QString, words);
    QJsonObject manifest = sampleSet().toJson();
    if (key.startsWith("variant.")) {
        QJsonArray variants = manifest.value("variants").toArray();
        QJsonObject first = variants.at(0).toObject();
        first.insert(key.section('.', 1), value);
        variants.replace(0, first);
        manifest.insert("variants", variants);
    } else {
        manifest.insert(key, value);
    }
    write(manifest);
    const Result<VariantSet> read = readVariantSet(m_folder->path());
    QVERIFY(!read);
    const QString message = read.error().message;
    QVERIFY2(message.startsWith("vitrine.json: "), qPrintable(message));
    QVERIFY2(message.contains(words), qPrintable(message));
}

void TestVariantSet::explainsUnreadableManifests()
{
    QCOMPARE(readVariantSet(m_folder->path()).error().kind, ErrorKind::NotFound);
    for (const char* text : {"", "[]", "{", "3"}) {
        writeFile(m_folder->filePath("vitrine.json"), text);
        const Result<VariantSet> read = readVariantSet(m_folder->path());
        QVERIFY(!read);
        QCOMPARE(read.error().kind, ErrorKind::Malformed);
    }
}

void TestVariantSet::refusesLinksThatLeadOut()
{
    const QTemporaryDir elsewhere;
    QVERIFY(writeManifest(sampleSet()));
    QVERIFY(QFile::remove(m_folder->filePath("model.pt")));
    QVERIFY(QFile::link(writeFile(elsewhere.filePath("secret"), content), m_folder->filePath("model.pt")));
    const Result<VariantSet> read = readVariantSet(m_folder->path());
    QVERIFY(!read);
    QVERIFY2(read.error().message.contains("leads out of its folder"), qPrintable(read.error().message));
}

void TestVariantSet::explainsMissingAndReplacedFiles()
{
    QVERIFY(writeManifest(sampleSet()));
    writeFile(m_folder->filePath("model.pt"), "another");
    QVERIFY(readVariantSet(m_folder->path())); // the size is all that is checked
    writeFile(m_folder->filePath("model.pt"), "a longer model");
    QVERIFY(readVariantSet(m_folder->path()).error().message.contains("replaced"));
    QVERIFY(QFile::remove(m_folder->filePath("model.pt")));
    QCOMPARE(readVariantSet(m_folder->path()).error().kind, ErrorKind::NotFound);
}

void TestVariantSet::explainsUnwritableFolder()
{
    VariantSet set = sampleSet();
    set.folder = m_folder->filePath("nowhere");
    const Status written = writeManifest(set);
    QVERIFY(!written);
    QCOMPARE(written.error().kind, ErrorKind::Unreadable);
}

void TestVariantSet::hashesFiles()
{
    QCOMPARE(*fileSha256(m_folder->filePath("model.pt")), sha256(content));
    QCOMPARE(fileSha256(m_folder->filePath("nowhere")).error().kind, ErrorKind::NotFound);
    QVERIFY(!fileSha256(m_folder->path()));
}

void TestVariantSet::readsSingleCheckpointAtItsImageSize()
{
    const QString path = fixture("checkpoints/timm_image40.safetensors");
    const Result<Variant> variant = readVariant(path);
    QVERIFY2(variant.ok(), variant ? "" : qPrintable(variant.error().message));
    QCOMPARE(variant->kind, VariantKind::Original);
    QCOMPARE(variant->name, "timm_image40.safetensors");
    QCOMPARE(variant->path, QFileInfo(path).absoluteFilePath());
    QCOMPARE(variant->bytes, QFileInfo(path).size());
    QCOMPARE(variant->sha256, *fileSha256(path));
    QCOMPARE(variant->preprocessing, Preprocessing::imageNet(40));
    QVERIFY(variant->labels.isEmpty());
}

void TestVariantSet::takesPreprocessingFromManifestBeside()
{
    const QString path =
        writeFile(m_folder->filePath("model.pt"), readFile(fixture("checkpoints/timm_f16.safetensors")));
    writeFile(m_folder->filePath("unlisted.pt"), readFile(path));
    VariantSet set = sampleSet();
    set.variants.front().sha256 = *fileSha256(path);
    QVERIFY(writeManifest(set));
    const Result<Variant> listed = readVariant(path);
    QVERIFY2(listed.ok(), listed ? "" : qPrintable(listed.error().message));
    QCOMPARE(listed->kind, VariantKind::Original); // what it is, not what the manifest says
    QCOMPARE(listed->preprocessing, set.preprocessing);
    QCOMPARE(listed->labels, set.labels);
    QCOMPARE(listed->quantizedEngine, "onednn");
    QCOMPARE(listed->sha256, *fileSha256(path));
    QCOMPARE(listed->bytes, QFileInfo(path).size());
    QByteArray altered = readFile(path);
    altered.back() = char(altered.back() ^ 1);
    writeFile(path, altered);
    const Result<Variant> changed = readVariant(path);
    QVERIFY(!changed.ok());
    QVERIFY2(changed.error().message.contains("has changed since it was built"),
             qPrintable(changed.error().message));
    const Result<Variant> unlisted = readVariant(m_folder->filePath("unlisted.pt"));
    QVERIFY(unlisted);
    QVERIFY(unlisted->labels.isEmpty());
    QCOMPARE(unlisted->preprocessing, Preprocessing::imageNet(16));
}

void TestVariantSet::doesNotGuessBesideBrokenManifest()
{
    const QString path =
        writeFile(m_folder->filePath("model.pt"), readFile(fixture("checkpoints/timm_f16.safetensors")));
    writeFile(m_folder->filePath("vitrine.json"), "{");
    const Result<Variant> variant = readVariant(path);
    QVERIFY(!variant);
    QVERIFY(variant.error().message.startsWith("vitrine.json: "));
}

void TestVariantSet::explainsUnloadableFiles()
{
    QVERIFY(readVariant(m_folder->filePath("model.pt")).error().message.contains("text file"));
    QCOMPARE(readVariant(m_folder->filePath("nowhere.pt")).error().kind, ErrorKind::NotFound);
    QVERIFY(writeManifest(sampleSet()));
    QCOMPARE(readVariant(m_folder->path()).error().kind, ErrorKind::Usage);
}

void TestVariantSet::readsRealVariants()
{
    VITRINE_REQUIRE_REAL_DATA();
    const Result<Variant> variant =
        readVariant(realData("models/vit4mnist/vit4mnist_quantized_optimized.pth"));
    QVERIFY(variant);
    QCOMPARE(variant->kind, VariantKind::MobileOptimized);
    QVERIFY(variant->isQuantized);
    QCOMPARE(variant->preprocessing, Preprocessing());
}

QTEST_GUILESS_MAIN(TestVariantSet)
#include "tst_variant_set.moc"
