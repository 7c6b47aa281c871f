#include "app/commands/command.h"

#include <QApplication>

using namespace vitrine::cli;

namespace {

/// Reading arguments needs no display; --help and --version work anywhere.
Prepared prepare(int& argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    return prepareCommandLine(QCoreApplication::arguments().mid(1));
}

} // namespace

int main(int argc, char** argv)
{
    QCoreApplication::setApplicationName(QStringLiteral("vitrine"));
    const Prepared prepared = prepare(argc, argv);
    if (const int* status = std::get_if<int>(&prepared))
        return *status;

    const Task& task = std::get<Task>(prepared);
    if (!task.needsDisplay)
        qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication application(argc, argv);
    return task.run();
}
