#pragma once

#include "ui/charts/row_chart.h"

class QLineSeries;
class QScatterSeries;

namespace vitrine {

/// The samples in the order in which they were taken: a row a variant, over the time since the benchmark
/// began, each row scaled to its own latencies, with a line at the median. Discarded warm-up passes are
/// hollow; what lies beyond a row's scale stands at its upper edge, and is counted. The row says whether
/// latency drifted.
class DriftChart : public RowChart
{
    Q_OBJECT

public:
    DriftChart();

    /// The series of one variant. x: seconds.
    struct VariantSeries
    {
        QString id;
        int colorIndex = 0;
        QScatterSeries* warmUps = nullptr;
        QScatterSeries* samples = nullptr;
        QLineSeries* medianLine = nullptr;
    };
    const std::vector<VariantSeries>& variantSeries() const { return m_series; }

protected:
    Content showComparison(const Comparison& comparison) override;
    void placeExtras(qreal barThickness) override;
    void styleSeries() override;

private:
    /// Where a row's points lie: x in seconds, y from -0.5 (the least latency) to 0.5.
    struct Trace
    {
        QList<QPointF> warmUps;
        QList<QPointF> samples;
        QList<QPointF> medianLine; ///< Empty where there is warm-up only.
        double end = 0;            ///< Seconds.
    };

    static Trace traceOf(const VariantResult& variant);
    void matchSeries(const std::vector<const VariantResult*>& variants);
    VariantSeries makeSeries(const VariantResult& variant);

    std::vector<VariantSeries> m_series;
    std::vector<Trace> m_traces;
};

} // namespace vitrine
