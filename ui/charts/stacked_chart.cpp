#include "ui/charts/stacked_chart.h"

#include "core/base/literals.h"
#include "ui/format.h"

#include <QBarSet>
#include <QHorizontalStackedBarSeries>

#include <array>
#include <numeric>

namespace vitrine {

namespace {

QString millisecondsText(double value)
{
    return StackedChart::tr("%1 ms").arg(formatNumber(value));
}

QString toolTipOf(const QString& label, const std::vector<LegendEntry>& parts,
                  const std::vector<double>& values)
{
    QStringList lines{label};
    for (std::size_t i = 0; i < parts.size(); ++i)
        if (values[i] > 0)
            lines << u"%1: %2"_s.arg(parts[i].name, millisecondsText(values[i]));
    return lines.join(QLatin1Char('\n'));
}

/// The colours of parts are other than those of variants.
std::vector<LegendEntry> coloured(const QStringList& parts)
{
    static constexpr std::array<QRgb, 10> palette{0x4e9fb5, 0x7cc4a4, 0xc9d66b, 0x8a6fbf, 0xd98880,
                                                  0x5471ab, 0xe3b04b, 0x9aa5b1, 0xb07aa1, 0x6b8e5a};
    std::vector<LegendEntry> entries;
    for (const QString& name : parts)
        entries.push_back({name, QColor(palette[entries.size() % palette.size()])});
    return entries;
}

} // namespace

StackedChart::StackedChart(const QString& heading, const QString& axisTitle)
    : RowChart(heading, axisTitle), m_series(new QHorizontalStackedBarSeries(this))
{
    setBars(m_series, heading);
    setLegendShown(true);
}

ComparisonChart::Content StackedChart::stacked(const QStringList& parts, const std::vector<Stack>& stacks,
                                               const QString& hint)
{
    Content content;
    content.hint = hint;
    m_parts = stacks.empty() ? std::vector<LegendEntry>() : coloured(parts);
    m_series->clear();
    for (const Stack& stack : stacks) {
        const double sum = std::accumulate(stack.parts.begin(), stack.parts.end(), 0.0);
        content.rows.push_back(
            {stack.label, millisecondsText(sum), toolTipOf(stack.label, m_parts, stack.parts)});
        content.categories << stack.id;
        content.maximum = qMax(content.maximum, sum);
    }
    for (std::size_t part = 0; part < m_parts.size(); ++part) {
        auto* set = new QBarSet(m_parts[part].name);
        set->setColor(m_parts[part].color);
        set->setBorderColor(Qt::transparent);
        for (auto stack = stacks.rbegin(); stack != stacks.rend(); ++stack)
            set->append(stack->parts[part]);
        m_series->append(set);
    }
    return content;
}

std::vector<LegendEntry> StackedChart::legendEntries(const Comparison&) const
{
    return m_parts;
}

} // namespace vitrine
