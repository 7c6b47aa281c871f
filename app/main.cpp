#include "app/commands/command.h"
#include "app/commands/display.h"
#include "app/commands/standard_output.h"
#include "core/base/literals.h"

#include <QApplication>
#include <QLoggingCategory>

#include <pwd.h>
#include <unistd.h>

using namespace vitrine;
using namespace vitrine::cli;

namespace {

/// Reading arguments needs no display; --help and --version work anywhere.
Prepared prepare(int& argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    return prepareCommandLine(QCoreApplication::arguments().mid(1));
}

/// Standard error is for what concerns the user; QT_LOGGING_RULES brings Qt's own remarks back.
void prepareTerminal()
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QLoggingCategory::setFilterRules(u"*.warning=false"_s);
}

QtMessageHandler g_handlerOfQt = nullptr;

/// What Qt says of XDG_RUNTIME_DIR, which Vitrine does not use, passes by all categories.
void passRemarks(QtMsgType type, const QMessageLogContext& context, const QString& message)
{
    if (!message.startsWith(u"QStandardPaths: "_s))
        g_handlerOfQt(type, context, message);
}

/// As a service starts it. Without one, Qt would keep things in the root folder.
void findHome()
{
    const passwd* user = qEnvironmentVariableIsEmpty("HOME") ? getpwuid(getuid()) : nullptr;
    if (user != nullptr)
        qputenv("HOME", user->pw_dir);
}

int run(int argc, char** argv)
{
    g_handlerOfQt = qInstallMessageHandler(passRemarks);
    findHome();
    QCoreApplication::setApplicationName(u"vitrine"_s);
    const Prepared prepared = prepare(argc, argv);
    if (const int* status = std::get_if<int>(&prepared))
        return *status;

    const Task& task = std::get<Task>(prepared);
    if (!task.needsDisplay)
        prepareTerminal();
    beginAgainWithoutDisplay(argc, argv);
    const QApplication application(argc, argv);
    displayIsOpen();
    return task.run();
}

} // namespace

int main(int argc, char** argv)
{
    claimStandardOutput();
    return statusAfterOutput(run(argc, argv));
}
