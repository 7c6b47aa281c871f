#include "app/commands/result_table.h"

#include "app/commands/command.h"
#include "app/commands/console.h"
#include "core/base/literals.h"
#include "core/base/tr.h"

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

} // namespace

QString resultTable(const ColumnList& columns, const std::vector<ResultRow>& rows, const QString& corner)
{
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

} // namespace vitrine::cli
