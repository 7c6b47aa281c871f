#include "ui/charts/size_chart.h"

#include "core/base/units.h"
#include "ui/format.h"
#include "ui/shown_variants.h"

#include <QBarSet>
#include <QHorizontalStackedBarSeries>
#include <QLocale>

namespace vitrine {

SizeChart::SizeChart()
    : RowChart(tr("Model size"), tr("File size (MB = 10⁶ bytes)")),
      m_series(new QHorizontalStackedBarSeries(this))
{
    setBars(m_series, heading());
}

ComparisonChart::Content SizeChart::showComparison(const Comparison& comparison)
{
    const auto variants = enabledVariants(comparison);
    Content content;
    content.hint = tr("Drop model files here to compare their sizes.");
    m_series->clear();
    for (std::size_t i = 0; i < variants.size(); ++i) {
        const Variant& variant = variants[i]->variant;
        const QString bytes = tr("%1: %2 bytes").arg(variant.name, QLocale().toString(variant.bytes));
        content.rows.push_back({variant.name, formatMegabytes(variant.bytes), bytes});
        content.categories << variants[i]->id;
        content.maximum = qMax(content.maximum, megabytes(variant.bytes));
        auto* set = new QBarSet(variant.name);
        set->setColor(variantColor(variants[i]->colorIndex));
        set->setBorderColor(Qt::transparent);
        for (std::size_t row = variants.size(); row-- > 0;)
            set->append(row == i ? megabytes(variant.bytes) : 0);
        m_series->append(set);
    }
    return content;
}

} // namespace vitrine
