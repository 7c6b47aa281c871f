#include "core/fetch/catalogue.h"

#include "core/base/file_error.h"
#include "core/base/literals.h"
#include "core/base/nearest_name.h"
#include "core/base/tr.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

#include <algorithm>
#include <numeric>
#include <utility>

namespace vitrine {

namespace {

constexpr qint64 catalogueBytesAtMost = 1'000'000;

/// The suffix of the official names is the beginning of the file's SHA-256.
CatalogueEntry official(const char* name, const char* title, const char* file, qint64 parameters, double top1,
                        double top5)
{
    const QString fileName = QString::fromLatin1(file);
    const QString suffix = fileName.section(QLatin1Char('-'), -1).section(QLatin1Char('.'), 0, 0);
    return {QString::fromLatin1(name), QString::fromLatin1(title), fileName, suffix, parameters, top1, top5};
}

bool matches(const QString& text, const char* pattern)
{
    return QRegularExpression(QRegularExpression::anchoredPattern(QLatin1String(pattern)))
        .match(text)
        .hasMatch();
}

Result<CatalogueEntry> readEntry(const QJsonObject& json)
{
    CatalogueEntry entry;
    entry.name = json[u"name"].toString();
    entry.title = json[u"title"].toString(entry.name);
    entry.file = json[u"file"].toString();
    entry.sha256 = json[u"sha256"].toString().toLower();
    entry.parameters = qMax(qint64(0), json[u"parameters"].toInteger());
    entry.top1 = json[u"top1"].toDouble();
    entry.top5 = json[u"top5"].toDouble();
    if (!matches(entry.name, "[A-Za-z0-9][A-Za-z0-9._-]{0,99}"))
        return malformed(
            tr("\"%1\" is no name: letters, digits, dots, dashes and underscores make one").arg(entry.name));
    if (!matches(entry.file, "[A-Za-z0-9_][A-Za-z0-9._+-]{0,199}"))
        return malformed(tr("the \"file\" of %1 must be a file's name without a folder, not \"%2\"")
                             .arg(entry.name, entry.file));
    if (!matches(entry.sha256, "[0-9a-f]{8,64}"))
        return malformed(
            tr("the \"sha256\" of %1 must be the first 8 to 64 hexadecimal digits").arg(entry.name));
    return entry;
}

} // namespace

QJsonObject CatalogueEntry::toJson() const
{
    return {{u"name"_s, name}, {u"title"_s, title},           {u"file"_s, file}, {u"sha256"_s, sha256},
            {u"top1"_s, top1}, {u"parameters"_s, parameters}, {u"top5"_s, top5}};
}

const Catalogue& officialCheckpoints()
{
    static const Catalogue list{
        official("deit-tiny", "DeiT-Tiny", "deit_tiny_patch16_224-a1311bcf.pth", 5'717'416, 72.202, 91.124),
        official("deit-tiny-distilled", "DeiT-Tiny, distilled",
                 "deit_tiny_distilled_patch16_224-b40b3cf7.pth", 5'910'800, 74.476, 91.920),
        official("deit-small", "DeiT-Small", "deit_small_patch16_224-cd65a155.pth", 22'050'664, 79.854,
                 94.968),
        official("deit-small-distilled", "DeiT-Small, distilled",
                 "deit_small_distilled_patch16_224-649709d9.pth", 22'436'432, 81.164, 95.376),
        official("deit-base", "DeiT-Base", "deit_base_patch16_224-b5f2ef4d.pth", 86'567'656, 81.846, 95.594),
        official("deit-base-distilled", "DeiT-Base, distilled",
                 "deit_base_distilled_patch16_224-df68dfff.pth", 87'338'192, 83.372, 96.482),
        official("deit-base-384", "DeiT-Base, 384 pixels", "deit_base_patch16_384-8de9b5d1.pth", 86'859'496,
                 82.890, 96.222),
        official("deit-base-distilled-384", "DeiT-Base, distilled, 384 pixels",
                 "deit_base_distilled_patch16_384-d0272ac0.pth", 87'630'032, 85.224, 97.186),
    };
    return list;
}

Result<Catalogue> readCatalogue(const QString& path)
{
    if (const auto problem = whyNotReadable(path))
        return *problem;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return unreadable(file);
    QJsonParseError problem;
    const auto document = QJsonDocument::fromJson(file.read(catalogueBytesAtMost), &problem);
    if (!document.isArray())
        return fileError(ErrorKind::Malformed, path,
                         tr("this is no JSON array of checkpoints: %1").arg(problem.errorString()));
    Catalogue catalogue;
    for (const QJsonValue& value : document.array()) {
        auto entry = readEntry(value.toObject());
        if (!entry)
            return inFile(path, entry.failure());
        catalogue.push_back(*std::move(entry));
    }
    return catalogue;
}

Result<Catalogue> catalogueWith(const QString& path)
{
    Catalogue catalogue = officialCheckpoints();
    if (path.isEmpty())
        return catalogue;
    auto further = readCatalogue(path);
    if (!further)
        return further.failure();
    for (CatalogueEntry& entry : *further) {
        const auto known = std::ranges::find(catalogue, entry.name, &CatalogueEntry::name);
        if (known != catalogue.end())
            *known = std::move(entry);
        else
            catalogue.push_back(std::move(entry));
    }
    return catalogue;
}

QString catalogueOfEnvironment()
{
    return qEnvironmentVariable("VITRINE_CATALOGUE");
}

const CatalogueEntry* entryNamed(const Catalogue& catalogue, const QString& name)
{
    const auto entry = std::ranges::find(catalogue, name, &CatalogueEntry::name);
    return entry == catalogue.end() ? nullptr : &*entry;
}

QStringList namesOf(const Catalogue& catalogue)
{
    QStringList names;
    for (const CatalogueEntry& entry : catalogue)
        names << entry.name;
    return names;
}

QString nearestName(const Catalogue& catalogue, const QString& name)
{
    return nearestName(namesOf(catalogue), name);
}

} // namespace vitrine
