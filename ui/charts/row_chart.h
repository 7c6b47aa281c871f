#pragma once

#include "ui/charts/chart_items.h"

class QAbstractBarSeries;

namespace vitrine {

/// A chart of rows from the top, with their text above horizontal bars, so that long names need no room
/// beside them; a value axis below. The row r of n lies at n - 1 - r on the category axis.
class RowChart : public ComparisonChart
{
    Q_OBJECT

public:
    int comfortableHeight() const override;

protected:
    RowChart(const QString& heading, const QString& valueTitle);

    void contentChanged(const Content& content) override;
    void arrange(const QRectF& area) override;
    void applyStyle() override;
    /// Gives the series their colours.
    virtual void styleSeries() {}
    /// Called when geometry or rows have changed; `barThickness` in pixels.
    virtual void placeExtras(qreal /*barThickness*/) {}
    /// Pixels to keep free beyond the longest bar.
    virtual qreal headroom() const { return 0.03 * size().width(); }

    /// Attaches the series whose bars have the thickness of the rows.
    void setBars(QAbstractBarSeries* bars, const QString& name);

private:
    void makeRowItems();
    void placeRows(const QRectF& plot, qreal thickness);

    QAbstractBarSeries* m_bars = nullptr;
    std::vector<std::unique_ptr<ChartRowItem>> m_items;
    int m_barsPerRow = 1;
    double m_maximum = 0;
};

} // namespace vitrine
