#pragma once

#include <QCoreApplication>
#include <QString>
#include <QStringList>

#include <functional>
#include <variant>
#include <vector>

namespace vitrine::cli {

/// What the process exits with,
/// or 128 and the number of the signal that ended it.
enum ExitStatus { exitDone = 0, exitFailed = 1, exitWrongUsage = 2, exitInterrupted = 130 };

/// Work that is left once the arguments are known to be good. Runs under a QApplication.
struct Task
{
    std::function<int()> run;  ///< Returns an ExitStatus.
    bool needsDisplay = false; ///< Others run on Qt's offscreen platform.
};

/// A task, or the exit status when there is nothing to do: help was printed, the usage was wrong.
using Prepared = std::variant<int, Task>;

/// One verb of the command line.
struct Command
{
    QString name;
    QString summary; ///< One line, for --help; empty: it is for Vitrine itself, and not listed.
    Prepared (*prepare)(const QStringList& arguments); ///< What follows the verb.
};

const std::vector<Command>& commands();
/// Tells commands from files: `vitrine classify ...` or `vitrine [FILES...]`. A bare word that is neither is
/// wrong usage.
Prepared prepareCommandLine(const QStringList& arguments);

Prepared prepareBuild(const QStringList& arguments);
Prepared prepareFetch(const QStringList& arguments);
Prepared prepareInspect(const QStringList& arguments);
Prepared prepareClassify(const QStringList& arguments);
Prepared prepareCompare(const QStringList& arguments);
Prepared prepareSweep(const QStringList& arguments);
Prepared prepareProfile(const QStringList& arguments);
Prepared prepareProbe(const QStringList& arguments);
Prepared prepareHost(const QStringList& arguments);
Prepared prepareDemo(const QStringList& arguments);
Prepared prepareWindow(const QStringList& arguments);

/// Carries the translation context of the command line: Cli::tr("...").
class Cli
{
    Q_DECLARE_TR_FUNCTIONS(vitrine::Cli)
};

} // namespace vitrine::cli
