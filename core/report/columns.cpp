#include "core/report/columns.h"

#include "core/base/literals.h"
#include "core/base/tr.h"

#include <algorithm>

namespace vitrine {

ResultRow ResultRow::current(const Comparison& comparison, const VariantResult& result)
{
    return {result, comparison.image(comparison.currentImageId), &comparison, &comparison.stamp};
}

ColumnList columnsOf(std::initializer_list<const char*> keys)
{
    ColumnList list;
    for (const char* key : keys) {
        const auto found = std::ranges::find(columnTable(), QLatin1String(key),
                                             [](const Column& column) { return QLatin1String(column.key); });
        if (found == columnTable().end())
            qFatal("There is no column \"%s\".", key);
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

} // namespace vitrine
