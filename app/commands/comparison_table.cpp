#include "app/commands/comparison_table.h"

#include "app/commands/command.h"
#include "app/commands/console.h"
#include "core/base/literals.h"
#include "core/base/tr.h"
#include "core/compare/headline.h"
#include "core/compare/thread_sweep.h"
#include "core/report/columns.h"

#include <algorithm>

namespace vitrine::cli {

namespace {

struct Text
{
    Unit unit;

    QString operator()(std::monostate) const { return u"-"_s; }
    QString operator()(const QString& text) const { return text; }
    QString operator()(const Word& word) const { return word.text; }
    QString operator()(qint64 number) const
    {
        return unit == Unit::Bytes ? bytesText(number) : QString::number(number);
    }
    QString operator()(double number) const
    {
        return unit == Unit::Share ? percentText(number)
                                   : QString::number(number, 'f', unit == Unit::Ratio ? 3 : 2);
    }
    QString operator()(const Interval& interval) const
    {
        return u"%1-%2"_s.arg(ratio(interval.low), ratio(interval.high));
    }
    QString operator()(const RatioEstimate& estimate) const
    {
        return u"%1 (%2)"_s.arg(ratio(estimate.ratio), (*this)(estimate.ci95));
    }

    static QString ratio(double number) { return QString::number(number, 'f', 3); }
};

QString cellText(const Column& column, const ResultRow& row)
{
    return whyWithheld(column, row.result).isEmpty() ? std::visit(Text{column.unit}, column.value(row))
                                                     : withheldText();
}

/// Cells tell bytes and shares with their units.
QString heading(const Column& column)
{
    const QString title = column.shortTitle ? tr(column.shortTitle) : QString::fromLatin1(column.key);
    return column.unit == Unit::Milliseconds ? Cli::tr("%1 ms").arg(title) : title;
}

/// A header, and a line a row. "-": not known. Numbers stand on the right. `corner` is the first title,
/// unless it is empty: what the table is about.
QString resultTable(const QByteArray& keys, const std::vector<ResultRow>& rows, const QString& corner = {})
{
    const ColumnList columns = columnsOf(keys);
    std::vector<QStringList> lines(1);
    QString alignment;
    for (const Column* column : columns) {
        lines.front() << heading(*column);
        alignment += column->unit == Unit::Text ? u'l' : u'r';
    }
    if (!corner.isEmpty())
        lines.front().front() = corner;
    for (const ResultRow& row : rows) {
        QStringList& line = lines.emplace_back();
        for (const Column* column : columns)
            line << cellText(*column, row);
    }
    return textTable(lines, alignment);
}

/// With what fresh processes say, if they were asked.
QString latencyTable(const std::vector<ResultRow>& rows, bool namesEngines)
{
    const bool isProbed = std::ranges::any_of(
        rows, [](const ResultRow& row) { return row.result.freshProcess->coldStart.has_value(); });
    QByteArray keys = "name n median_ms iqr_ms p90_ms p99_ms ratio_with_ci95 verdict badge";
    if (isProbed)
        keys += " cold_start_ms peak_memory_bytes";
    if (namesEngines)
        keys += " engine_text";
    return resultTable(keys, rows, Cli::tr("latency"));
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
    const auto keys = hasOwnProbabilities(comparison)
                          ? "name kind bytes top1 top1_probability scores same_top1"
                          : "name kind bytes top1 top1_probability same_top1";
    return resultTable(keys, rowsOf(comparison), Cli::tr("prediction"));
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
    const QByteArray keys = "name top1_label top1_probability bytes median_ms iqr_ms ratio_with_ci95 verdict";
    const QStringList parts{stampText(comparison.stamp), resultTable(keys, rowsOf(comparison)),
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
    const QByteArray keys = "threads name n median_ms iqr_ms ratio_with_ci95 verdict badge";
    const QStringList parts{stampText(comparison.threadSweep.front().stamp), resultTable(keys, rows),
                            ends.join(u'\n'), sweepFindings(comparison).join(u'\n')};
    return parts.join(u"\n\n"_s);
}

} // namespace vitrine::cli
