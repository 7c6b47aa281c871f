#include "app/commands/build.h"
#include "app/commands/command.h"
#include "app/commands/console.h"
#include "app/commands/download.h"
#include "app/commands/model_options.h"
#include "core/fetch/fetch_places.h"
#include "core/session/replaced_folder.h"

#include <QDir>
#include <QJsonArray>

namespace vitrine::cli {

namespace {

struct FetchOptions
{
    DownloadRequest download;
    QString quantizedEngine;
    bool builds = true;
    bool asJson = false;

    QString setFolder() const { return QDir(download.folder).absoluteFilePath(download.entry.name); }
};

void declareOptions(CommandLine& line)
{
    line.addFlag(QStringLiteral("list"), Cli::tr("Say what there is, and download nothing."));
    line.addValue(QStringLiteral("out"), QStringLiteral("DIR"),
                  Cli::tr("Where to: the checkpoint, and a folder NAME with its variants. Default: %1.")
                      .arg(defaultModelsFolder()));
    line.addValue(
        QStringLiteral("base-url"), QStringLiteral("URL"),
        Cli::tr("The server's folder that holds the files. Default: VITRINE_CHECKPOINT_URL, else %1.")
            .arg(QLatin1String(officialBaseUrl)));
    line.addValue(
        QStringLiteral("catalogue"), QStringLiteral("FILE"),
        Cli::tr(
            "JSON with further checkpoints, an array of {\"name\", \"file\", \"sha256\"}, as --list --json "
            "prints it. Default: VITRINE_CATALOGUE."));
    line.addFlag(QStringLiteral("no-build"), Cli::tr("Only download; do not make the variants."));
    addEngineOption(line);
    line.addFlag(QStringLiteral("json"), Cli::tr("Print JSON."));
}

QString nameProblem(const CommandLine& line, const Catalogue& catalogue)
{
    const QString names = namesOf(catalogue).join(QStringLiteral(", "));
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
    options.builds = !line.isSet(QStringLiteral("no-build"));
    options.asJson = line.isSet(QStringLiteral("json"));
    const QString folder = line.optionalValue(QStringLiteral("out")).value_or(defaultModelsFolder());
    options.download.folder = QDir(folder).absolutePath();
    if (folder.isEmpty())
        line.reject(Cli::tr("--out takes a folder."));
    if (line.isSet(QStringLiteral("list")))
        line.rejectPositionals();
    else if (const CatalogueEntry* entry = entryNamed(catalogue, line.positionals().value(0));
             entry != nullptr && line.positionals().size() == 1)
        options.download.entry = *entry;
    else
        line.reject(nameProblem(line, catalogue));
    const auto url = parseBaseUrl(line.optionalValue(QStringLiteral("base-url")).value_or(defaultBaseUrl()));
    if (url)
        options.download.baseUrl = *url;
    else
        line.reject(url.error().message);
    options.quantizedEngine = readEngine(line);
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
                        unknownOr(entry.top1 > 0, QString::number(entry.top1, 'f', 1) + QStringLiteral(" %")),
                        unknownOr(entry.top5 > 0, QString::number(entry.top5, 'f', 1) + QStringLiteral(" %")),
                        unknownOr(entry.parameters > 0, bytesText(entry.approximateBytes())),
                        stateText(entry, folder)});
    printOut(textTable(rows, QStringLiteral("lrrrrl")) + QStringLiteral("\n\n") +
             Cli::tr("Top-1 and top-5: accuracy on ImageNet. The folder: %1").arg(folder));
}

int list(const Catalogue& catalogue, const FetchOptions& options)
{
    const DownloadRequest& place = options.download;
    if (!options.asJson) {
        printTable(catalogue, place.folder);
        return exitDone;
    }
    QJsonArray array;
    for (const CatalogueEntry& entry : catalogue) {
        QJsonObject json = entry.toJson();
        json.insert(QStringLiteral("approximate_bytes"), entry.approximateBytes());
        json.insert(QStringLiteral("url"), place.baseUrl.resolved(QUrl(entry.file)).toString());
        json.insert(QStringLiteral("path"), DownloadRequest{entry, {}, place.folder}.target());
        json.insert(QStringLiteral("is_here"), isHere(entry, place.folder));
        array.append(json);
    }
    printJson(array);
    return exitDone;
}

void printText(const Downloaded& file)
{
    printOut(file.wasThere ? Cli::tr("%1 was there already.").arg(file.path)
                           : Cli::tr("%1 is there.").arg(file.path));
}

void printJsonOf(const FetchOptions& options, const Downloaded& file)
{
    printJson(QJsonObject{
        {QStringLiteral("name"), options.download.entry.name},
        {QStringLiteral("path"), file.path},
        {QStringLiteral("was_there"), file.wasThere},
        {QStringLiteral("set"), options.builds ? QJsonValue(options.setFolder()) : QJsonValue()}});
}

int buildVariantsOf(const FetchOptions& options, const Downloaded& file)
{
    const QString folder = options.setFolder();
    if (file.wasThere && options.quantizedEngine.isEmpty() && readVariantSet(folder).ok())
        return exitDone;
    printErr(Cli::tr("Building the variants of %1 in %2 ...").arg(options.download.entry.name, folder));
    BuildRequest request;
    request.source = file.path;
    request.folder = folder;
    request.modelName = QFileInfo(file.path).completeBaseName();
    request.quantizedEngine = options.quantizedEngine;
    return buildSet(request);
}

int fetch(const FetchOptions& options)
{
    const bool isHereAlready = isHere(options.download.entry, options.download.folder);
    if (options.builds && !isHereAlready)
        if (const Status free = ReplacedFolder::check(options.setFolder()); !free)
            return printFailure(free.failure());
    const auto file = download(options.download);
    if (!file)
        return printFailure(file.failure());
    if (!options.asJson)
        printText(*file); // also where the build fails
    if (options.builds)
        if (const int status = buildVariantsOf(options, *file); status != exitDone)
            return status;
    if (options.asJson)
        printJsonOf(options, *file);
    return options.builds && !options.asJson ? printSet(options.setFolder(), false) : exitDone;
}

} // namespace

Prepared prepareFetch(const QStringList& arguments)
{
    CommandLine line(QStringLiteral("fetch"), Cli::tr("NAME [options]\n       vitrine fetch --list [--json]"),
                     Cli::tr("Downloads an official DeiT checkpoint and makes its variants. What is there "
                             "already is not downloaded again; what broke off is gone on with."));
    declareOptions(line);
    if (const auto status = line.parse(arguments))
        return *status;
    const auto catalogue =
        catalogueWith(line.optionalValue(QStringLiteral("catalogue")).value_or(catalogueOfEnvironment()));
    if (!catalogue)
        return printFailure(catalogue.failure());
    const FetchOptions options = readOptions(line, *catalogue);
    if (const auto status = line.wrongUsage())
        return *status;
    if (line.isSet(QStringLiteral("list")))
        return list(*catalogue, options);
    return Task{[options] { return fetch(options); }};
}

} // namespace vitrine::cli
