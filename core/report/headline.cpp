#include "core/report/headline.h"

#include "core/tr.h"

#include <QHash>
#include <QLocale>
#include <QPair>

#include <algorithm>

namespace vitrine {

namespace {

double milliseconds(std::chrono::nanoseconds duration)
{
    return std::chrono::duration<double, std::milli>(duration).count();
}

int decimalsFor(double ratio)
{
    return ratio < 1.995 ? 2 : ratio < 9.95 ? 1 : 0;
}

QString ratioText(double ratio)
{
    return QLocale().toString(ratio, 'f', decimalsFor(ratio)) + QChar(0x00d7);
}

/// "1.4× faster than original (1.3 to 1.5)", or why nothing can be said.
QString latencyClause(const VariantResult& variant, const VariantResult& baseline)
{
    const QString name = baseline.variant.name;
    const auto stated = [&](const QString& text, double ratio, Interval range) {
        const auto factor = [&](double value) { return QLocale().toString(value, 'f', decimalsFor(ratio)); };
        return text.arg(ratioText(ratio), name, factor(range.low), factor(range.high));
    };
    switch (variant.verdict) {
    case Verdict::Unmeasured:
    case Verdict::Baseline:
        return {};
    case Verdict::TooFewSamples:
        return tr("measured too few times to compare its latency with %1").arg(name);
    case Verdict::Indistinguishable:
        return tr("indistinguishable from %1 in latency").arg(name);
    case Verdict::Faster: {
        const Interval& range = variant.ratio->ci95;
        return stated(tr("%1 faster than %2 (%3 to %4)"), 1 / variant.ratio->ratio,
                      {1 / range.high, 1 / range.low});
    }
    case Verdict::Slower:
        return stated(tr("%1 slower than %2 (%3 to %4)"), variant.ratio->ratio, variant.ratio->ci95);
    }
    return {};
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

QHash<QString, int> topClasses(const Comparison& comparison, const QString& variantId)
{
    QHash<QString, int> classes;
    for (const Prediction& prediction : comparison.predictions)
        if (prediction.variantId == variantId && !prediction.classification.top.empty())
            classes.insert(prediction.imageId, prediction.classification.top.front().index);
    return classes;
}

QString agreementClause(const Comparison& comparison, const VariantResult& variant,
                        const VariantResult& baseline)
{
    const QHash<QString, int> mine = topClasses(comparison, variant.id);
    const QHash<QString, int> others = topClasses(comparison, baseline.id);
    int common = 0;
    int same = 0;
    for (auto image = mine.cbegin(); image != mine.cend(); ++image)
        if (const auto other = others.constFind(image.key()); other != others.cend()) {
            ++common;
            same += image.value() == other.value() ? 1 : 0;
        }
    if (common == 0)
        return {};
    return common == 1 ? tr("same top-1 on %1 of %2 image").arg(same).arg(common)
                       : tr("same top-1 on %1 of %2 images").arg(same).arg(common);
}

const VariantResult* challenger(const Comparison& comparison, const VariantResult& baseline)
{
    const bool byLatency = std::ranges::any_of(comparison.variants, [&](const VariantResult& variant) {
        return variant.enabled && variant.id != baseline.id && variant.latency.n > 0;
    });
    const VariantResult* best = nullptr;
    for (const VariantResult& variant : comparison.variants) {
        if (!variant.enabled || variant.id == baseline.id || (byLatency && variant.latency.n == 0))
            continue;
        const bool isBetter = best == nullptr || (byLatency ? variant.latency.median < best->latency.median
                                                            : variant.variant.bytes < best->variant.bytes);
        if (isBetter)
            best = &variant;
    }
    return best;
}

QString sentenceAboutOne(const VariantResult& variant)
{
    const QString megabytes = QLocale().toString(static_cast<double>(variant.variant.bytes) / 1e6, 'f', 1);
    if (variant.latency.n == 0)
        return tr("%1 takes %2 MB.").arg(variant.variant.name, megabytes);
    const QString median = QLocale().toString(milliseconds(variant.latency.median), 'f', 1);
    return tr("%1 takes %2 MB and %3 ms for one image (median of %4).")
        .arg(variant.variant.name, megabytes, median)
        .arg(variant.latency.n);
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

} // namespace vitrine
