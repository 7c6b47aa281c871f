#include "app/commands/display.h"

#include <QtGlobal>

namespace vitrine::cli {

bool hasDisplay()
{
    return !qEnvironmentVariableIsEmpty("DISPLAY") || !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY");
}

bool windowIsPossible()
{
    return hasDisplay() || !qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM");
}

} // namespace vitrine::cli
