#pragma once

#include "app/commands/command_line.h"
#include "core/session/comparison_session.h"

namespace vitrine::cli {

/// Which models a command runs, and how: what all commands that run models have in common.
struct ModelOptions
{
    QStringList models;        ///< Files, in order; the same one may occur twice.
    QString set;               ///< A variant set's folder; empty: none.
    QString labelsFile;        ///< Overrides what the models bring; empty: nothing.
    bool labelsAnyway = false; ///< Though their number does not fit.
    DeitOptions deit;          ///< Of checkpoints.
    QString preprocess;        ///< Changes what the models bring; empty: nothing.
    RunSettings settings;
    QStringList engines; ///< More than one: quantized variants run once under each.
    HostSettings host = {};
    bool triesAgain = false;        ///< What has crashed or hung before.
    bool calibratesThreads = false; ///< On as many as the baseline is fastest on, whatever `settings` say.
};

void addModelOptions(CommandLine& line);
/// All but the number of threads. Checks what can be checked without opening a file. Rejects in `line`.
ModelOptions readModelOptions(CommandLine& line);

void addEngineOption(CommandLine& line);
/// Empty when none is named. One that no engine here has is rejected in `line`.
QString readEngine(CommandLine& line);
/// The same for a list that is joined by commas.
QStringList readEngines(CommandLine& line);

void addHostOptions(CommandLine& line); ///< --no-host, --time-limit and --memory-limit
HostSettings readHostOptions(CommandLine& line);

void addThreadsOption(CommandLine& line); ///< --threads, 1 by default.
/// Rejected in `line` if it is above mostThreads().
int readThreads(CommandLine& line);
/// The same where the default is ModelOptions::calibratesThreads.
void addCalibratedThreadsOption(CommandLine& line);
void readCalibratedThreads(CommandLine& line, ModelOptions& options);

void addFileOperatorsOption(CommandLine& line); ///< --allow-file-operators
FileOperators readFileOperators(const CommandLine& line);

void addInputOptions(CommandLine& line);      ///< --labels, --labels-anyway and --preprocess
void addCheckpointOptions(CommandLine& line); ///< --heads and --weights
DeitOptions readCheckpointOptions(CommandLine& line);
void addPreprocessOption(CommandLine& line);
/// The text of --preprocess, rejected in `line` if it could not be right for any model.
QString readPreprocess(CommandLine& line);

} // namespace vitrine::cli
