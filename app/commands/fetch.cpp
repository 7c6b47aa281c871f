#include "app/commands/command.h"
#include "app/commands/console.h"
#include "app/commands/fetch_run.h"
#include "app/commands/model_options.h"
#include "core/base/literals.h"
#include "core/fetch/fetch_places.h"

#include <QDir>
#include <QJsonArray>

namespace vitrine::cli {

namespace {

struct FetchOptions
{
    FetchRequest request;
    bool asJson = false;
};

void declareOptions(CommandLine& line)
{
    line.addFlag(u"list"_s, Cli::tr("Say what there is, and download nothing."));
    line.addValue(u"out"_s, u"DIR"_s,
                  Cli::tr("Where to: the checkpoint, and a folder NAME with its variants. Default: %1.")
                      .arg(defaultModelsFolder()));
    line.addValue(
        u"base-url"_s, u"URL"_s,
        Cli::tr("The server's folder that holds the files. Default: VITRINE_CHECKPOINT_URL, else %1.")
            .arg(QLatin1String(officialBaseUrl)));
    line.addValue(
        u"catalogue"_s, u"FILE"_s,
        Cli::tr(
            "JSON with further checkpoints, an array of {\"name\", \"file\", \"sha256\"}, as --list --json "
            "prints it. Default: VITRINE_CATALOGUE."));
    line.addFlag(u"no-build"_s, Cli::tr("Only download; do not make the variants."));
    addEngineOption(line);
    line.addFlag(u"json"_s, Cli::tr("Print JSON."));
}

QString nameProblem(const CommandLine& line, const Catalogue& catalogue)
{
    const QString names = namesOf(catalogue).join(u", "_s);
    if (line.positionals().size() != 1)
        return Cli::tr("Name one checkpoint: %1.").arg(names);
    const QString name = line.positionals().constFirst();
    const QString nearest = nearestName(catalogue, name);
    if (nearest.isEmpty())
        return Cli::tr("There is no checkpoint \"%1\"; there are %2.").arg(name, names);
    return Cli::tr("There is no checkpoint \"%1\". Did you mean %2? There are %3.").arg(name, nearest, names);
}

FetchOptions readOptions(CommandLine& line, const Catalogue& catalogue)
{
    FetchOptions options;
    FetchRequest& request = options.request;
    request.builds = !line.isSet(u"no-build"_s);
    options.asJson = line.isSet(u"json"_s);
    const QString folder = line.optionalValue(u"out"_s).value_or(defaultModelsFolder());
    request.download.folder = QDir(folder).absolutePath();
    if (folder.isEmpty())
        line.reject(Cli::tr("--out takes a folder."));
    if (line.isSet(u"list"_s))
        line.rejectPositionals();
    else if (const CatalogueEntry* entry = entryNamed(catalogue, line.positionals().value(0));
             entry != nullptr && line.positionals().size() == 1)
        request.download.entry = *entry;
    else
        line.reject(nameProblem(line, catalogue));
    const auto url = parseBaseUrl(line.optionalValue(u"base-url"_s).value_or(defaultBaseUrl()));
    if (url)
        request.download.baseUrl = *url;
    else
        line.reject(url.error().message);
    request.quantizedEngine = readEngine(line);
    return options;
}

QString unknownOr(bool isKnown, const QString& text)
{
    return isKnown ? text : QString();
}

QString stateText(const CatalogueEntry& entry, const QString& folder)
{
    if (isHere(entry, folder))
        return Cli::tr("here");
    const qint64 kept = keptBytes(entry, folder);
    return kept > 0 ? Cli::tr("%1 here").arg(bytesText(kept)) : QString();
}

void printTable(const Catalogue& catalogue, const QString& folder)
{
    std::vector<QStringList> rows{{Cli::tr("name"), Cli::tr("parameters"), Cli::tr("top-1"), Cli::tr("top-5"),
                                   Cli::tr("about"), Cli::tr("in the folder")}};
    for (const CatalogueEntry& entry : catalogue)
        rows.push_back({entry.name, unknownOr(entry.parameters > 0, QString::number(entry.parameters)),
                        unknownOr(entry.top1 > 0, QString::number(entry.top1, 'f', 1) + u" %"_s),
                        unknownOr(entry.top5 > 0, QString::number(entry.top5, 'f', 1) + u" %"_s),
                        unknownOr(entry.parameters > 0, bytesText(entry.approximateBytes())),
                        stateText(entry, folder)});
    printOut(textTable(rows, u"lrrrrl"_s) + u"\n\n"_s +
             Cli::tr("Top-1 and top-5: accuracy on ImageNet. The folder: %1").arg(folder));
}

int list(const Catalogue& catalogue, const FetchOptions& options)
{
    const DownloadRequest& place = options.request.download;
    if (!options.asJson) {
        printTable(catalogue, place.folder);
        return exitDone;
    }
    QJsonArray array;
    for (const CatalogueEntry& entry : catalogue) {
        QJsonObject json = entry.toJson();
        json.insert(u"approximate_bytes"_s, entry.approximateBytes());
        json.insert(u"url"_s, DownloadRequest{entry, place.baseUrl, place.folder}.url().toString());
        json.insert(u"path"_s, DownloadRequest{entry, {}, place.folder}.model());
        json.insert(u"is_here"_s, isHere(entry, place.folder));
        array.append(json);
    }
    printJson(array);
    return exitDone;
}

} // namespace

Prepared prepareFetch(const QStringList& arguments)
{
    CommandLine line(u"fetch"_s, Cli::tr("NAME [options]\n       vitrine fetch --list [--json]"),
                     Cli::tr("Downloads an official checkpoint and makes its variants. What is there "
                             "already is not downloaded again; what broke off is gone on with."));
    declareOptions(line);
    if (const auto status = line.parse(arguments))
        return *status;
    const auto catalogue =
        catalogueWith(line.optionalValue(u"catalogue"_s).value_or(catalogueOfEnvironment()));
    if (!catalogue)
        return printFailure(catalogue.failure());
    const FetchOptions options = readOptions(line, *catalogue);
    if (const auto status = line.wrongUsage())
        return *status;
    if (line.isSet(u"list"_s))
        return list(*catalogue, options);
    return Task{[options] { return runFetch(options.request, options.asJson); }};
}

} // namespace vitrine::cli
