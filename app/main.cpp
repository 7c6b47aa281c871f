#include "app/commands/command.h"
#include "app/commands/display.h"
#include "app/commands/standard_output.h"
#include "core/base/literals.h"

#include <QApplication>
#include <QLoggingCategory>

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

int run(int argc, char** argv)
{
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
