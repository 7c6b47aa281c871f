#pragma once

#include <QCoreApplication>
#include <QString>
#include <QStringList>

#include <vector>

namespace vitrine::cli {

/// What the process exits with.
enum ExitStatus { exitDone = 0, exitFailed = 1, exitWrongUsage = 2, exitInterrupted = 130 };

/// One verb of the command line. Runs under an application object that needs no display.
struct Command
{
    QString name;
    QString summary;                         ///< One line, for --help.
    int (*run)(const QStringList& arguments); ///< What follows the verb; returns an ExitStatus.
};

const std::vector<Command>& commands();
const Command* findCommand(const QString& name);

int runBuild(const QStringList& arguments);
int runInspect(const QStringList& arguments);
int runClassify(const QStringList& arguments);
int runCompare(const QStringList& arguments);

/// Carries the translation context of the command line: Cli::tr("...").
class Cli
{
    Q_DECLARE_TR_FUNCTIONS(vitrine::Cli)
};

} // namespace vitrine::cli
