#pragma once

#include "ui/charts/comparison_chart.h"

#include <QChartView>

namespace vitrine {

/// Shows one chart of the window: takes colours and font from the palette, keeps enough height for the
/// chart's texts, and says what it shows to assistive technology.
class ChartView : public QChartView
{
    Q_OBJECT

public:
    explicit ChartView(ChartKind kind, QWidget* parent = nullptr);

    void setComparison(const Comparison& comparison);
    ComparisonChart* comparisonChart() const { return m_chart; }
    /// What is comfortable: it grows into whatever there is.
    QSize sizeHint() const override { return minimumSize(); }

protected:
    void changeEvent(QEvent* event) override;

private:
    void followPalette();
    void keepComfortable();

    ComparisonChart* m_chart;
};

} // namespace vitrine
