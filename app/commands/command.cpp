#include "app/commands/command.h"

#include <algorithm>

namespace vitrine::cli {

const std::vector<Command>& commands()
{
    static const std::vector<Command> list{
        {QStringLiteral("demo"), Cli::tr("Show Vitrine on a model and pictures of its own"), prepareDemo},
        {QStringLiteral("fetch"), Cli::tr("Download an official DeiT checkpoint and make its variants"),
         prepareFetch},
        {QStringLiteral("build"), Cli::tr("Make the five variants of a checkpoint or script"), prepareBuild},
        {QStringLiteral("inspect"), Cli::tr("Say what files are, from their content"), prepareInspect},
        {QStringLiteral("classify"), Cli::tr("Say what models see in images"), prepareClassify},
        {QStringLiteral("compare"), Cli::tr("Predictions, sizes and latencies of variants side by side"),
         prepareCompare},
        {QStringLiteral("sweep"), Cli::tr("Latencies of variants on 1, 2, 3... threads"), prepareSweep},
        {QStringLiteral("profile"), Cli::tr("In which operators variants spend their time"), prepareProfile},
        {QStringLiteral("probe"), Cli::tr("Cold start and memory of one model, in a fresh process"),
         prepareProbe},
    };
    return list;
}

Prepared prepareCommandLine(const QStringList& arguments)
{
    const auto command = std::ranges::find(commands(), arguments.value(0), &Command::name);
    return command == commands().end() ? prepareWindow(arguments) : command->prepare(arguments.mid(1));
}

} // namespace vitrine::cli
