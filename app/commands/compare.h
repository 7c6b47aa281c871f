#pragma once

#include "app/commands/model_options.h"
#include "app/commands/result_files.h"
#include "core/measure/benchmark_plan.h"

namespace vitrine::cli {

/// What is compared, and where the results go.
struct CompareOptions
{
    ModelOptions models;
    QStringList images;
    BenchmarkPlan plan;
    QString baseline;           ///< A variant's name; empty: the first.
    bool againstItself = false; ///< Measures the baseline twice, and nothing else.
    ResultFiles files;
};

/// Measures and classifies, prints a table, writes the files. Gives the exit status.
int compare(const CompareOptions& options);

} // namespace vitrine::cli
