#pragma once

#include "ui/charts/chart_items.h"

class QLineSeries;
class QScatterSeries;

namespace vitrine {

/// Median latency in ms against the number of threads: a line a variant, so that a crossover is seen, with
/// the quartiles as a whisker at each point, and the median beside it where there is room. The tool tip of a
/// column has all of them. Shows Comparison::threadSweep, whose points are rows().
class ThreadsChart : public ComparisonChart
{
    Q_OBJECT

public:
    /// What one variant took on one number of threads, in ms.
    struct Point
    {
        int column = 0; ///< Position in the sweep.
        double lowerQuartile = 0;
        double median = 0;
        double upperQuartile = 0;
        bool operator==(const Point&) const = default;
    };
    struct Line
    {
        QString name;
        int colorIndex = 0;
        std::vector<Point> points;
        bool operator==(const Line&) const = default;
    };

    ThreadsChart();

    int comfortableHeight() const override;
    const std::vector<Line>& lines() const { return m_lines; }

protected:
    Content showComparison(const Comparison& comparison) override;
    void contentChanged(const Content& content) override;
    void arrange(const QRectF& area) override;
    void applyStyle() override;

private:
    /// What draws a line.
    struct Drawing
    {
        QLineSeries* medians = nullptr;
        QScatterSeries* dots = nullptr;
        std::unique_ptr<QGraphicsPathItem> whiskers;
        std::vector<std::unique_ptr<ChartValueItem>> values; ///< One a point.
    };

    Drawing drawingOf(const Line& line);
    void placeColumns(const QRectF& plot);
    void placeWhiskers(const Line& line, const Drawing& drawing);
    void placeValues(qreal columnWidth);

    std::vector<Line> m_lines;
    std::vector<Drawing> m_drawings;                           ///< In the order of m_lines.
    std::vector<std::unique_ptr<QGraphicsRectItem>> m_columns; ///< They carry the tool tips.
};

} // namespace vitrine
