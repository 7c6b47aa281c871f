#include "app/commands/comparison_table.h"

#include "app/commands/command.h"
#include "app/commands/console.h"

#include <algorithm>

namespace vitrine::cli {

namespace {

using std::chrono::nanoseconds;

const QString& unknown()
{
    static const QString dash = QStringLiteral("-");
    return dash;
}

QString milliseconds(nanoseconds duration)
{
    return QString::number(std::chrono::duration<double, std::milli>(duration).count(), 'f', 2);
}

QStringList latencyCells(const LatencySummary& latency, const LatencySummary& baseline)
{
    if (latency.n == 0)
        return {unknown(), unknown(), unknown(), QStringLiteral("0"), unknown()};
    const QString ratio = baseline.n == 0 ? unknown()
                                          : QString::number(static_cast<double>(latency.median.count()) /
                                                                static_cast<double>(baseline.median.count()),
                                                            'f', 3);
    return {milliseconds(latency.median), milliseconds(latency.interquartileRange()),
            milliseconds(latency.minimum), QString::number(latency.n), ratio};
}

QStringList predictionCells(const Variant& variant, const Prediction* prediction)
{
    if (!prediction || prediction->classification.top.empty())
        return {unknown(), unknown()};
    const ClassScore& best = prediction->classification.top.front();
    return {QStringLiteral("%1 %2").arg(best.index).arg(labelFor(variant.labels, best.index)),
            percentText(best.probability)};
}

QStringList coldCells(const VariantResult& result)
{
    return {result.coldStart ? milliseconds(result.coldStart->total()) : unknown(),
            result.peakMemoryBytes ? bytesText(*result.peakMemoryBytes) : unknown()};
}

/// "2 of 3": on how many images the first class is the baseline's.
QString agreementCell(const Comparison& comparison, const VariantResult& result)
{
    const VariantResult* baseline = comparison.baseline();
    const auto top = [&](const ImageResult& image, const QString& id) {
        const Prediction* prediction = comparison.prediction(image.id, id);
        return prediction && !prediction->classification.top.empty()
                   ? prediction->classification.top.front().index
                   : -1;
    };
    const auto same = std::ranges::count_if(comparison.images, [&](const ImageResult& image) {
        return baseline && top(image, result.id) >= 0 && top(image, result.id) == top(image, baseline->id);
    });
    return Cli::tr("%1 of %2").arg(same).arg(comparison.images.size());
}

QStringList row(const Comparison& comparison, const VariantResult& result)
{
    const VariantResult* baseline = comparison.baseline();
    const QString kind = kindName(result.variant.kind);
    return QStringList{result.variant.name, kind, bytesText(result.variant.bytes)} +
           predictionCells(result.variant, comparison.prediction(comparison.currentImageId, result.id)) +
           latencyCells(result.latency, baseline ? baseline->latency : LatencySummary{}) +
           QStringList{agreementCell(comparison, result)} + coldCells(result);
}

QString stampText(const MachineStamp& stamp)
{
    return Cli::tr("%1 %2, %3, threads: %4, quantized engine: %5, %6")
        .arg(stamp.engineName, stamp.engineVersion, stamp.blas)
        .arg(stamp.threads)
        .arg(stamp.quantizedEngine.isEmpty() ? unknown() : stamp.quantizedEngine, stamp.cpuModel);
}

} // namespace

QString comparisonText(const Comparison& comparison)
{
    std::vector<QStringList> rows{{Cli::tr("name"), Cli::tr("kind"), Cli::tr("size"), Cli::tr("top-1"),
                                   Cli::tr("probability"), Cli::tr("median ms"), Cli::tr("IQR ms"),
                                   Cli::tr("min ms"), Cli::tr("n"), Cli::tr("ratio"), Cli::tr("same top-1"),
                                   Cli::tr("cold start ms"), Cli::tr("memory")}};
    for (const VariantResult& result : comparison.variants)
        rows.push_back(row(comparison, result));
    return stampText(comparison.stamp) + QStringLiteral("\n\n") +
           textTable(rows, QStringLiteral("llrlrrrrrrrrr"));
}

} // namespace vitrine::cli
