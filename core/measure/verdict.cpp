#include "core/measure/verdict.h"

#include "core/base/tr.h"

#include <algorithm>

namespace vitrine {

namespace {

/// For lupdate and for files alike.
const char* nameOf(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Unmeasured:
        break;
    case Verdict::Baseline:
        return QT_TRANSLATE_NOOP("vitrine", "baseline");
    case Verdict::Faster:
        return QT_TRANSLATE_NOOP("vitrine", "faster");
    case Verdict::Slower:
        return QT_TRANSLATE_NOOP("vitrine", "slower");
    case Verdict::Indistinguishable:
        return QT_TRANSLATE_NOOP("vitrine", "indistinguishable");
    case Verdict::TooFewSamples:
        return QT_TRANSLATE_NOOP("vitrine", "too few samples");
    }
    return "";
}

} // namespace

Verdict verdictOf(const RatioEstimate& estimate)
{
    if (estimate.rounds < roundsForVerdict)
        return estimate.rounds == 0 ? Verdict::Unmeasured : Verdict::TooFewSamples;
    const bool matters = std::max(estimate.ratio, 1 / estimate.ratio) > ratioThatMatters;
    if (estimate.ci95.contains(1) || !matters)
        return Verdict::Indistinguishable;
    return estimate.ratio < 1 ? Verdict::Faster : Verdict::Slower;
}

QString verdictName(Verdict verdict)
{
    return QString::fromLatin1(nameOf(verdict));
}

QString verdictText(Verdict verdict)
{
    return tr(nameOf(verdict));
}

} // namespace vitrine
