#include "ui/charts/chart_view.h"

#include "ui/charts/chart_factory.h"

#include <QEvent>

namespace vitrine {

ChartView::ChartView(ChartKind kind, QWidget* parent) : QChartView(parent), m_chart(makeChart(kind).release())
{
    setChart(m_chart);
    setObjectName(chartFileName(kind));
    setAccessibleName(m_chart->heading());
    setRenderHint(QPainter::Antialiasing);
    setFrameShape(QFrame::NoFrame);
    setBackgroundBrush(Qt::NoBrush);
    viewport()->setAutoFillBackground(false);
    setAcceptDrops(false);
    viewport()->setAcceptDrops(false);
    setFocusPolicy(Qt::NoFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    connect(m_chart, &ComparisonChart::comfortableHeightChanged, this, &ChartView::keepComfortable);
    followPalette();
}

void ChartView::setComparison(const Comparison& comparison)
{
    m_chart->setComparison(comparison);
    setAccessibleDescription(m_chart->description());
}

void ChartView::keepComfortable()
{
    constexpr int narrowest = 200;
    setMinimumSize(narrowest, m_chart->comfortableHeight());
}

void ChartView::changeEvent(QEvent* event)
{
    QChartView::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        followPalette();
}

void ChartView::followPalette()
{
    m_chart->setChartStyle(ChartStyle::of(palette(), font()));
    keepComfortable();
}

} // namespace vitrine
