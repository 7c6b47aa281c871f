#include "ui/charts/comparison_chart.h"

#include "ui/charts/chart_items.h"
#include "ui/charts/prediction_groups.h"
#include "ui/variant_colors.h"

#include <QAbstractBarSeries>
#include <QBarCategoryAxis>
#include <QFontMetricsF>
#include <QGraphicsLayout>
#include <QGraphicsPathItem>
#include <QGraphicsSceneResizeEvent>
#include <QGraphicsTextItem>
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
constexpr qreal gapAboveBars = 2;
constexpr qreal gapBelowBars = 7;
constexpr qreal gapBelowBarsAtMost = 20;

constexpr qreal exportScale = 2;

qreal maximumThickness(int barsPerRow)
{
    return barsPerRow == 1 ? 28 : 20;
}

qreal minimumThickness(int barsPerRow)
{
    return barsPerRow == 1 ? 12 : 10;
}

qreal lineHeight(const QFont& font)
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

ComparisonChart::ComparisonChart(const QString& heading, const QString& axisTitle)
    : m_card(std::make_unique<QGraphicsPathItem>(this)),
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
    makeAxes(axisTitle);
    dress(ChartStyle::forExport());
}

ComparisonChart::~ComparisonChart() = default;

void ComparisonChart::makeAxes(const QString& axisTitle)
{
    m_valueAxis = new QValueAxis(this);
    m_valueAxis->setTitleText(axisTitle);
    m_valueAxis->setTickType(QValueAxis::TicksDynamic);
    m_valueAxis->setTickAnchor(0);
    addAxis(m_valueAxis, Qt::AlignBottom);
    m_categoryAxis = new QBarCategoryAxis(this);
    m_categoryAxis->setLabelsVisible(false);
    m_categoryAxis->setGridLineVisible(false);
    m_categoryAxis->setLineVisible(false);
    addAxis(m_categoryAxis, Qt::AlignLeft);
}

void ComparisonChart::setComparison(const Comparison& comparison)
{
    Content content = showComparison(comparison);
    m_legend->setEntries(legendEntries(comparison), m_style);
    takeContent(std::move(content));
}

void ComparisonChart::takeContent(Content content)
{
    const int oldHeight = comfortableHeight();
    const bool sameShape = content.rows.size() == m_items.size();
    m_rows = std::move(content.rows);
    m_barsPerRow = qMax(1, content.barsPerRow);
    m_maximum = content.maximum;
    m_hint->setPlainText(m_rows.empty() ? content.hint : QString());
    if (!sameShape)
        makeRowItems();
    for (std::size_t i = 0; i < m_rows.size(); ++i)
        m_items[i]->setRow(m_rows[i]);
    QStringList fromBottom(content.categories.crbegin(), content.categories.crend());
    if (m_categoryAxis->categories() != fromBottom)
        m_categoryAxis->setCategories(fromBottom);
    m_valueAxis->setVisible(!m_rows.empty());
    relayout();
    if (comfortableHeight() != oldHeight)
        Q_EMIT comfortableHeightChanged();
}

void ComparisonChart::makeRowItems()
{
    m_items.clear();
    for (const ChartRow& row : m_rows) {
        m_items.push_back(std::make_unique<ChartRowItem>(m_style, this));
        m_items.back()->setRow(row);
    }
}

void ComparisonChart::setChartStyle(const ChartStyle& style)
{
    dress(style);
    makeRowItems();
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
    m_valueAxis->setLabelsFont(style.smallFont());
    m_valueAxis->setTitleFont(style.smallFont());
    m_valueAxis->setLabelsBrush(style.muted);
    m_valueAxis->setTitleBrush(style.muted);
    m_valueAxis->setLinePen(QPen(style.grid));
    m_valueAxis->setGridLinePen(QPen(style.grid));
}

void ComparisonChart::setLegendShown(bool shown)
{
    m_legend->setVisible(shown);
    relayout();
}

QString ComparisonChart::heading() const
{
    return m_heading->toPlainText();
}

QString ComparisonChart::hint() const
{
    return m_hint->toPlainText();
}

QString ComparisonChart::description() const
{
    QStringList sentences{heading() + QLatin1Char('.'), hint()};
    for (const ChartRow& row : m_rows)
        sentences << row.toolTip.simplified() + QLatin1Char('.');
    sentences.removeAll(QString());
    return sentences.join(QLatin1Char(' '));
}

qreal ComparisonChart::topOfRows() const
{
    return margin + lineHeight(m_heading->font()) + 8 + lineHeight(m_style.font) / 2;
}

qreal ComparisonChart::heightBelowRows() const
{
    const qreal axis = 2 * lineHeight(m_style.smallFont()) + 14;
    const qreal legendHeight = m_legend->isVisible() ? m_legend->flow(size().width() - 2 * margin) + 8 : 0;
    return axis + legendHeight + margin / 2;
}

int ComparisonChart::comfortableHeight() const
{
    const qreal slot = lineHeight(m_style.font) + gapAboveBars + gapBelowBars +
                       m_barsPerRow * minimumThickness(m_barsPerRow);
    const auto rowCount = static_cast<qreal>(m_rows.empty() ? 2 : m_rows.size());
    return static_cast<int>(std::ceil(topOfRows() + rowCount * slot + heightBelowRows()));
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
    const qreal below = heightBelowRows();
    if (m_legend->isVisible())
        m_legend->setPos(margin, size().height() - margin - m_legend->flow(size().width() - 2 * margin));
    const qreal width = size().width() - 2 * margin;
    const qreal available = size().height() - topOfRows() - below;
    if (m_rows.empty() || width < 20 || available < 20)
        return;
    const auto rowCount = static_cast<qreal>(m_rows.size());
    const qreal text = lineHeight(m_style.font) + gapAboveBars;
    const qreal scale = m_legend->isVisible() ? exportScale : 1;
    const qreal thickest = scale * maximumThickness(m_barsPerRow);
    const qreal most = text + m_barsPerRow * thickest + scale * gapBelowBarsAtMost;
    const qreal slot = qMin(available / rowCount, most);
    const QRectF plot(margin, topOfRows(), width, slot * rowCount);
    const qreal thickness = qBound(1.0, (slot - text - gapBelowBars) / m_barsPerRow, thickest);
    setPlotArea(plot);
    scaleValues(width);
    layout()->activate();
    if (m_bars != nullptr)
        m_bars->setBarWidth(thickness * m_barsPerRow / slot);
    placeRows(plot, thickness);
    placeExtras(thickness);
}

void ComparisonChart::placeRows(const QRectF& plot, qreal thickness)
{
    const qreal slot = plot.height() / static_cast<qreal>(m_items.size());
    const qreal group = thickness * m_barsPerRow;
    for (std::size_t i = 0; i < m_items.size(); ++i) {
        const QRectF row(plot.left(), plot.top() + static_cast<qreal>(i) * slot, plot.width(), slot);
        m_items[i]->place(row, row.center().y() - group / 2 - gapAboveBars);
    }
}

void ComparisonChart::placeHint()
{
    m_hint->setTextWidth(qMax(40.0, size().width() - 4 * margin));
    const QSizeF hintSize = m_hint->boundingRect().size();
    m_hint->setPos((size().width() - hintSize.width()) / 2, (size().height() - hintSize.height()) / 2);
}

void ComparisonChart::scaleValues(qreal width)
{
    const qreal room = qMin(headroom(), width / 2);
    const double maximum = (m_maximum > 0 ? m_maximum : 1) * width / (width - room);
    const double step = niceStep((m_maximum > 0 ? m_maximum : 1) / 4);
    const int decimals = step >= 1 ? 0 : static_cast<int>(std::ceil(-std::log10(step) - 1e-9));
    m_valueAxis->setLabelFormat(QStringLiteral("%.%1f").arg(decimals));
    m_valueAxis->setTickInterval(step);
    m_valueAxis->setRange(0, maximum);
}

void ComparisonChart::attachSeries(QAbstractSeries* series)
{
    addSeries(series);
    series->attachAxis(m_valueAxis);
    series->attachAxis(m_categoryAxis);
}

void ComparisonChart::placeExtras(qreal) {}

void ComparisonChart::applyStyle() {}

std::vector<LegendEntry> ComparisonChart::legendEntries(const Comparison& comparison) const
{
    std::vector<LegendEntry> entries;
    for (const VariantResult* variant : enabledVariants(comparison))
        entries.push_back({variant->variant.name, variantColor(variant->colorIndex)});
    return entries;
}

qreal ComparisonChart::headroom() const
{
    return 0.03 * size().width();
}

} // namespace vitrine
