#include "core/model/manifest.h"

#include "core/base/file_error.h"
#include "core/base/literals.h"
#include "core/base/tr.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace vitrine {

namespace {

constexpr qint64 largestManifest = 16 << 20;
constexpr int sha256Length = 32;

namespace key {
const QString schemaVersion = u"schemaVersion"_s;
const QString modelName = u"modelName"_s;
const QString architecture = u"architecture"_s;
const QString preprocessing = u"preprocessing"_s;
const QString labels = u"labels"_s;
const QString classes = u"classes"_s; // of a DeiT's architecture
const QString engine = u"engine"_s;
const QString quantizedEngine = u"quantizedEngine"_s;
const QString variants = u"variants"_s;
const QString kind = u"kind"_s;
const QString file = u"file"_s;
const QString bytes = u"bytes"_s;
const QString sha256 = u"sha256"_s;
const QString isQuantized = u"isQuantized"_s;
const QString madeBy = u"madeBy"_s;
} // namespace key

QJsonObject variantJson(const QDir& folder, const Variant& variant)
{
    QJsonObject entry{{key::kind, kindName(variant.kind)},
                      {key::file, folder.relativeFilePath(variant.path)},
                      {key::bytes, variant.bytes},
                      {key::sha256, QString::fromLatin1(variant.sha256.toHex())},
                      {key::isQuantized, variant.isQuantized},
                      {key::quantizedEngine, variant.quantizedEngine},
                      {key::madeBy, variant.madeBy}};
    if (!variant.engine.isEmpty())
        entry.insert(key::engine, variant.engine);
    return entry;
}

Status checkVersion(const QJsonObject& object)
{
    const qint64 version = object.value(key::schemaVersion).toInteger(0);
    if (version > VariantSet::schemaVersion)
        return Error{
            ErrorKind::Unsupported,
            tr("it was written by a newer Vitrine (schema %1; this one reads up to %2); update Vitrine")
                .arg(version)
                .arg(VariantSet::schemaVersion),
            {}};
    if (version < 1)
        return malformed(tr("this is not the manifest of a variant set: it states no schemaVersion"));
    return Done{};
}

/// A path below the folder, without "..", and relative.
bool staysInside(const QString& file)
{
    const QString clean = QDir::cleanPath(file);
    return !file.isEmpty() && QDir::isRelativePath(file) && !file.contains(QLatin1Char('\\')) &&
           !file.contains(QChar(0)) && clean != u"."_s && clean != u".."_s && !clean.startsWith(u"../"_s);
}

Result<QByteArray> readSha256(const QString& file, const QString& hex)
{
    const QByteArray bytes = QByteArray::fromHex(hex.toLatin1());
    if (bytes.size() != sha256Length || QString::fromLatin1(bytes.toHex()) != hex.toLower())
        return malformed(tr("the sha256 of %1 is not 64 hexadecimal digits").arg(file));
    return bytes;
}

Result<Variant> readEntry(const VariantSet& set, const QJsonObject& object)
{
    const QString kindText = object.value(key::kind).toString();
    const QString file = object.value(key::file).toString();
    const std::optional<VariantKind> kind = kindFromName(kindText);
    if (!kind)
        return malformed(tr("it lists a variant of unknown kind \"%1\"").arg(kindText));
    if (!staysInside(file))
        return malformed(
            tr("the file of its variant %1 (\"%2\") does not lie in its folder").arg(kindText, file));
    const qint64 bytes = object.value(key::bytes).toInteger(-1);
    if (bytes < 0)
        return malformed(tr("it states no size for %1").arg(file));
    Result<QByteArray> sha256 = readSha256(file, object.value(key::sha256).toString());
    if (!sha256)
        return sha256.failure();

    Variant variant;
    variant.kind = *kind;
    variant.name = kindText;
    variant.path = QDir::cleanPath(QDir(set.folder).filePath(file));
    variant.bytes = bytes;
    variant.sha256 = std::move(*sha256);
    variant.isQuantized = object.value(key::isQuantized).toBool();
    variant.engine = object.value(key::engine).toString();
    variant.quantizedEngine = object.value(key::quantizedEngine).toString();
    variant.madeBy = object.value(key::madeBy).toString();
    variant.modelName = set.modelName;
    variant.preprocessing = set.preprocessing;
    variant.labels = set.labels;
    variant.classes = set.architecture.value(key::classes).toInt();
    return variant;
}

Status readEntries(VariantSet& set, const QJsonArray& entries)
{
    for (const QJsonValue& entry : entries) {
        Result<Variant> variant = readEntry(set, entry.toObject());
        if (!variant)
            return variant.failure();
        const bool twice = std::any_of(set.variants.begin(), set.variants.end(),
                                       [&](const Variant& other) { return other.kind == variant->kind; });
        if (twice)
            return malformed(tr("it lists the variant %1 twice").arg(variant->name));
        set.variants.push_back(std::move(*variant));
    }
    if (set.variants.empty())
        return malformed(tr("it lists no variants"));
    return Done{};
}

Result<Labels> readLabelArray(const QJsonValue& value)
{
    Labels labels;
    const QJsonArray array = value.toArray();
    for (const QJsonValue& label : array) {
        if (!label.isString())
            return malformed(tr("label %1 is not a text").arg(labels.size()));
        labels.append(label.toString());
    }
    return labels;
}

Result<VariantSet> parse(const QJsonObject& object, const QString& folder)
{
    if (Status version = checkVersion(object); !version)
        return version.failure();
    if (!object.value(key::preprocessing).isObject())
        return malformed(tr("it states no preprocessing"));
    Result<Preprocessing> preprocessing =
        Preprocessing::fromJson(object.value(key::preprocessing).toObject());
    if (!preprocessing)
        return preprocessing.failure();
    Result<Labels> labels = readLabelArray(object.value(key::labels));
    if (!labels)
        return labels.failure();

    VariantSet set;
    set.folder = folder;
    set.modelName = object.value(key::modelName).toString();
    set.architecture = object.value(key::architecture).toObject();
    set.preprocessing = std::move(*preprocessing);
    set.labels = std::move(*labels);
    set.quantizedEngine = object.value(key::quantizedEngine).toString();
    if (Status entries = readEntries(set, object.value(key::variants).toArray()); !entries)
        return entries.failure();
    return set;
}

} // namespace

QJsonObject VariantSet::toJson() const
{
    QJsonArray entries;
    for (const Variant& variant : variants)
        entries.append(variantJson(QDir(folder), variant));
    return {{key::schemaVersion, schemaVersion},
            {key::modelName, modelName},
            {key::architecture, architecture},
            {key::preprocessing, preprocessing.toJson()},
            {key::labels, QJsonArray::fromStringList(labels)},
            {key::quantizedEngine, quantizedEngine},
            {key::variants, entries}};
}

Result<VariantSet> readManifest(const QString& path)
{
    if (const std::optional<Error> problem = whyNotReadable(path))
        return *problem;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return unreadable(path, file.errorString());
    if (file.size() > largestManifest)
        return fileError(ErrorKind::TooLarge, path,
                         tr("a manifest of %1 bytes is not read").arg(file.size()));
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(file.readAll(), &error);
    if (!document.isObject())
        return fileError(ErrorKind::Malformed, path,
                         tr("it is not a JSON object: %1").arg(error.errorString()));
    Result<VariantSet> set = parse(document.object(), QFileInfo(path).absolutePath());
    if (!set)
        return inFile(path, set.failure());
    return set;
}

} // namespace vitrine
