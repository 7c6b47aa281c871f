#include "app/commands/command.h"
#include "app/commands/command_line.h"
#include "app/commands/console.h"
#include "app/commands/inspection.h"
#include "app/commands/model_options.h"
#include "app/commands/session_runner.h"
#include "core/base/literals.h"
#include "core/base/shown_text.h"

#include <QJsonArray>

#include <algorithm>
#include <iterator>

namespace vitrine::cli {

namespace {

struct InspectOptions
{
    QStringList paths;
    bool asJson = false;
    DeitOptions deit = {};
};

constexpr qsizetype longestList = 100;

QString listText(const QJsonArray& list)
{
    const bool isTable = !list.isEmpty() && list.first().isObject();
    if (isTable || list.size() > longestList)
        return Cli::tr("%n entries", nullptr, static_cast<int>(list.size()));
    QStringList texts;
    for (const QJsonValue& entry : list)
        texts << entry.toVariant().toString();
    return texts.join(u", "_s);
}

void addRows(std::vector<QStringList>& rows, const QString& prefix, const QJsonObject& object)
{
    for (auto entry = object.begin(); entry != object.end(); ++entry) {
        const QString name = prefix + entry.key();
        if (entry->isObject())
            addRows(rows, name + QLatin1Char('.'), entry->toObject());
        else if (entry->isArray() && !entry->toArray().isEmpty())
            rows.push_back({name, listText(entry->toArray())});
        else if (!entry->isArray() && !entry->isNull())
            rows.push_back({name, entry->toVariant().toString()});
    }
}

QString fileText(QJsonObject file)
{
    const QString path = file.take(u"path"_s).toString();
    std::vector<QStringList> rows;
    addRows(rows, u"  "_s, file);
    return shownText(path, LineBreaks::Shown) + QLatin1Char('\n') + textTable(rows, u"ll"_s);
}

void print(const std::vector<QJsonObject>& files, bool asJson, bool asArray)
{
    if (!asJson) {
        QStringList texts;
        std::ranges::transform(files, std::back_inserter(texts), fileText);
        if (!texts.isEmpty())
            printOut(texts.join(u"\n\n"_s));
        return;
    }
    QJsonArray array;
    std::ranges::copy(files, std::back_inserter(array));
    if (asArray)
        printJson(array);
    else if (!array.isEmpty())
        printJson(array.first());
}

InspectOptions readOptions(CommandLine& line)
{
    if (line.positionals().isEmpty())
        line.reject(Cli::tr("Name at least one file."));
    return {line.positionals(), line.isSet(u"json"_s), readCheckpointOptions(line)};
}

int inspect(const InspectOptions& options)
{
    SessionRunner runner;
    std::vector<QJsonObject> files;
    for (const QString& path : options.paths) {
        if (runner.wasInterrupted())
            break;
        if (const auto file = inspectFile(path, options.deit, runner))
            files.push_back(*file);
        else
            runner.fail(file.failure());
    }
    print(files, options.asJson, options.paths.size() > 1);
    return runner.status();
}

} // namespace

Prepared prepareInspect(const QStringList& arguments)
{
    CommandLine line(u"inspect"_s, Cli::tr("FILE... [--json]"),
                     Cli::tr("Says what files are, from their content: models, checkpoints, variant sets, "
                             "images."));
    addCheckpointOptions(line);
    line.addFlag(u"json"_s, Cli::tr("Print JSON: an object, or an array if several are named."));
    return prepareTask(line, arguments, readOptions, inspect);
}

} // namespace vitrine::cli
