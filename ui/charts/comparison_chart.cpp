#include "ui/charts/comparison_chart.h"

#include "core/base/literals.h"
#include "ui/charts/chart_items.h"
#include "ui/shown_variants.h"

#include <QBarCategoryAxis>
#include <QFontMetricsF>
#include <QGraphicsLayout>
#include <QGraphicsPathItem>
#include <QGraphicsSceneResizeEvent>
#include <QLegend>
#include <QTextDocument>
#include <QTextOption>
#include <QValueAxis>

#include <cmath>

namespace vitrine {

namespace {

constexpr qreal margin = 12;
constexpr qreal cardRoundness = 6;
constexpr qreal cardLayer = -10;

qreal heightOf(const QFont& font)
{
    return QFontMetricsF(font).height();
}

/// 1, 2 or 5 times a power of ten.
double niceStep(double rough)
{
    const double power = std::pow(10.0, std::floor(std::log10(rough)));
    for (const double factor : {1.0, 2.0, 5.0})
        if (rough <= factor * power)
            return factor * power;
    return 10 * power;
}

} // namespace

ComparisonChart::ComparisonChart(const QString& heading, const QString& valueTitle, Qt::Alignment valueEdge,
                                 Qt::Alignment categoryEdge)
    : m_valueAxis(new QValueAxis(this)), m_categoryAxis(new QBarCategoryAxis(this)),
      m_card(std::make_unique<QGraphicsPathItem>(this)),
      m_heading(std::make_unique<QGraphicsTextItem>(heading, this)),
      m_hint(std::make_unique<QGraphicsTextItem>(this)), m_legend(std::make_unique<ChartLegend>(this))
{
    setAnimationOptions(QChart::NoAnimation);
    setBackgroundVisible(false); // Qt does not resize it once the plot area is fixed.
    m_card->setZValue(cardLayer);
    setMargins({});
    layout()->setContentsMargins(0, 0, 0, 0);
    legend()->hide();
    m_legend->hide();
    m_heading->document()->setDocumentMargin(0);
    m_hint->document()->setDefaultTextOption(QTextOption(Qt::AlignHCenter));
    m_valueAxis->setTitleText(valueTitle);
    m_valueAxis->setTickType(QValueAxis::TicksDynamic);
    m_valueAxis->setTickAnchor(0);
    addAxis(m_valueAxis, valueEdge);
    m_categoryAxis->setGridLineVisible(false);
    addAxis(m_categoryAxis, categoryEdge);
    dress(ChartStyle::forExport());
}

ComparisonChart::~ComparisonChart() = default;

void ComparisonChart::setComparison(const Comparison& comparison)
{
    Content content = showComparison(comparison);
    m_legend->setEntries(legendEntries(comparison), m_style);
    const int oldHeight = comfortableHeight();
    m_rows = std::move(content.rows);
    m_hint->setPlainText(m_rows.empty() ? content.hint : QString());
    m_valueAxis->setVisible(!m_rows.empty());
    contentChanged(content);
    relayout();
    if (comfortableHeight() != oldHeight)
        Q_EMIT comfortableHeightChanged();
}

void ComparisonChart::setChartStyle(const ChartStyle& style)
{
    dress(style);
    applyStyle();
    relayout();
}

void ComparisonChart::dress(const ChartStyle& style)
{
    m_style = style;
    m_card->setBrush(style.background);
    m_card->setPen(style.grid);
    m_heading->setFont(style.titleFont());
    m_heading->setDefaultTextColor(style.text);
    m_hint->setFont(style.font);
    m_hint->setDefaultTextColor(style.muted);
    for (QAbstractAxis* axis : std::initializer_list<QAbstractAxis*>{m_valueAxis, m_categoryAxis}) {
        axis->setLabelsFont(style.smallFont());
        axis->setTitleFont(style.smallFont());
        axis->setLabelsBrush(style.muted);
        axis->setTitleBrush(style.muted);
        axis->setLinePen(QPen(style.grid));
        axis->setGridLinePen(QPen(style.grid));
    }
}

void ComparisonChart::setLegendShown(bool shown)
{
    m_legend->setVisible(shown);
    relayout();
}

QString ComparisonChart::description() const
{
    QStringList sentences{heading() + QLatin1Char('.'), hint()};
    for (const ChartRow& row : m_rows)
        sentences << row.toolTip.simplified() + QLatin1Char('.');
    sentences.removeAll(QString());
    return sentences.join(QLatin1Char(' '));
}

bool ComparisonChart::isForExport() const
{
    return m_legend->isVisible();
}

qreal ComparisonChart::lineHeight() const
{
    return heightOf(m_style.font);
}

qreal ComparisonChart::heightAbove() const
{
    return margin + heightOf(m_heading->font()) + 8 + lineHeight() / 2;
}

qreal ComparisonChart::heightBelow() const
{
    const qreal axis = 2 * heightOf(m_style.smallFont()) + 14;
    const qreal legendHeight = m_legend->isVisible() ? m_legend->flow(size().width() - 2 * margin) + 8 : 0;
    return axis + legendHeight + margin / 2;
}

void ComparisonChart::resizeEvent(QGraphicsSceneResizeEvent* event)
{
    QChart::resizeEvent(event);
    relayout();
}

void ComparisonChart::relayout()
{
    QPainterPath card;
    card.addRoundedRect(QRectF(QPointF(), size()).adjusted(0.5, 0.5, -0.5, -0.5), cardRoundness,
                        cardRoundness);
    m_card->setPath(card);
    m_heading->setPos(margin, margin);
    placeHint();
    const qreal width = size().width() - 2 * margin;
    if (m_legend->isVisible())
        m_legend->setPos(margin, size().height() - margin - m_legend->flow(width));
    const QRectF area(margin, heightAbove(), width, size().height() - heightAround());
    if (!m_rows.empty() && area.width() >= 20 && area.height() >= 20)
        arrange(area);
}

void ComparisonChart::placeHint()
{
    m_hint->setTextWidth(qMax(40.0, size().width() - 4 * margin));
    const QSizeF hintSize = m_hint->boundingRect().size();
    m_hint->setPos((size().width() - hintSize.width()) / 2, (size().height() - hintSize.height()) / 2);
}

void ComparisonChart::scaleValues(double maximum, qreal length, qreal room)
{
    const double most = maximum > 0 ? maximum : 1;
    const double step = niceStep(most / 4);
    const int decimals = step >= 1 ? 0 : static_cast<int>(std::ceil(-std::log10(step) - 1e-9));
    m_valueAxis->setLabelFormat(u"%.%1f"_s.arg(decimals));
    m_valueAxis->setTickInterval(step);
    m_valueAxis->setRange(0, most * length / (length - qMin(room, length / 2)));
}

void ComparisonChart::attachSeries(QAbstractSeries* series, const QString& name)
{
    series->setName(name);
    addSeries(series);
    series->attachAxis(m_valueAxis);
    series->attachAxis(m_categoryAxis);
}

std::vector<LegendEntry> ComparisonChart::legendEntries(const Comparison& comparison) const
{
    std::vector<LegendEntry> entries;
    for (const VariantResult* variant : enabledVariants(comparison))
        entries.push_back({variant->variant.name, variantColor(variant->colorIndex)});
    return entries;
}

} // namespace vitrine
