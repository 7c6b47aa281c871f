#pragma once

#include "app/commands/model_options.h"
#include "core/measure/benchmark_plan.h"

namespace vitrine::cli {

/// What is compared, and where the results go.
struct CompareOptions
{
    ModelOptions models;
    bool calibratesThreads = false; ///< On as many as the baseline is fastest on, whatever `models` say.
    QStringList images;
    BenchmarkPlan plan;
    QString baseline;           ///< A variant's name; empty: the first.
    bool againstItself = false; ///< Measures the baseline twice, and nothing else.
    QString jsonFile;           ///< "-": standard output, and nothing else goes there. Empty: none.
    QString csvFile;            ///< Empty: none.
    QString charts;             ///< Folder; empty: none.
};

/// Measures and classifies, prints a table, writes the files. Gives the exit status.
int compare(const CompareOptions& options);

} // namespace vitrine::cli
