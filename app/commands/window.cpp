#include "app/window.h"
#include "app/commands/command.h"
#include "app/commands/command_line.h"
#include "app/commands/console.h"
#include "app/commands/display.h"
#include "core/base/literals.h"
#include "core/base/version.h"

namespace vitrine::cli {

namespace {

QString commandsText()
{
    std::vector<QStringList> rows;
    for (const Command& command : commands())
        rows.push_back({u"  "_s + command.name, command.summary});
    return Cli::tr("Commands:") + QLatin1Char('\n') + textTable(rows, u"ll"_s) + u"\n\n"_s +
           Cli::tr("vitrine COMMAND --help tells more about each.");
}

} // namespace

Prepared prepareWindow(const QStringList& arguments)
{
    CommandLine line({}, Cli::tr("[FILES...]\n       vitrine COMMAND ..."),
                     Cli::tr("Compares the deployable forms of a vision transformer. Opens the window, with "
                             "FILES in it: images, models, checkpoints, variant sets."));
    line.addFlag(u"version"_s, Cli::tr("Print the version and exit."));
    line.setEpilogue(commandsText());
    if (const auto status = line.parse(arguments))
        return *status;
    if (line.isSet(u"version"_s)) {
        printOut(u"vitrine "_s + version());
        return exitDone;
    }
    if (!windowIsPossible()) {
        printError(Cli::tr("There is no display to open the window on. See vitrine --help for commands that "
                           "need none."));
        return exitFailed;
    }
    return Task{[files = line.positionals()] { return runWindow(files); }, true};
}

} // namespace vitrine::cli
