#include "core/base/literals.h"
#include "core/checkpoint/checkpoint.h"
#include "core/checkpoint/model_folder.h"
#include "core/model/deit.h"
#include "core/model/variant_set.h"
#include "tests/support/files.h"
#include "tests/support/test_data.h"

#include <QCryptographicHash>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>

using namespace vitrine;
using namespace vitrine::test;

namespace {

const QString fixtureModel = u"checkpoints/hf_vit_plain/model.safetensors"_s;
const QStringList shardNames{u"model-00001-of-00002.safetensors"_s, u"model-00002-of-00002.safetensors"_s};

QByteArray safetensors(const QList<std::pair<QString, std::pair<QJsonObject, QByteArray>>>& tensors)
{
    QJsonObject header;
    QByteArray data;
    for (const auto& [name, tensor] : tensors) {
        QJsonObject entry = tensor.first;
        entry.insert(u"data_offsets"_s, QJsonArray{data.size(), data.size() + tensor.second.size()});
        data += tensor.second;
        header.insert(name, entry);
    }
    const QByteArray json = QJsonDocument(header).toJson(QJsonDocument::Compact);
    QByteArray length(8, '\0');
    qToLittleEndian<quint64>(quint64(json.size()), length.data());
    return length + json + data;
}

/// The fixture's tensors, by turns in the two files, and the index.
void writeShards(const QString& folder)
{
    const QByteArray whole = readFile(fixture(fixtureModel));
    const auto length = qsizetype(qFromLittleEndian<quint64>(whole.constData()));
    const QJsonObject header = QJsonDocument::fromJson(whole.mid(8, length)).object();
    QList<std::pair<QString, std::pair<QJsonObject, QByteArray>>> parts[2];
    QJsonObject map;
    int count = 0;
    for (auto entry = header.begin(); entry != header.end(); ++entry) {
        if (entry.key() == u"__metadata__"_s)
            continue;
        const QJsonArray offsets = entry.value()[u"data_offsets"_s].toArray();
        const auto begin = offsets[0].toInteger();
        const int part = ++count % 2;
        parts[part].append(
            {entry.key(),
             {entry.value().toObject(), whole.mid(8 + length + begin, offsets[1].toInteger() - begin)}});
        map.insert(entry.key(), shardNames[part]);
    }
    for (int part = 0; part < 2; ++part)
        writeFile(folder + u'/' + shardNames[part], safetensors(parts[part]));
    writeFile(folder + u"/model.safetensors.index.json"_s,
              QJsonDocument(QJsonObject{{u"weight_map"_s, map}}).toJson());
    writeFile(folder + u"/config.json"_s, readFile(fixture(u"checkpoints/hf_vit_plain/config.json"_s)));
}

std::vector<float> headOf(const DeitWeights& weights)
{
    const DeitParameter& head = weights.parameters.at(weights.parameters.size() - 2);
    std::vector<float> values(std::size_t(head.count()));
    head.copyTo(values);
    return values;
}

} // namespace

class TestModelFolder : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void opensFolders_data();
    void opensFolders();
    void readsShardsAsOne_data();
    void readsShardsAsOne();
    void namesMissingShards();
    void namesAMissingIndex();
    void staysInTheFolder_data();
    void staysInTheFolder();
    void refusesShardsOfPickles();
    void refusesTensorsThatAreThereTwice();
    void leavesFoldersWithoutModelsAlone();
    void opensRealFolders();
};

void TestModelFolder::opensFolders_data()
{
    QTest::addColumn<QStringList>("files");
    QTest::addColumn<QString>("read");
    QTest::newRow("safetensors") << QStringList{"model.safetensors"} << "model.safetensors";
    QTest::newRow("PyTorch") << QStringList{"pytorch_model.bin"} << "pytorch_model.bin";
    QTest::newRow("both") << QStringList{"pytorch_model.bin", "model.safetensors"} << "model.safetensors";
}

void TestModelFolder::opensFolders()
{
    QFETCH(QStringList, files);
    QFETCH(QString, read);
    const QTemporaryDir parent;
    const QString folder = parent.filePath("vit-tiny.v2");
    for (const QString& file : files) // what they are, their content tells
        writeFile(folder + u'/' + file, readFile(fixture(fixtureModel)));
    const Result<FileIdentity> identity = identify(folder);
    QVERIFY(identity);
    QCOMPARE(identity->format, FileFormat::Safetensors);
    QCOMPARE(identity->path, folder + u'/' + read);
    const Result<Variant> variant = readVariant(folder);
    QVERIFY2(variant.ok(), variant ? "" : qPrintable(variant.error().message));
    QCOMPARE(variant->name, "vit-tiny.v2");
    QCOMPARE(variant->sha256, *fileSha256(fixture(fixtureModel)));
    QVERIFY(readDeit(folder, {}));
}

void TestModelFolder::readsShardsAsOne_data()
{
    QTest::addColumn<QString>("named");
    QTest::newRow("the folder") << QString();
    QTest::newRow("the index") << u"/model.safetensors.index.json"_s;
    QTest::newRow("the first shard") << u'/' + shardNames[0];
    QTest::newRow("the second shard") << u'/' + shardNames[1];
}

void TestModelFolder::readsShardsAsOne()
{
    QFETCH(QString, named);
    const QTemporaryDir folder;
    writeShards(folder.path());
    const Result<FileIdentity> identity = identify(folder.path() + named);
    QVERIFY(identity);
    QCOMPARE(identity->parts.size(), 2);
    QCOMPARE(identity->bytes, QFileInfo(folder.filePath(shardNames[0])).size() +
                                  QFileInfo(folder.filePath(shardNames[1])).size());
    const Result<DeitWeights> weights = readDeit(folder.path() + named, {});
    QVERIFY2(weights.ok(), weights ? "" : qPrintable(weights.error().message));
    const Result<DeitWeights> whole = readDeit(fixture(fixtureModel), {});
    QCOMPARE(weights->config, whole->config);
    QCOMPARE(headOf(*weights), headOf(*whole));
    QCOMPARE(weights->parameterCount(), whole->parameterCount());

    const Variant variant = *readVariant(folder.path() + named);
    QCryptographicHash both(QCryptographicHash::Sha256);
    for (const QString& shard : shardNames)
        both.addData(*fileSha256(folder.filePath(shard)));
    QCOMPARE(variant.sha256, both.result());
}

void TestModelFolder::namesMissingShards()
{
    const QTemporaryDir folder;
    writeShards(folder.path());
    QVERIFY(QFile::remove(folder.filePath(shardNames[1])));
    const auto refused = readVariant(folder.path());
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::NotFound);
    QCOMPARE(refused.error().message,
             u"model.safetensors.index.json: model-00002-of-00002.safetensors, one of the 2 "
             "files that hold this model, is missing; download it, too"_s);
}

void TestModelFolder::namesAMissingIndex()
{
    const QTemporaryDir folder;
    writeShards(folder.path());
    QVERIFY(QFile::remove(folder.filePath(u"model.safetensors.index.json"_s)));
    const auto weights = readDeit(folder.filePath(shardNames[1]), {});
    QVERIFY(!weights.ok());
    QVERIFY2(weights.error().message.contains(u"one of several files"_s) &&
                 weights.error().message.contains(u"model.safetensors.index.json"_s),
             qPrintable(weights.error().message));
}

void TestModelFolder::staysInTheFolder_data()
{
    QTest::addColumn<QByteArray>("map");
    QTest::addColumn<QString>("reason");
    QTest::newRow("above") << QByteArray(R"({"a": "../model.safetensors"})") << "which is no file beside it";
    QTest::newRow("absolute") << QByteArray(R"({"a": "/etc/passwd"})") << "which is no file beside it";
    QTest::newRow("the folder") << QByteArray(R"({"a": "."})") << "which is no file beside it";
    QTest::newRow("a number") << QByteArray(R"({"a": 7})") << "which is no file beside it";
    QTest::newRow("nothing") << QByteArray("{}") << "no weight_map";
    QTest::newRow("no object") << QByteArray("[]") << "no weight_map";
}

void TestModelFolder::staysInTheFolder()
{
    QFETCH(QByteArray, map);
    QFETCH(QString, reason);
    const QTemporaryDir folder;
    const QString index =
        writeFile(folder.filePath("model.safetensors.index.json"), R"({"weight_map": )" + map + "}");
    const auto refused = readCheckpoint(index);
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::Malformed);
    QVERIFY2(refused.error().message.contains(reason), qPrintable(refused.error().message));
}

void TestModelFolder::refusesShardsOfPickles()
{
    const QTemporaryDir folder;
    writeFile(folder.filePath("pytorch_model-00001-of-00001.bin"),
              readFile(fixture(u"checkpoints/timm_legacy.pth"_s)));
    writeFile(folder.filePath("pytorch_model.bin.index.json"),
              R"({"weight_map": {"a": "pytorch_model-00001-of-00001.bin"}})");
    const auto refused = readVariant(folder.path());
    QVERIFY(!refused);
    QVERIFY2(refused.error().message.contains("safe_serialization=True"),
             qPrintable(refused.error().message));
}

void TestModelFolder::refusesTensorsThatAreThereTwice()
{
    const QTemporaryDir folder;
    for (const QString& name : {u"a.safetensors"_s, u"b.safetensors"_s})
        writeFile(folder.filePath(name), readFile(fixture(u"checkpoints/two_tensors.safetensors"_s)));
    const QString index = writeFile(folder.filePath("model.safetensors.index.json"),
                                    R"({"weight_map": {"x": "a.safetensors", "y": "b.safetensors"}})");
    QVERIFY(readCheckpoint(index).error().message.contains("two of its files hold"));
}

void TestModelFolder::leavesFoldersWithoutModelsAlone()
{
    const QTemporaryDir folder;
    writeFile(folder.filePath("config.json"), "{}");
    writeFile(folder.filePath(shardNames[0]), readFile(fixture(fixtureModel)));
    QVERIFY(!holdsModelFile(folder.path()));
    QCOMPARE(modelFileAt(folder.path()), folder.path());
    QCOMPARE(modelFileAt(folder.filePath(shardNames[0])), folder.filePath(shardNames[0]));
    QCOMPARE(identify(folder.path())->format, FileFormat::Unknown);
}

void TestModelFolder::opensRealFolders()
{
    VITRINE_REQUIRE_REAL_DATA();
    const Variant first = *readVariant(realData(u"found/hf1"_s));
    QCOMPARE(first.labels.value(4), "animal 4");
    QCOMPARE(
        first.preprocessing.toText(),
        u"size=32,resize=32,channels=3,mean=0.5:0.5:0.5,std=0.5:0.5:0.5,interpolation=bilinear,fit=stretch"_s);
    QVERIFY(first.notices.isEmpty());
    const Variant sharded = *readVariant(realData(u"found/hf2_sharded"_s));
    QCOMPARE(sharded.labels.value(4), "animal 4");
    QCOMPARE(sharded.notices.size(), 1);
    QVERIFY(sharded.notices.first().contains("no preprocessor_config.json"));
    QCOMPARE(headOf(*readDeit(realData(u"found/hf2_sharded"_s), {})),
             headOf(*readDeit(realData(u"found/hf1"_s), {})));
}

QTEST_GUILESS_MAIN(TestModelFolder)
#include "tst_model_folder.moc"
