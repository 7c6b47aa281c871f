#include "app/commands/display.h"

#include "app/commands/command.h"
#include "app/commands/console.h"
#include "app/commands/standard_output.h"
#include "core/base/literals.h"

#include <QStringList>

#include <cstring>
#include <unistd.h>
#include <vector>

namespace vitrine::cli {

namespace {

std::vector<char*> g_arguments; ///< As they came: QApplication takes some out.
QtMessageHandler g_otherHandler = nullptr;

void handleMessage(QtMsgType type, const QMessageLogContext& context, const QString& message)
{
    const bool isOfPlatform =
        context.category != nullptr && std::strncmp(context.category, "qt.qpa.", 7) == 0;
    if (type != QtFatalMsg && !isOfPlatform)
        g_otherHandler(type, context, message);
    if (type != QtFatalMsg)
        return;
    const QString name = qEnvironmentVariable("DISPLAY", qEnvironmentVariable("WAYLAND_DISPLAY"));
    printError(Cli::tr("The display %1 cannot be opened.").arg(name));
    qunsetenv("DISPLAY");
    qunsetenv("WAYLAND_DISPLAY");
    returnStandardOutput();
    ::execv("/proc/self/exe", g_arguments.data());
}

} // namespace

bool hasDisplay()
{
    static const QStringList invisible{u"offscreen"_s, u"minimal"_s, u"minimalegl"_s};
    if (invisible.contains(qEnvironmentVariable("QT_QPA_PLATFORM")))
        return false;
    return !qEnvironmentVariableIsEmpty("DISPLAY") || !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY");
}

bool windowIsPossible()
{
    return hasDisplay() || !qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM");
}

void beginAgainWithoutDisplay(int argc, char** argv)
{
    if (!hasDisplay() || !qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        return;
    g_arguments.assign(argv, argv + argc);
    g_arguments.push_back(nullptr);
    g_otherHandler = qInstallMessageHandler(handleMessage);
}

void displayIsOpen()
{
    if (g_otherHandler != nullptr)
        qInstallMessageHandler(g_otherHandler);
    g_otherHandler = nullptr;
}

} // namespace vitrine::cli
