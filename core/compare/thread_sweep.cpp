#include "core/compare/thread_sweep.h"

#include "core/base/literals.h"
#include "core/base/tr.h"
#include "core/base/units.h"
#include "core/measure/statistics.h"
#include "core/measure/verdict.h"

#include <QLocale>

#include <algorithm>
#include <cmath>
#include <iterator>

namespace vitrine {

namespace {

/// In order, each once.
QStringList measuredVariants(const std::vector<ThreadPoint>& sweep)
{
    QStringList ids;
    for (const ThreadPoint& point : sweep)
        for (const VariantResult& result : point.variants)
            if (!ids.contains(result.id))
                ids << result.id;
    return ids;
}

double errorOf(const LatencySummary& latency)
{
    return standardErrorOfMedian(milliseconds(latency.medianDeviation), latency.n);
}

/// Whether the longer median is surely longer.
bool isTold(const LatencySummary& shorter, const LatencySummary& longer)
{
    const double difference = milliseconds(longer.median - shorter.median);
    return difference > (ratioThatMatters - 1) * milliseconds(shorter.median) &&
           difference > normalQuantile975 * std::hypot(errorOf(shorter), errorOf(longer));
}

/// "2, 3 and 4 threads"
QString numbersText(const std::vector<int>& threads)
{
    if (threads.size() == 1)
        return vitrine::threadsText(threads.front());
    QStringList numbers;
    for (const int count : threads)
        numbers << QString::number(count);
    const QString last = numbers.takeLast();
    return tr("%1 and %2 threads").arg(numbers.join(u", "_s), last);
}

/// "25.70 ms (25.41 to 25.99)", and its badge if that is not good.
QString medianText(const VariantResult& result)
{
    const auto text = [](double time) { return QLocale().toString(time, 'f', 2); };
    const double median = milliseconds(result.latency->median);
    const double error = normalQuantile975 * errorOf(*result.latency);
    const QString interval =
        tr("%1 ms (%2 to %3)").arg(text(median), text(median - error), text(median + error));
    const bool isGood = result.latency->badge == TrustBadge::Good;
    return result.latency->badge && !isGood ? interval + u", "_s + badgeText(*result.latency->badge)
                                            : interval;
}

QString fastestSentence(const Comparison& comparison, const QString& variantId)
{
    const QString name = comparison.variant(variantId)->variant.name;
    const auto points = fastestPoints(comparison.threadSweep, variantId);
    if (points.empty())
        return tr("%1 was measured too few times to say where it is fastest.").arg(name);
    const ThreadPoint& least = **std::ranges::min_element(
        points, {}, [&](const ThreadPoint* point) { return point->variant(variantId)->latency->median; });
    const QString median = medianText(*least.variant(variantId));
    if (points.size() == 1)
        return tr("%1 is fastest on %2: %3.").arg(name, threadsText(least.threads), median);
    std::vector<int> others;
    for (const ThreadPoint* point : points)
        if (point != &least)
            others.push_back(point->threads);
    return tr("%1 is fastest on %2: %3; %4 cannot be told from that.")
        .arg(name, threadsText(least.threads), median, numbersText(others));
}

} // namespace

QString threadsText(int threads)
{
    return threads == 1 ? tr("1 thread") : tr("%1 threads").arg(threads);
}

std::vector<Crossover> crossovers(const std::vector<ThreadPoint>& sweep)
{
    std::vector<Crossover> found;
    for (const QString& id : measuredVariants(sweep)) {
        int threads = 0;
        Verdict verdict = Verdict::Unmeasured; // the last one that decided
        for (const ThreadPoint& point : sweep) {
            const VariantResult* result = point.variant(id);
            if (!result || (result->verdict != Verdict::Faster && result->verdict != Verdict::Slower))
                continue;
            if (verdict != Verdict::Unmeasured && verdict != result->verdict)
                found.push_back({id, threads, point.threads, verdict, result->verdict});
            threads = point.threads;
            verdict = result->verdict;
        }
    }
    return found;
}

std::vector<const ThreadPoint*> fastestPoints(const std::vector<ThreadPoint>& sweep, const QString& variantId)
{
    const VariantResult* least = nullptr;
    for (const ThreadPoint& point : sweep)
        if (const VariantResult* result = point.variant(variantId)) {
            if (result->latency->n < roundsForVerdict)
                return {};
            if (!least || result->latency->median < least->latency->median)
                least = result;
        }
    std::vector<const ThreadPoint*> points;
    for (const ThreadPoint& point : sweep)
        if (const VariantResult* result = point.variant(variantId);
            result && !isTold(*least->latency, *result->latency))
            points.push_back(&point);
    return points;
}

QString sweepEndText(const Comparison& comparison)
{
    const auto& sweep = comparison.sweep;
    if (!sweep || sweep->isRunning || sweep->unmeasured.empty())
        return {};
    const QString on = numbersText(sweep->unmeasured);
    QString text = sweep->isCancelled ? tr("The sweep was cancelled before it measured on %1.").arg(on)
                                      : tr("The sweep could measure nothing on %1.").arg(on);
    std::vector<int> shown;
    for (const ThreadPoint& point : comparison.threadSweep)
        if (std::ranges::count(sweep->unmeasured, point.threads) > 0)
            shown.push_back(point.threads);
    if (!shown.empty())
        text += u' ' + tr("What is shown for %1 was measured at another time.").arg(numbersText(shown));
    return text;
}

QStringList sweepFindings(const Comparison& comparison)
{
    QStringList findings;
    for (const QString& id : measuredVariants(comparison.threadSweep))
        findings << fastestSentence(comparison, id);
    const VariantResult* baseline = comparison.baseline();
    for (const Crossover& crossover : crossovers(comparison.threadSweep)) {
        const QString text = crossover.after == Verdict::Faster
                                 ? tr("%1 is slower than %2 on %3, and faster on %4.")
                                 : tr("%1 is faster than %2 on %3, and slower on %4.");
        findings << text.arg(comparison.variant(crossover.variantId)->variant.name,
                             baseline ? baseline->variant.name : QString(), threadsText(crossover.lastBefore),
                             threadsText(crossover.firstAfter));
    }
    return findings;
}

std::vector<MeasurementWarning> sweepWarnings(const Comparison& comparison)
{
    std::vector<MeasurementWarning> warnings;
    if (const QString end = sweepEndText(comparison); !end.isEmpty())
        warnings.push_back({end, tr("Sweep again for all of it.")});
    const bool isSweep = !comparison.threadSweep.empty();
    std::ranges::copy(isSweep ? measurementWarnings(comparison.threadSweep.front().stamp)
                              : latencyWarnings(comparison),
                      std::back_inserter(warnings));
    const VariantResult* baseline = comparison.baseline();
    for (const ThreadPoint& point : comparison.threadSweep)
        for (const MeasurementWarning& warning : benchmarkWarnings(
                 point.variants, baseline ? point.variant(baseline->id) : nullptr, point.benchmark))
            warnings.push_back(
                {tr("On %1: %2").arg(threadsText(point.threads), warning.text), warning.remedy});
    return warnings;
}

} // namespace vitrine
