#include "ui/widgets/overview.h"

#include "ui/charts/chart_view.h"

#include <QResizeEvent>

namespace vitrine {

namespace {

constexpr int narrowestSideBySide = 790;

/// Of the width: size has the shortest texts, latency the longest.
int shareOf(ChartKind kind)
{
    return kind == ChartKind::Size ? 5 : kind == ChartKind::Latency ? 9 : 6;
}

} // namespace

Overview::Overview(QWidget* parent) : QScrollArea(parent)
{
    auto* content = new QWidget;
    m_layout = new QBoxLayout(QBoxLayout::LeftToRight, content);
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(6);
    for (const ChartKind kind : overviewChartKinds) {
        m_views.push_back(new ChartView(kind));
        m_layout->addWidget(m_views.back(), shareOf(kind));
    }
    setWidget(content);
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(tr("Overview: predictions, model size and latency"));
}

void Overview::setComparison(const Comparison& comparison)
{
    for (ChartView* view : m_views)
        view->setComparison(comparison);
}

ChartView* Overview::view(ChartKind kind) const
{
    return m_views[static_cast<std::size_t>(kind)];
}

void Overview::resizeEvent(QResizeEvent* event)
{
    const bool stacked = event->size().width() < narrowestSideBySide;
    m_layout->setDirection(stacked ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    QScrollArea::resizeEvent(event);
}

} // namespace vitrine
