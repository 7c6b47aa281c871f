#pragma once

#include "app/commands/command_line.h"
#include "core/compare/comparison.h"

namespace vitrine::cli {

/// --preset, --rounds, --precision, --budget, --seed, --timed and --baseline.
void addBenchmarkOptions(CommandLine& line);
/// Of all these but --baseline. Rejects in `line`.
BenchmarkPlan readBenchmarkPlan(CommandLine& line);

struct ModelOptions;

/// Where the results of a measuring command go besides its text.
struct ResultFiles
{
    QString json;   ///< "-": standard output, and nothing else goes there. Empty: none.
    QString csv;    ///< Empty: none.
    QString charts; ///< Folder; empty: none.
};

/// --json and --charts.
void addResultOptions(CommandLine& line);
ResultFiles readResultOptions(const CommandLine& line);
/// Rejects in `line` what would overwrite one of these, or something else that is lost then: see
/// output_files.h.
void rejectLosses(CommandLine& line, const ModelOptions& models, const QStringList& images,
                  const ResultFiles& files);

/// Prints `text`, or JSON in its place, and writes the files. Gives the exit status.
int reportResults(const Comparison& comparison, const QString& text, const ResultFiles& files);

/// One line each on standard error.
void printWarnings(const std::vector<MeasurementWarning>& warnings);

} // namespace vitrine::cli
