#include "app/commands/comparison_table.h"

#include "app/commands/command.h"
#include "app/commands/result_table.h"
#include "core/base/literals.h"
#include "core/compare/headline.h"
#include "core/compare/thread_sweep.h"
#include "core/report/provenance.h"

#include <algorithm>

namespace vitrine::cli {

namespace {

/// With what fresh processes say, if they were asked.
QString latencyTable(const std::vector<ResultRow>& rows, bool namesEngines)
{
    const bool isProbed = std::ranges::any_of(
        rows, [](const ResultRow& row) { return row.result.freshProcess->coldStart.has_value(); });
    ColumnList columns = columnsOf(
        {"name", "n", "median_ms", "iqr_ms", "p90_ms", "p99_ms", "ratio_with_ci95", "verdict", "badge"});
    if (isProbed)
        std::ranges::copy(columnsOf({"cold_start_ms", "peak_memory_bytes"}), std::back_inserter(columns));
    if (namesEngines)
        std::ranges::copy(columnsOf({"engine_text"}), std::back_inserter(columns));
    return resultTable(columns, rows, Cli::tr("latency"));
}

std::vector<ResultRow> rowsOf(const Comparison& comparison)
{
    std::vector<ResultRow> rows;
    for (const VariantResult& result : comparison.variants)
        rows.push_back(ResultRow::current(comparison, result));
    return rows;
}

QString predictionTable(const Comparison& comparison)
{
    return resultTable(columnsOf({"name", "kind", "bytes", "top1", "top1_probability", "same_top1"}),
                       rowsOf(comparison), Cli::tr("prediction"));
}

std::vector<ResultRow> sweepRows(const Comparison& comparison)
{
    std::vector<ResultRow> rows;
    for (const ThreadPoint& point : comparison.threadSweep)
        for (const VariantResult& result : point.variants)
            rows.push_back({result, nullptr, &comparison, &point.stamp});
    return rows;
}

QString selfComparisonText(const SelfComparison& self)
{
    QString text =
        latencyTable({{self.first}, {self.second}}, false) + u"\n\n"_s + benchmarkText(self.benchmark);
    if (const auto floor = self.noiseFloor())
        text += u' ' + Cli::tr("Noise floor: %1 %.").arg(100 * *floor, 0, 'f', 1);
    return text;
}

} // namespace

QString comparisonText(const Comparison& comparison)
{
    const auto& self = comparison.selfComparison;
    QStringList parts{stampText(self ? self->stamp : comparison.stamp), predictionTable(comparison)};
    if (self) {
        parts << selfComparisonText(*self);
    } else {
        parts << latencyTable(rowsOf(comparison), comparison.hasSeveralEngines());
        if (comparison.benchmark)
            parts << benchmarkText(*comparison.benchmark);
    }
    return parts.join(u"\n\n"_s);
}

QString summaryText(const Comparison& comparison)
{
    const ColumnList columns = columnsOf({"name", "top1_label", "top1_probability", "bytes", "median_ms",
                                          "iqr_ms", "ratio_with_ci95", "verdict"});
    const QStringList parts{stampText(comparison.stamp), resultTable(columns, rowsOf(comparison)),
                            headline(comparison)};
    return parts.join(u"\n\n"_s);
}

QString sweepText(const Comparison& comparison)
{
    const std::vector<ResultRow> rows = sweepRows(comparison);
    const auto isMeasured = [](const VariantResult& result) { return result.latency->n > 0; };
    if (rows.empty() && std::ranges::none_of(comparison.variants, isMeasured))
        return Cli::tr("Nothing was measured.");
    if (rows.empty())
        return Cli::tr("Measured on one number of threads only, which is no sweep:") + u"\n\n"_s +
               comparisonText(comparison);
    QStringList ends;
    for (const ThreadPoint& point : comparison.threadSweep)
        ends << threadsText(point.threads) + u": "_s + benchmarkText(point.benchmark);
    const ColumnList columns =
        columnsOf({"threads", "name", "n", "median_ms", "iqr_ms", "ratio_with_ci95", "verdict", "badge"});
    const QStringList parts{stampText(comparison.threadSweep.front().stamp), resultTable(columns, rows),
                            ends.join(u'\n'), sweepFindings(comparison).join(u'\n')};
    return parts.join(u"\n\n"_s);
}

} // namespace vitrine::cli
