#include "core/report/column_fields.h"

#include "core/base/literals.h"

#include <QJsonArray>

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

QString csvField(const Cell& cell)
{
    return std::visit(CsvField(), cell);
}

QJsonValue jsonValue(const Cell& cell)
{
    return std::visit(JsonField(), cell);
}

void addFields(QJsonObject& object, const ColumnList& columns, const ResultRow& row)
{
    for (const Column* column : columns)
        object.insert(QLatin1String(column->key), jsonValue(column->value(row)));
}

void addKnownFields(QJsonObject& object, const ColumnList& columns, const ResultRow& row)
{
    for (const Column* column : columns)
        if (const Cell cell = column->value(row); cell.index() != 0)
            object.insert(QLatin1String(column->key), jsonValue(cell));
}

} // namespace vitrine
