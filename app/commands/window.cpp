#include "app/commands/window.h"

#include "app/commands/command.h"
#include "app/commands/command_line.h"
#include "app/commands/console.h"
#include "app/commands/display.h"
#include "app/commands/interrupts.h"
#include "core/base/literals.h"
#include "core/base/version.h"
#include "core/engine/engine_registry.h"
#include "ui/main_window.h"

#include <QApplication>
#include <QIcon>

#include <chrono>
#include <cstdlib>

namespace vitrine::cli {

namespace {

constexpr std::chrono::seconds patience{5}; ///< With work that was cancelled by closing the window.

QString commandsText()
{
    std::vector<QStringList> rows;
    for (const Command& command : commands())
        if (!command.summary.isEmpty())
            rows.push_back({u"  "_s + command.name, command.summary});
    return Cli::tr("Commands:") + QLatin1Char('\n') + textTable(rows, u"ll"_s) + u"\n\n"_s +
           Cli::tr("vitrine COMMAND --help tells more about each.");
}

int showWindow(ComparisonSession& session, const QStringList& files, const std::optional<DemoRequest>& demo)
{
    MainWindow window(session);
    window.show();
    if (!files.isEmpty())
        window.openFiles(files);
    if (demo)
        window.showDemo(*demo);
    return QApplication::exec();
}

} // namespace

int runWindow(const QStringList& files, const std::optional<DemoRequest>& demo)
{
    QGuiApplication::setDesktopFileName(u"org.vitrine.Vitrine"_s);
    QGuiApplication::setApplicationDisplayName(u"Vitrine"_s);
    QApplication::setWindowIcon(QIcon(u":/icons/org.vitrine.Vitrine.svg"_s));

    const Interrupts interrupts; // before the session, which starts a thread
    QObject::connect(&interrupts, &Interrupts::interrupted, qApp, [&interrupts] {
        QApplication::closeAllWindows();
        QCoreApplication::exit(interrupts.exitStatus());
    });
    ComparisonSession session(EngineRegistry::installed(), {QCoreApplication::applicationFilePath()});
    session.setHost({QCoreApplication::applicationFilePath()});
    const int status = showWindow(session, files, demo);
    if (!session.stop(patience))
        std::_Exit(status); // a model hangs; all that is remembered was written when the window closed
    return status;
}

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
