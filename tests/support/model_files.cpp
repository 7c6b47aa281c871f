#include "tests/support/model_files.h"

#include "core/base/literals.h"
#include "tests/support/pickle_writer.h"

#include <QDir>
#include <QFile>
#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QtEndian>

#include <minizip/zip.h>

namespace vitrine::test {

namespace {

void write(const QString& path, const QByteArray& content)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("cannot write %s", qUtf8Printable(path));
}

struct ZipMember
{
    const char* name;
    QByteArray content;
};

QString writeZip(const QString& path, const std::vector<ZipMember>& members)
{
    zipFile archive = zipOpen(QFile::encodeName(path).constData(), APPEND_STATUS_CREATE);
    for (const ZipMember& member : members) {
        const zip_fileinfo info{};
        if (zipOpenNewFileInZip(archive, member.name, &info, nullptr, 0, nullptr, 0, nullptr, 0, 0) != ZIP_OK)
            qFatal("cannot write %s", qUtf8Printable(path));
        zipWriteInFileInZip(archive, member.content.constData(), unsigned(member.content.size()));
        zipCloseFileInZip(archive);
    }
    zipClose(archive, nullptr);
    return path;
}

std::vector<ZipMember> scriptMembers(const QByteArray& arguments, const QByteArray& line)
{
    return {{"model/data.pkl", wholePickle(pickledObject("__torch__", "Tiny", pickledDictionary({})))},
            {"model/code/__torch__.py", "class Tiny(Module):\n  def forward(self: __torch__.Tiny,\n    " +
                                            arguments + ") -> Tensor:\n    " + line +
                                            "\n    return torch.relu(x)\n"},
            {"model/constants.pkl", wholePickle(pickledTuple({}))},
            {"model/version", "3\n"}};
}

struct TensorShape
{
    QByteArray name;
    QList<int> shape;
};

const QList<TensorShape> tinyDeit{
    {"cls_token", {1, 1, 64}},
    {"pos_embed", {1, 5, 64}},
    {"patch_embed.proj.weight", {64, 3, 16, 16}},
    {"patch_embed.proj.bias", {64}},
    {"blocks.0.norm1.weight", {64}},
    {"blocks.0.norm1.bias", {64}},
    {"blocks.0.attn.qkv.weight", {192, 64}},
    {"blocks.0.attn.qkv.bias", {192}},
    {"blocks.0.attn.proj.weight", {64, 64}},
    {"blocks.0.attn.proj.bias", {64}},
    {"blocks.0.norm2.weight", {64}},
    {"blocks.0.norm2.bias", {64}},
    {"blocks.0.mlp.fc1.weight", {128, 64}},
    {"blocks.0.mlp.fc1.bias", {128}},
    {"blocks.0.mlp.fc2.weight", {64, 128}},
    {"blocks.0.mlp.fc2.bias", {64}},
    {"norm.weight", {64}},
    {"norm.bias", {64}},
    {"head.weight", {3, 64}},
    {"head.bias", {3}},
};

/// All zero.
QString writeSafetensors(const QString& path, const QList<TensorShape>& tensors)
{
    QJsonObject header;
    qint64 end = 0;
    for (const auto& [name, shape] : tensors) {
        qint64 bytes = sizeof(float);
        QJsonArray dimensions;
        for (const int dimension : shape) {
            dimensions.append(dimension);
            bytes *= dimension;
        }
        header.insert(QString::fromLatin1(name),
                      QJsonObject{{u"dtype"_s, u"F32"_s},
                                  {u"shape"_s, dimensions},
                                  {u"data_offsets"_s, QJsonArray{end, end + bytes}}});
        end += bytes;
    }
    const QByteArray json = QJsonDocument(header).toJson(QJsonDocument::Compact);
    QByteArray length(8, '\0');
    qToLittleEndian<quint64>(quint64(json.size()), length.data());
    write(path, length + json + QByteArray(end, '\0'));
    return path;
}

} // namespace

QString writeVariantSet(const QString& folder, const std::vector<VariantKind>& kinds, const QByteArray& salt)
{
    QDir().mkpath(folder);
    VariantSet set;
    set.folder = QDir(folder).absolutePath();
    set.modelName = u"tiny"_s;
    set.architecture.insert(u"type"_s, u"torchscript"_s);
    set.preprocessing = Preprocessing::imageNet(32);
    set.labels = {u"cat"_s, u"dog"_s, u"hen"_s};
    set.quantizedEngine = u"fake-int8"_s;
    for (const VariantKind kind : kinds) {
        Variant variant;
        variant.kind = kind;
        variant.name = kindName(kind);
        variant.path = QDir(folder).absoluteFilePath(kindName(kind) + u".pt"_s);
        variant.isQuantized = kind != VariantKind::Original && kind != VariantKind::Scripted;
        variant.quantizedEngine = variant.isQuantized ? set.quantizedEngine : QString();
        write(variant.path, "fake " + kindName(kind).toUtf8() + salt);
        variant.bytes = QFileInfo(variant.path).size();
        variant.sha256 = *fileSha256(variant.path);
        set.variants.push_back(variant);
    }
    if (!writeManifest(set))
        qFatal("cannot write a manifest in %s", qUtf8Printable(folder));
    return set.folder;
}

QString writeScript(const QString& path, const QByteArray& arguments, const QByteArray& line)
{
    return writeZip(path, scriptMembers(arguments, line));
}

QString writeLiteArchive(const QString& path)
{
    std::vector<ZipMember> members = scriptMembers("x: Tensor", "pass");
    // PROTO 2, BINUNICODE "__torch__.Tiny.forward", STOP: the functions that the mobile interpreter can run.
    members.push_back({"model/bytecode.pkl", QByteArray("\x80\x02X\x16\0\0\0__torch__.Tiny.forward.", 30)});
    return writeZip(path, members);
}

QString writeTinyDeit(const QString& path)
{
    return writeSafetensors(path, tinyDeit);
}

QString writeTwoDeits(const QString& path)
{
    QList<TensorShape> both;
    for (const QByteArray& model : {QByteArray("model."), QByteArray("teacher.")})
        for (TensorShape tensor : tinyDeit) {
            if (model == "teacher." && tensor.name.startsWith("head."))
                tensor.shape[0] = 5;
            both.append({model + tensor.name, tensor.shape});
        }
    return writeSafetensors(path, both);
}

QString writeImage(const QString& path, Qt::GlobalColor color)
{
    QImage image(48, 40, QImage::Format_RGB888);
    image.fill(color);
    if (!image.save(path, "png"))
        qFatal("cannot write %s", qUtf8Printable(path));
    return path;
}

} // namespace vitrine::test
