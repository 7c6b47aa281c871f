#include "core/compare/headline.h"

#include "core/base/literals.h"
#include "core/base/tr.h"
#include "core/base/units.h"

#include <QLocale>

#include <algorithm>

namespace vitrine {

namespace {

int decimalsFor(double ratio)
{
    return ratio < 1.995 ? 2 : ratio < 9.95 ? 1 : 0;
}

QString ratioText(double ratio)
{
    return QLocale().toString(ratio, 'f', decimalsFor(ratio)) + QChar(0x00d7);
}

/// How many times faster, or slower, with its interval.
struct Factor
{
    QString ratio; ///< "1.4×"
    QString low;
    QString high;
};

/// The verdict is Faster or Slower.
Factor factorOf(const VariantResult& variant)
{
    const bool isFaster = variant.verdict == Verdict::Faster;
    const double ratio = isFaster ? 1 / variant.ratio->ratio : variant.ratio->ratio;
    const Interval& ci95 = variant.ratio->ci95;
    const Interval range = isFaster ? Interval{1 / ci95.high, 1 / ci95.low} : ci95;
    const auto text = [&](double value) { return QLocale().toString(value, 'f', decimalsFor(ratio)); };
    return {ratioText(ratio), text(range.low), text(range.high)};
}

/// "1.4× faster than original (1.3 to 1.5)", or why nothing can be said.
QString latencyClause(const VariantResult& variant, const VariantResult& baseline)
{
    const QString name = baseline.variant.name;
    switch (variant.verdict) {
    case Verdict::Unmeasured:
    case Verdict::Baseline:
        return {};
    case Verdict::TooFewSamples:
        return tr("measured too few times to compare its latency with %1").arg(name);
    case Verdict::Indistinguishable:
        return tr("indistinguishable from %1 in latency").arg(name);
    case Verdict::Faster:
    case Verdict::Slower:
        break;
    }
    const Factor factor = factorOf(variant);
    const QString text = variant.verdict == Verdict::Faster ? tr("%1 faster than %2 (%3 to %4)")
                                                            : tr("%1 slower than %2 (%3 to %4)");
    return text.arg(factor.ratio, name, factor.low, factor.high);
}

QString sizeClause(const VariantResult& variant, const VariantResult& baseline, bool namesBaseline)
{
    if (variant.variant.bytes <= 0 || baseline.variant.bytes <= 0)
        return {};
    const QString than = namesBaseline ? QString() : tr(" than %1").arg(baseline.variant.name);
    const double ratio =
        static_cast<double>(baseline.variant.bytes) / static_cast<double>(variant.variant.bytes);
    if (std::max(ratio, 1 / ratio) < ratioThatMatters)
        return namesBaseline ? tr("of the same size")
                             : tr("of the same size as %1").arg(baseline.variant.name);
    return ratio > 1 ? tr("%1 smaller").arg(ratioText(ratio)) + than
                     : tr("%1 larger").arg(ratioText(1 / ratio)) + than;
}

QString agreementClause(const Comparison& comparison, const VariantResult& variant,
                        const VariantResult& baseline)
{
    const auto [same, common] = agreementOf(comparison, variant, baseline);
    if (common == 0)
        return {};
    return common == 1 ? tr("same top-1 on %1 of %2 image").arg(same).arg(common)
                       : tr("same top-1 on %1 of %2 images").arg(same).arg(common);
}

const VariantResult* challenger(const Comparison& comparison, const VariantResult& baseline)
{
    const bool byLatency = std::ranges::any_of(comparison.variants, [&](const VariantResult& variant) {
        return variant.enabled && variant.id != baseline.id && variant.latency->n > 0;
    });
    const VariantResult* best = nullptr;
    for (const VariantResult& variant : comparison.variants) {
        if (!variant.enabled || variant.id == baseline.id || (byLatency && variant.latency->n == 0))
            continue;
        const bool isBetter = best == nullptr || (byLatency ? variant.latency->median < best->latency->median
                                                            : variant.variant.bytes < best->variant.bytes);
        if (isBetter)
            best = &variant;
    }
    return best;
}

/// " (noisy)": the worse of both sides; empty where that is not known.
QString trustClause(const SelfComparison& self)
{
    const auto& badge = std::max(self.first.latency->badge, self.second.latency->badge);
    return badge ? u" (%1)"_s.arg(badgeText(*badge)) : QString();
}

QString sentenceAboutOne(const VariantResult& variant)
{
    const QString size = QLocale().toString(megabytes(variant.variant.bytes), 'f', 1);
    if (variant.latency->n == 0)
        return tr("%1 takes %2 MB.").arg(variant.variant.name, size);
    const QString median = QLocale().toString(milliseconds(variant.latency->median), 'f', 1);
    return tr("%1 takes %2 MB and %3 ms for one image (median of %4).")
        .arg(variant.variant.name, size, median)
        .arg(variant.latency->n);
}

} // namespace

QString headline(const Comparison& comparison)
{
    const VariantResult* baseline = comparison.baseline();
    if (baseline == nullptr)
        return {};
    const VariantResult* best = challenger(comparison, *baseline);
    if (best == nullptr)
        return sentenceAboutOne(*baseline);
    const QString latency = latencyClause(*best, *baseline);
    const QString size = sizeClause(*best, *baseline, !latency.isEmpty());
    QStringList facts{latency, size};
    facts.removeAll(QString());
    const QString comparing = tr("%1 against %2").arg(best->variant.name, baseline->variant.name);
    QString sentence =
        facts.isEmpty() ? comparing : tr("%1 is %2").arg(best->variant.name, facts.join(tr(" and ")));
    if (const QString agreement = agreementClause(comparison, *best, *baseline); !agreement.isEmpty())
        sentence += (facts.isEmpty() ? tr(": ") : tr("; ")) + agreement;
    return sentence + QLatin1Char('.');
}

QString verdictPhrase(const VariantResult& variant, bool inShort)
{
    if (variant.verdict == Verdict::Indistinguishable && variant.ratio && !inShort) {
        const auto text = [](double ratio) { return QLocale().toString(ratio, 'f', 2); };
        return tr("%1 (%2 to %3)")
            .arg(verdictText(variant.verdict), text(variant.ratio->ci95.low), text(variant.ratio->ci95.high));
    }
    if (variant.verdict != Verdict::Faster && variant.verdict != Verdict::Slower)
        return verdictText(variant.verdict);
    const Factor factor = factorOf(variant);
    const bool isFaster = variant.verdict == Verdict::Faster;
    if (inShort)
        return (isFaster ? tr("%1 faster") : tr("%1 slower")).arg(factor.ratio);
    const QString text = isFaster ? tr("%1 faster (%2 to %3)") : tr("%1 slower (%2 to %3)");
    return text.arg(factor.ratio, factor.low, factor.high);
}

QString noiseSentence(const Comparison& comparison)
{
    const auto& self = comparison.selfComparison;
    if (!self)
        return {};
    if (self->second.verdict == Verdict::Unmeasured)
        return self->benchmark.stopped == StopReason::Cancelled
                   ? tr("%1 against itself: cancelled before anything was counted.")
                         .arg(self->first.variant.name)
                   : QString();
    const int rounds = std::min(self->first.latency->n, self->second.latency->n);
    QString text = tr("%1 against itself in %2 rounds%3: %4.")
                       .arg(self->first.variant.name, QString::number(rounds), trustClause(*self),
                            verdictPhrase(self->second));
    if (const auto floor = self->noiseFloor())
        text += QLatin1Char(' ') +
                tr("A ratio within %1 % of 1 is noise here.").arg(QLocale().toString(100 * *floor, 'f', 1));
    if (comparison.benchmark)
        if (const QStringList differences = whyNotComparable(self->stamp, comparison.stamp);
            !differences.isEmpty())
            text += QLatin1Char(' ') +
                    tr("Not comparable with the latencies shown (%1).").arg(differences.join(u"; "_s));
    return text;
}

QString benchmarkText(const BenchmarkFacts& facts)
{
    const QString stopped = facts.stopped ? stopReasonText(*facts.stopped, facts.plan) : tr("it still runs");
    const QString text = tr("Timed: %1. Ended: %2.").arg(timedWorkText(facts.plan.timed), stopped);
    return facts.isCutShort ? text + u' ' + tr("What follows the rounds was cancelled.") : text;
}

} // namespace vitrine
