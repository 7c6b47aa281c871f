#include "app/commands/command.h"

#include <algorithm>

namespace vitrine::cli {

const std::vector<Command>& commands()
{
    static const std::vector<Command> list{
        {QStringLiteral("build"), Cli::tr("Make the five variants of a checkpoint or script"), runBuild},
        {QStringLiteral("inspect"), Cli::tr("Say what files are, from their content"), runInspect},
        {QStringLiteral("classify"), Cli::tr("Say what models see in images"), runClassify},
        {QStringLiteral("compare"), Cli::tr("Predictions, sizes and latencies of variants side by side"),
         runCompare},
    };
    return list;
}

const Command* findCommand(const QString& name)
{
    const auto found = std::ranges::find(commands(), name, &Command::name);
    return found == commands().end() ? nullptr : &*found;
}

} // namespace vitrine::cli
