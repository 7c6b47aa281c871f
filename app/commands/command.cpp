#include "app/commands/command.h"

#include "core/base/literals.h"

#include <algorithm>

namespace vitrine::cli {

const std::vector<Command>& commands()
{
    static const std::vector<Command> list{
        {u"demo"_s, Cli::tr("Show Vitrine on a model and pictures of its own"), prepareDemo},
        {u"fetch"_s, Cli::tr("Download an official DeiT checkpoint and make its variants"), prepareFetch},
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

Prepared prepareCommandLine(const QStringList& arguments)
{
    const auto command = std::ranges::find(commands(), arguments.value(0), &Command::name);
    return command == commands().end() ? prepareWindow(arguments) : command->prepare(arguments.mid(1));
}

} // namespace vitrine::cli
