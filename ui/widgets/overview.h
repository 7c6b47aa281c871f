#pragma once

#include "core/compare/comparison.h"
#include "ui/charts/comparison_chart.h"

#include <QBoxLayout>
#include <QScrollArea>

namespace vitrine {

class ChartView;

/// The three charts at once: side by side where there is room, else one below the other.
class Overview : public QScrollArea
{
    Q_OBJECT

public:
    explicit Overview(QWidget* parent = nullptr);

    void setComparison(const Comparison& comparison);
    ChartView* view(ChartKind kind) const;
    bool isStacked() const { return m_layout->direction() == QBoxLayout::TopToBottom; }

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QBoxLayout* m_layout;
    std::vector<ChartView*> m_views; ///< In the order of allChartKinds.
};

} // namespace vitrine
