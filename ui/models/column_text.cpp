#include "ui/models/column_text.h"

#include "core/base/literals.h"
#include "core/base/shown_text.h"
#include "core/base/tr.h"
#include "core/base/units.h"
#include "ui/format.h"

#include <QLocale>

namespace vitrine {

namespace {

const QChar dash(0x2013);

QString ratioText(double ratio)
{
    return QLocale().toString(ratio, 'f', 3);
}

double inUnit(double value, Unit unit)
{
    return unit == Unit::Share ? 100 * value : value;
}

struct Raw
{
    Unit unit;

    QVariant operator()(std::monostate) const { return {}; }
    QVariant operator()(qint64 number) const
    {
        return unit == Unit::Bytes ? QVariant(megabytes(number)) : QVariant(number);
    }
    QVariant operator()(double number) const { return inUnit(number, unit); }
    QVariant operator()(const QString& text) const { return text; }
    QVariant operator()(const Word& word) const { return word.text; }
    QVariant operator()(const Interval& interval) const
    {
        return ratioText(interval.low) + dash + ratioText(interval.high);
    }
    QVariant operator()(const RatioEstimate& estimate) const { return estimate.ratio; }
};

QString numberText(double value, Unit unit)
{
    switch (unit) {
    case Unit::Share:
        return QLocale().toString(value, 'f', 1);
    case Unit::Count:
        return QLocale().toString(value, 'f', 0);
    case Unit::Ratio:
        return ratioText(value);
    default:
        return formatNumber(value);
    }
}

} // namespace

QString columnHeading(const Column& column)
{
    QString title = column.title ? tr(column.title) : QString::fromLatin1(column.key);
    switch (column.unit) {
    case Unit::Milliseconds:
        return tr("%1 (ms)").arg(title);
    case Unit::Bytes:
        return tr("%1 (MB)").arg(title);
    case Unit::Share:
        return tr("%1 (%)").arg(title);
    default:
        return title;
    }
}

QVariant rawValue(const Cell& cell, Unit unit)
{
    return std::visit(Raw{unit}, cell);
}

QString columnText(const Cell& cell, Unit unit)
{
    const QVariant value = rawValue(cell, unit);
    if (value.toString().isEmpty())
        return dash;
    return value.typeId() == QMetaType::QString ? shownText(value.toString(), LineBreaks::Shown)
                                                : numberText(value.toDouble(), unit);
}

bool isText(Unit unit)
{
    return unit == Unit::Text || unit == Unit::Interval;
}

} // namespace vitrine
