#include "app/commands/comparison_table.h"

#include "app/commands/command.h"
#include "app/commands/console.h"
#include "core/base/literals.h"
#include "core/compare/headline.h"
#include "core/compare/thread_sweep.h"
#include "core/report/provenance.h"

#include <algorithm>

namespace vitrine::cli {

namespace {

using std::chrono::nanoseconds;

const QString& unknown()
{
    static const QString dash = u"-"_s;
    return dash;
}

/// Of a variant with `n` samples, where a number is withheld.
QString withheld(int n)
{
    return n == 0 ? unknown() : Cli::tr("n too small");
}

QString milliseconds(nanoseconds duration)
{
    return QString::number(std::chrono::duration<double, std::milli>(duration).count(), 'f', 2);
}

QString ratioCell(const VariantResult& result)
{
    if (!result.ratio)
        return result.verdict == Verdict::Baseline ? u"1"_s : withheld(result.latency.n);
    const auto text = [](double ratio) { return QString::number(ratio, 'f', 3); };
    return u"%1 (%2-%3)"_s.arg(text(result.ratio->ratio), text(result.ratio->ci95.low),
                               text(result.ratio->ci95.high));
}

QString badgeCell(const VariantResult& result)
{
    return result.badge ? badgeText(*result.badge) : withheld(result.latency.n);
}

QString verdictCell(const VariantResult& result)
{
    return result.verdict == Verdict::Unmeasured ? unknown() : verdictText(result.verdict);
}

/// Median and inter-quartile range.
QStringList latencyCells(const LatencySummary& latency)
{
    if (latency.n == 0)
        return {unknown(), unknown()};
    const bool isKnown = latency.n >= samplesForBadge;
    return {milliseconds(latency.median),
            isKnown ? milliseconds(latency.interquartileRange()) : withheld(latency.n)};
}

QStringList latencyRow(const VariantResult& result)
{
    const LatencySummary& latency = result.latency;
    const auto percentile = [&](const std::optional<nanoseconds>& value) {
        return value ? milliseconds(*value) : withheld(latency.n);
    };
    return QStringList{result.variant.name, QString::number(latency.n)} + latencyCells(latency) +
           QStringList{percentile(latency.p90), percentile(latency.p99), ratioCell(result),
                       verdictCell(result), badgeCell(result)};
}

QStringList coldCells(const VariantResult& result)
{
    return {result.coldStart ? milliseconds(result.coldStart->total()) : unknown(),
            result.peakMemoryBytes ? bytesText(*result.peakMemoryBytes) : unknown()};
}

QStringList engineCells(const VariantResult& result)
{
    const QString engine = QString(result.engineName + u' ' + result.engineVersion).trimmed();
    return {engine.isEmpty() ? unknown() : engine};
}

/// With what fresh processes say, if they were asked.
QString latencyTable(const std::vector<const VariantResult*>& variants, bool namesEngines)
{
    const bool isProbed =
        std::ranges::any_of(variants, [](const auto* result) { return result->coldStart.has_value(); });
    QStringList header{Cli::tr("latency"),      Cli::tr("n"),       Cli::tr("median ms"),
                       Cli::tr("IQR ms"),       Cli::tr("p90 ms"),  Cli::tr("p99 ms"),
                       Cli::tr("ratio (95 %)"), Cli::tr("verdict"), Cli::tr("badge")};
    if (isProbed)
        header << Cli::tr("cold start ms") << Cli::tr("memory");
    if (namesEngines)
        header << Cli::tr("engine");
    std::vector<QStringList> rows{header};
    for (const VariantResult* result : variants)
        rows.push_back(latencyRow(*result) + (isProbed ? coldCells(*result) : QStringList()) +
                       (namesEngines ? engineCells(*result) : QStringList()));
    return textTable(rows, isProbed ? u"lrrrrrrllrrl"_s : u"lrrrrrrlll"_s);
}

QStringList predictionCells(const Variant& variant, const Prediction* prediction)
{
    if (!prediction || prediction->classification.top.empty())
        return {unknown(), unknown()};
    const ClassScore& best = prediction->classification.top.front();
    return {u"%1 %2"_s.arg(best.index).arg(labelFor(variant.labels, best.index)),
            percentText(best.probability)};
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

QStringList predictionRow(const Comparison& comparison, const VariantResult& result)
{
    const QString kind = kindName(result.variant.kind);
    return QStringList{result.variant.name, kind, bytesText(result.variant.bytes)} +
           predictionCells(result.variant, comparison.prediction(comparison.currentImageId, result.id)) +
           QStringList{agreementCell(comparison, result)};
}

QString predictionTable(const Comparison& comparison)
{
    std::vector<QStringList> rows{{Cli::tr("prediction"), Cli::tr("kind"), Cli::tr("size"), Cli::tr("top-1"),
                                   Cli::tr("probability"), Cli::tr("same top-1")}};
    for (const VariantResult& result : comparison.variants)
        rows.push_back(predictionRow(comparison, result));
    return textTable(rows, u"llrlrr"_s);
}

QStringList summaryRow(const Comparison& comparison, const VariantResult& result)
{
    const Prediction* prediction = comparison.prediction(comparison.currentImageId, result.id);
    const bool isKnown = prediction && !prediction->classification.top.empty();
    const ClassScore best = isKnown ? prediction->classification.top.front() : ClassScore();
    return QStringList{result.variant.name, isKnown ? labelFor(result.variant.labels, best.index) : unknown(),
                       isKnown ? percentText(static_cast<double>(best.probability)) : unknown(),
                       bytesText(result.variant.bytes)} +
           latencyCells(result.latency) + QStringList{ratioCell(result), verdictCell(result)};
}

QString selfComparisonText(const SelfComparison& self)
{
    QString text =
        latencyTable({&self.first, &self.second}, false) + u"\n\n"_s + benchmarkText(self.benchmark);
    if (const auto floor = self.noiseFloor())
        text += u' ' + Cli::tr("Noise floor: %1 %.").arg(100 * *floor, 0, 'f', 1);
    return text;
}

} // namespace

QString comparisonText(const Comparison& comparison)
{
    const auto& self = comparison.selfComparison;
    QStringList parts{stampText(self ? self->stamp : comparison.stamp), predictionTable(comparison)};
    if (self) {
        parts << selfComparisonText(*self);
    } else {
        std::vector<const VariantResult*> measured;
        for (const VariantResult& result : comparison.variants)
            measured.push_back(&result);
        parts << latencyTable(measured, comparison.hasSeveralEngines());
        if (comparison.benchmark)
            parts << benchmarkText(*comparison.benchmark);
    }
    return parts.join(u"\n\n"_s);
}

QString summaryText(const Comparison& comparison)
{
    std::vector<QStringList> rows{{Cli::tr("variant"), Cli::tr("prediction"), Cli::tr("probability"),
                                   Cli::tr("size"), Cli::tr("median ms"), Cli::tr("IQR ms"),
                                   Cli::tr("ratio (95 %)"), Cli::tr("verdict")}};
    for (const VariantResult& result : comparison.variants)
        rows.push_back(summaryRow(comparison, result));
    return stampText(comparison.stamp) + u"\n\n"_s + textTable(rows, u"llrrrrrl"_s) + u"\n\n"_s +
           headline(comparison);
}

QString sweepText(const Comparison& comparison)
{
    std::vector<QStringList> rows{{Cli::tr("threads"), Cli::tr("variant"), Cli::tr("n"), Cli::tr("median ms"),
                                   Cli::tr("IQR ms"), Cli::tr("ratio (95 %)"), Cli::tr("verdict"),
                                   Cli::tr("badge")}};
    for (const ThreadPoint& point : comparison.threadSweep)
        for (const VariantResult& result : point.variants)
            rows.push_back(QStringList{QString::number(point.threads), result.variant.name,
                                       QString::number(result.latency.n)} +
                           latencyCells(result.latency) +
                           QStringList{ratioCell(result), verdictCell(result), badgeCell(result)});
    const auto isMeasured = [](const VariantResult& result) { return result.latency.n > 0; };
    if (rows.size() == 1 && std::ranges::none_of(comparison.variants, isMeasured))
        return Cli::tr("Nothing was measured.");
    if (rows.size() == 1)
        return Cli::tr("Measured on one number of threads only, which is no sweep:") + u"\n\n"_s +
               comparisonText(comparison);
    QStringList ends;
    for (const ThreadPoint& point : comparison.threadSweep)
        ends << threadsText(point.threads) + u": "_s + benchmarkText(point.benchmark);
    const QStringList parts{stampText(comparison.threadSweep.front().stamp), textTable(rows, u"rlrrrrll"_s),
                            ends.join(u'\n'), sweepFindings(comparison).join(u'\n')};
    return parts.join(u"\n\n"_s);
}

} // namespace vitrine::cli
