// Writes what the targets begin with: fuzz_seeds FOLDER fills FOLDER/<target>. Small files, so that many are
// tried.

#include "core/base/literals.h"
#include "core/checkpoint/zip_archive.h"
#include "tests/support/files.h"
#include "tests/support/model_files.h"
#include "tests/support/pickle_writer.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <QtEndian>

#include <functional>
#include <numeric>

using namespace vitrine;
using namespace vitrine::test;

namespace {

struct SeedTensor
{
    const char* name;
    QList<qint32> shape;

    qint32 count() const
    {
        return std::accumulate(shape.begin(), shape.end(), qint32(1), std::multiplies<>());
    }
};

/// A DeiT of 4 pixels and of width 2.
const QList<SeedTensor> narrowDeit{
    {"cls_token", {1, 1, 2}},
    {"pos_embed", {1, 5, 2}},
    {"patch_embed.proj.weight", {2, 1, 2, 2}},
    {"patch_embed.proj.bias", {2}},
    {"blocks.0.norm1.weight", {2}},
    {"blocks.0.norm1.bias", {2}},
    {"blocks.0.attn.qkv.weight", {6, 2}},
    {"blocks.0.attn.qkv.bias", {6}},
    {"blocks.0.attn.proj.weight", {2, 2}},
    {"blocks.0.attn.proj.bias", {2}},
    {"blocks.0.norm2.weight", {2}},
    {"blocks.0.norm2.bias", {2}},
    {"blocks.0.mlp.fc1.weight", {1, 2}},
    {"blocks.0.mlp.fc1.bias", {1}},
    {"blocks.0.mlp.fc2.weight", {2, 1}},
    {"blocks.0.mlp.fc2.bias", {2}},
    {"norm.weight", {2}},
    {"norm.bias", {2}},
    {"head.weight", {2, 2}},
    {"head.bias", {2}},
};

template <typename T>
QByteArray littleEndianBytes(T number)
{
    QByteArray bytes(sizeof(T), '\0');
    qToLittleEndian(number, bytes.data());
    return bytes;
}

QByteArray safetensors(const char* type, qint64 elementBytes)
{
    QJsonObject header{{u"__metadata__"_s, QJsonObject{{u"format"_s, u"pt"_s}}}};
    qint64 end = 0;
    for (const SeedTensor& tensor : narrowDeit) {
        const qint64 begin = std::exchange(end, end + tensor.count() * elementBytes);
        QJsonArray shape;
        for (const qint32 side : tensor.shape)
            shape.append(side);
        header.insert(QLatin1String(tensor.name), QJsonObject{{u"dtype"_s, QLatin1String(type)},
                                                              {u"shape"_s, shape},
                                                              {u"data_offsets"_s, QJsonArray{begin, end}}});
    }
    const QByteArray json = QJsonDocument(header).toJson(QJsonDocument::Compact);
    return littleEndianBytes(quint64(json.size())) + json + QByteArray(end, '\1');
}

/// All tensors in one storage of this many elements.
constexpr qint32 stored = 16;

QByteArray stateDictionary()
{
    QList<std::pair<QByteArray, QByteArray>> entries;
    for (const SeedTensor& tensor : narrowDeit)
        entries.append({tensor.name, pickled({"0", tensor.shape, "HalfStorage", stored})});
    return pickledDictionary(entries);
}

QByteArray checkpoint()
{
    return wholePickle(
        pickledDictionary({{"epoch", pickledNumber(3)},
                           {"args", pickledObject("argparse", "Namespace", pickledDictionary({}))},
                           {"state_dict", stateDictionary()}}));
}

/// As torch.save wrote it before 1.6.
QByteArray legacyCheckpoint()
{
    const QByteArray magic("\x80\x02\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.", 15);
    return magic + wholePickle(pickledNumber(1001)) + wholePickle(pickledDictionary({})) + checkpoint() +
           wholePickle("](" + pickledText("0") + 'e') + littleEndianBytes(qint64(stored)) +
           QByteArray(stored * 2, '\1');
}

QByteArray pngWithOrientation(const QByteArray& png)
{
    constexpr int signatureAndHeader = 33;
    const QByteArray exif("II*\0\x08\0\0\0\1\0\x12\1\3\0\1\0\0\0\6\0\0\0\0\0\0\0", 26);
    QByteArray withExif = png;
    return withExif.insert(signatureAndHeader, QByteArray("\0\0\0\x1a"
                                                          "eXIf",
                                                          8) +
                                                   exif + QByteArray(4, '\0'));
}

QByteArray webpWithOrientation(const QByteArray& webp)
{
    return webp + QByteArray("EXIF\x1a\0\0\0MM\0*\0\0\0\x08\0\1\1\x12\0\3\0\0\0\1\0\6\0\0\0\0\0\0", 34);
}

const QList<QByteArray> labelFiles{
    "cat\ndog\n",
    R"(["cat", ["n1", "dog"],])",
    R"({"1": "dog", "0": ["n1", "cat"]})",
    R"({"id2label": {"0": "cat"}, "label2id": {"cat": 0}, "num_classes": 1, "label_names": ["cat"]})",
    R"({"class_to_idx": {"dog": 1, "cat": 0}})",
    "{0: 'cat', # one\n 1: (\"n1\", u'd\\'\\xe9\\u00e9\\U0001f415'),\n}",
    QByteArray("\xFF\xFE"
               "c\0\n\0d\0\n\0",
               10),
    "K\xE4se\r\ncat\x92s eye\r",
};

/// The archive anew as zip_mutator.cpp understands it: entries stored, sizes before them.
void repack(const QString& from, const QString& to)
{
    Result<ZipArchive> archive = ZipArchive::open(from);
    if (!archive)
        qFatal("%s", qPrintable(archive.error().message));
    QList<std::pair<QString, QByteArray>> entries;
    for (const ZipEntry& entry : archive->entries())
        if (const auto content = archive->content(entry, 1 << 20, ChecksumCheck::Skip))
            entries.append({u"m/"_s + entry.name, QByteArray(asByteArray(content->bytes)).append("")});
    writeZip(to, entries);
}

void writeCheckpoints(const QDir& target, const QDir& data)
{
    writeFile(target.filePath(u"safetensors/deit"_s), safetensors("F32", 4));
    writeFile(target.filePath(u"safetensors/deit-bf16"_s), safetensors("BF16", 2));
    QFile::copy(data.filePath(u"checkpoints/two_tensors.safetensors"_s),
                target.filePath(u"safetensors/two-tensors"_s));
    QDir().mkpath(target.filePath(u"pickle"_s));
    writeZip(target.filePath(u"pickle/deit"_s),
             {{u"m/data.pkl"_s, checkpoint()}, {u"m/data/0"_s, QByteArray(stored * 2, '\1')}});
    writeFile(target.filePath(u"pickle/legacy"_s), legacyCheckpoint());
    repack(data.filePath(u"checkpoints/two_tensors_zip.pth"_s), target.filePath(u"pickle/two-tensors"_s));
    QFile::copy(data.filePath(u"checkpoints/two_tensors_legacy.pth"_s),
                target.filePath(u"pickle/two-tensors-legacy"_s));
}

void writeArchives(const QDir& target, const QDir& data)
{
    QDir().mkpath(target.filePath(u"archive"_s));
    writeScript(target.filePath(u"archive/script"_s));
    writeLiteArchive(target.filePath(u"archive/lite"_s));
    const QDir models(data.filePath(u"models"_s));
    const QFileInfoList files = models.entryInfoList({u"*.pt"_s, u"*.pth"_s}, QDir::Files);
    for (const QFileInfo& model : files)
        repack(model.filePath(), target.filePath(u"archive/"_s + model.fileName()));
}

void writePictures(const QDir& target, const QDir& data)
{
    for (const char* folder : {"images", "images/hostile"}) {
        const QDir images(data.filePath(QLatin1String(folder)));
        const QFileInfoList files = images.entryInfoList(QDir::Files);
        for (const QFileInfo& image : files)
            writeFile(target.filePath(u"picture/"_s + image.fileName()), readFile(image.filePath()));
    }
    writeFile(target.filePath(u"picture/exif.png"_s),
              pngWithOrientation(readFile(data.filePath(u"images/whole.png"_s))));
    writeFile(target.filePath(u"picture/exif.webp"_s),
              webpWithOrientation(readFile(data.filePath(u"images/whole.webp"_s))));
}

} // namespace

int main(int count, char** arguments)
{
    if (count != 2)
        qFatal("usage: fuzz_seeds FOLDER");
    const QDir target(QString::fromLocal8Bit(arguments[1]));
    const QDir data(QStringLiteral(TEST_DATA));
    writeCheckpoints(target, data);
    writeArchives(target, data);
    writePictures(target, data);
    writeVariantSet(target.filePath(u"set"_s), {allKinds().begin(), allKinds().end()});
    writeFile(target.filePath(u"manifest/set"_s), readFile(target.filePath(u"set/vitrine.json"_s)));
    QDir(target.filePath(u"set"_s)).removeRecursively();
    for (qsizetype i = 0; i < labelFiles.size(); ++i)
        writeFile(target.filePath(u"labels/%1"_s.arg(i)), labelFiles[i]);
    return 0;
}
