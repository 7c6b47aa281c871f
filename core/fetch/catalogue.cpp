#include "core/fetch/catalogue.h"

#include "core/base/file_error.h"
#include "core/base/literals.h"
#include "core/base/nearest_name.h"
#include "core/base/tr.h"
#include "core/fetch/fetch_places.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>
#include <numeric>
#include <utility>

namespace vitrine {

namespace {

constexpr qint64 catalogueBytesAtMost = 1'000'000;

bool matches(const QString& text, const char* pattern)
{
    return QRegularExpression(QRegularExpression::anchoredPattern(QLatin1String(pattern)))
        .match(text)
        .hasMatch();
}

constexpr const char* namePattern = "[A-Za-z0-9][A-Za-z0-9._-]{0,99}";
constexpr const char* filePattern = "[A-Za-z0-9_][A-Za-z0-9._+-]{0,199}";
constexpr QLatin1String statedByServer = "server"_L1;

Error noFileName(const CatalogueEntry& entry, const char* key, const QString& text)
{
    return malformed(tr("the \"%1\" of %2 must be a file's name without a folder, not \"%3\"")
                         .arg(QLatin1String(key), entry.name, text));
}

/// Where its files lie, and which they are besides the first.
Status readPlaces(const QJsonObject& json, CatalogueEntry& entry)
{
    entry.folder = json[u"folder"].toString();
    entry.address = json[u"address"].toString();
    for (const QJsonValue& file : json[u"beside"].toArray())
        entry.beside << file.toString();
    for (const QString& file : entry.beside)
        if (!matches(file, filePattern))
            return noFileName(entry, "beside", file);
    const QStringList all = QStringList{entry.file} + entry.beside;
    if (QSet(all.begin(), all.end()).size() != all.size())
        return malformed(tr("%1 names a file twice").arg(entry.name));
    if (entry.folder.isEmpty() && !entry.beside.isEmpty())
        return malformed(tr("%1 is several files and has no \"folder\" for them").arg(entry.name));
    if (!entry.folder.isEmpty() && (!matches(entry.folder, namePattern) || entry.folder == entry.name))
        return malformed(tr("the \"folder\" of %1 must be a name, and not its own, which its variants have")
                             .arg(entry.name));
    if (entry.address.isEmpty())
        return Done{};
    const auto url = parseBaseUrl(entry.address);
    if (!url)
        return malformed(url.error().message);
    if ((entry.sha256.isEmpty() || !entry.beside.isEmpty()) && url->scheme() != "https"_L1)
        return malformed(tr("the \"address\" of %1 must be https, or what the server states means nothing")
                             .arg(entry.name));
    entry.address = url->toString();
    return Done{};
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
    if (!matches(entry.name, namePattern))
        return malformed(
            tr("\"%1\" is no name: letters, digits, dots, dashes and underscores make one").arg(entry.name));
    if (!matches(entry.file, filePattern))
        return noFileName(entry, "file", entry.file);
    if (entry.sha256 == statedByServer)
        entry.sha256.clear();
    else if (!matches(entry.sha256, "[0-9a-f]{8,64}"))
        return malformed(tr("the \"sha256\" of %1 must be the first 8 to 64 hexadecimal digits, or \"%2\"")
                             .arg(entry.name, statedByServer));
    if (const Status placed = readPlaces(json, entry); !placed)
        return placed.error();
    return entry;
}

} // namespace

QJsonObject CatalogueEntry::toJson() const
{
    QJsonObject json{{u"name"_s, name}, {u"title"_s, title},
                     {u"file"_s, file}, {u"sha256"_s, sha256.isEmpty() ? QString(statedByServer) : sha256},
                     {u"top1"_s, top1}, {u"parameters"_s, parameters},
                     {u"top5"_s, top5}};
    if (!address.isEmpty())
        json.insert(u"address"_s, address);
    if (!folder.isEmpty())
        json.insert(u"folder"_s, folder);
    if (!beside.isEmpty())
        json.insert(u"beside"_s, QJsonArray::fromStringList(beside));
    return json;
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

Catalogue filesOf(const CatalogueEntry& entry)
{
    Catalogue files;
    CatalogueEntry one = entry;
    one.beside.clear();
    for (const QString& file : entry.beside) {
        CatalogueEntry& small = files.emplace_back(one);
        small.file = file;
        small.sha256.clear();
        small.parameters = 0;
    }
    files.push_back(std::move(one));
    return files;
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
