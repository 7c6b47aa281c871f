#include "core/model/variant_set.h"

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

QJsonObject variantJson(const QDir& folder, const Variant& variant)
{
    QJsonObject entry{{u"kind"_s, kindName(variant.kind)},
                      {u"file"_s, folder.relativeFilePath(variant.path)},
                      {u"bytes"_s, variant.bytes},
                      {u"sha256"_s, QString::fromLatin1(variant.sha256.toHex())},
                      {u"isQuantized"_s, variant.isQuantized},
                      {u"quantizedEngine"_s, variant.quantizedEngine},
                      {u"madeBy"_s, variant.madeBy}};
    if (!variant.engine.isEmpty())
        entry.insert(u"engine"_s, variant.engine);
    if (!variant.notices.isEmpty())
        entry.insert(u"notices"_s, QJsonArray::fromStringList(variant.notices));
    return entry;
}

Status checkVersion(const QJsonObject& object)
{
    const qint64 version = object[u"schemaVersion"_s].toInteger(0);
    if (version > VariantSet::schemaVersion)
        return Error{
            ErrorKind::Unsupported,
            tr("it was written by a newer Vitrine (schema %1; this one reads up to %2); update Vitrine")
                .arg(version)
                .arg(VariantSet::schemaVersion)};
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
    const QString kindText = object[u"kind"_s].toString();
    const QString file = object[u"file"_s].toString();
    const std::optional<VariantKind> kind = kindFromName(kindText);
    if (!kind)
        return malformed(tr("it lists a variant of unknown kind \"%1\"").arg(kindText));
    if (!staysInside(file))
        return malformed(
            tr("the file of its variant %1 (\"%2\") does not lie in its folder").arg(kindText, file));
    const qint64 bytes = object[u"bytes"_s].toInteger(-1);
    if (bytes < 0)
        return malformed(tr("it states no size for %1").arg(file));
    Result<QByteArray> sha256 = readSha256(file, object[u"sha256"_s].toString());
    if (!sha256)
        return sha256.failure();

    Variant variant;
    variant.kind = *kind;
    variant.name = kindText;
    variant.path = QDir::cleanPath(QDir(set.folder).filePath(file));
    variant.bytes = bytes;
    variant.sha256 = std::move(*sha256);
    variant.isQuantized = object[u"isQuantized"_s].toBool();
    variant.engine = object[u"engine"_s].toString();
    variant.quantizedEngine = object[u"quantizedEngine"_s].toString();
    variant.madeBy = object[u"madeBy"_s].toString();
    for (const QJsonValue notice : object[u"notices"_s].toArray())
        variant.notices.append(notice.toString());
    variant.modelName = set.modelName;
    variant.preprocessing = set.preprocessing;
    variant.labels = set.labels;
    variant.classes = set.architecture[u"classes"_s].toInt();
    return variant;
}

Status readEntries(VariantSet& set, const QJsonArray& entries)
{
    for (const QJsonValue& entry : entries) {
        Result<Variant> variant = readEntry(set, entry.toObject());
        if (!variant)
            return variant.failure();
        if (std::ranges::count(set.variants, variant->kind, &Variant::kind) > 0)
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
    if (!object[u"preprocessing"_s].isObject())
        return malformed(tr("it states no preprocessing"));
    Result<Preprocessing> preprocessing = Preprocessing::fromJson(object[u"preprocessing"_s].toObject());
    if (!preprocessing)
        return preprocessing.failure();
    Result<Labels> labels = readLabelArray(object[u"labels"_s]);
    if (!labels)
        return labels.failure();

    VariantSet set;
    set.folder = folder;
    set.modelName = object[u"modelName"_s].toString();
    set.architecture = object[u"architecture"_s].toObject();
    set.preprocessing = std::move(*preprocessing);
    set.labels = std::move(*labels);
    set.quantizedEngine = object[u"quantizedEngine"_s].toString();
    if (Status entries = readEntries(set, object[u"variants"_s].toArray()); !entries)
        return entries.failure();
    return set;
}

} // namespace

QJsonObject VariantSet::toJson() const
{
    QJsonArray entries;
    for (const Variant& variant : variants)
        entries.append(variantJson(QDir(folder), variant));
    return {{u"schemaVersion"_s, schemaVersion},
            {u"modelName"_s, modelName},
            {u"architecture"_s, architecture},
            {u"preprocessing"_s, preprocessing.toJson()},
            {u"labels"_s, QJsonArray::fromStringList(labels)},
            {u"quantizedEngine"_s, quantizedEngine},
            {u"variants"_s, entries}};
}

Result<VariantSet> readManifest(const QString& path)
{
    if (const std::optional<Error> problem = whyNotReadable(path))
        return *problem;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return unreadable(file);
    if (file.size() > largestManifest)
        return fileError(ErrorKind::TooLarge, path,
                         tr("a manifest of %1 bytes is not read").arg(file.size()));
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(file.readAll(), &error);
    if (!document.isObject())
        return fileError(ErrorKind::Malformed, path,
                         tr("it is not a JSON object: %1").arg(error.errorString()));
    return inFile(path, parse(document.object(), QFileInfo(path).absolutePath()));
}

} // namespace vitrine
