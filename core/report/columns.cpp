#include "core/report/columns.h"

#include "core/base/literals.h"
#include "core/base/tr.h"

#include <QJsonArray>

#include <algorithm>

namespace vitrine {

namespace {

struct CsvField
{
    QString operator()(std::monostate) const { return {}; }
    QString operator()(qint64 number) const { return QString::number(number); }
    QString operator()(double number) const { return QString::number(number, 'g', 9); }
    QString operator()(const Word& word) const { return (*this)(word.name); }
    QString operator()(const RatioEstimate& estimate) const { return (*this)(estimate.ratio); }
    QString operator()(const Interval& interval) const
    {
        return (*this)(interval.low) + u' ' + (*this)(interval.high);
    }
    QString operator()(QString text) const
    {
        if (!text.isEmpty() && u"=+-@\t\r"_s.contains(text.front()))
            text.prepend(u'\'');
        const bool mustQuote =
            text.contains(u',') || text.contains(u'"') || text.contains(u'\n') || text.contains(u'\r');
        return mustQuote ? u'"' + text.replace(u'"', u"\"\""_s) + u'"' : text;
    }
};

struct JsonField
{
    QJsonValue operator()(std::monostate) const { return {}; }
    QJsonValue operator()(qint64 number) const { return number; }
    QJsonValue operator()(double number) const { return number; }
    QJsonValue operator()(const QString& text) const { return text; }
    QJsonValue operator()(const Word& word) const { return word.name; }
    QJsonValue operator()(const Interval& interval) const { return QJsonArray{interval.low, interval.high}; }
    QJsonValue operator()(const RatioEstimate& estimate) const { return estimate.ratio; }
};

} // namespace

ResultRow ResultRow::current(const Comparison& comparison, const VariantResult& result)
{
    return {result, comparison.image(comparison.currentImageId), &comparison, &comparison.stamp};
}

ColumnList columnsOf(const char* keys)
{
    ColumnList list;
    for (const QString& key : QString::fromLatin1(keys).split(u' ')) {
        const auto found = std::ranges::find(columnTable(), key,
                                             [](const Column& column) { return QLatin1String(column.key); });
        if (found == columnTable().end())
            qFatal("There is no column \"%s\".", qUtf8Printable(key));
        list.push_back(&*found);
    }
    return list;
}

QString whyWithheld(const Column& column, const VariantResult& result)
{
    if (column.leastRounds > 0 && result.verdict == Verdict::TooFewSamples)
        return tr("It takes %1 rounds in common with the baseline.").arg(column.leastRounds);
    const int n = result.latency->n;
    if (n > 0 && n < column.leastSamples)
        return tr("%1 samples are too few for it; there must be %2.").arg(n).arg(column.leastSamples);
    return {};
}

QString withheldText()
{
    return tr("n too small");
}

Cell statedValue(const Column& column, const ResultRow& row)
{
    return whyWithheld(column, row.result).isEmpty() ? column.value(row) : Cell();
}

QString csvField(const Cell& cell)
{
    return std::visit(CsvField(), cell);
}

QJsonValue jsonValue(const Cell& cell)
{
    return std::visit(JsonField(), cell);
}

void addFields(QJsonObject& object, const char* keys, const ResultRow& row)
{
    for (const Column* column : columnsOf(keys))
        object.insert(QLatin1String(column->key), jsonValue(column->value(row)));
}

void addKnownFields(QJsonObject& object, const char* keys, const ResultRow& row)
{
    for (const Column* column : columnsOf(keys))
        if (const Cell cell = column->value(row); cell.index() != 0)
            object.insert(QLatin1String(column->key), jsonValue(cell));
}

} // namespace vitrine
