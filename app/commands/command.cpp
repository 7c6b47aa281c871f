#include "app/commands/command.h"

#include "app/commands/console.h"
#include "core/base/literals.h"
#include "core/base/nearest_name.h"

#include <QFileInfo>

#include <algorithm>

namespace vitrine::cli {

const std::vector<Command>& commands()
{
    static const std::vector<Command> list{
        {u"demo"_s, Cli::tr("Show Vitrine on a model and pictures of its own"), prepareDemo},
        {u"fetch"_s, Cli::tr("Download an official checkpoint and make its variants"), prepareFetch},
        {u"build"_s, Cli::tr("Make the five variants of a checkpoint or script"), prepareBuild},
        {u"inspect"_s, Cli::tr("Say what files are, from their content"), prepareInspect},
        {u"classify"_s, Cli::tr("Say what models see in images"), prepareClassify},
        {u"compare"_s, Cli::tr("Predictions, sizes and latencies of variants side by side"), prepareCompare},
        {u"sweep"_s, Cli::tr("Latencies of variants on 1, 2, 3... threads"), prepareSweep},
        {u"profile"_s, Cli::tr("In which operators variants spend their time"), prepareProfile},
        {u"probe"_s, Cli::tr("Cold start and memory of one model, in a fresh process"), prepareProbe},
        {u"host"_s, {}, prepareHost},
    };
    return list;
}

namespace {

/// A word that could be a command, and names no file. With a dot or a slash it is a file that is missing,
/// which the window says.
bool isMistypedCommand(const QString& word)
{
    const auto isOfWord = [](QChar character) { return character.isLetter() || character == u'-'; };
    return !word.isEmpty() && !word.startsWith(u'-') && std::ranges::all_of(word, isOfWord) &&
           !QFileInfo(word).exists() && !QFileInfo(word).isSymLink();
}

int refuse(const QString& word)
{
    QStringList names;
    for (const Command& command : commands())
        if (!command.summary.isEmpty())
            names << command.name;
    const QString nearest = nearestName(names, word);
    const QString hint = nearest.isEmpty() ? Cli::tr("Commands are %1.").arg(names.join(u", "_s))
                                           : Cli::tr("Did you mean %1?").arg(nearest);
    printError(Cli::tr("There is no command and no file \"%1\". %2").arg(word, hint));
    printErr(Cli::tr("Try: %1 --help").arg(u"vitrine"_s));
    return exitWrongUsage;
}

} // namespace

Prepared prepareCommandLine(const QStringList& arguments)
{
    const auto command = std::ranges::find(commands(), arguments.value(0), &Command::name);
    if (command == commands().end() && isMistypedCommand(arguments.value(0)))
        return refuse(arguments.constFirst());
    return command == commands().end() ? prepareWindow(arguments) : command->prepare(arguments.mid(1));
}

} // namespace vitrine::cli
