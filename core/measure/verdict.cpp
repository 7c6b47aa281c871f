#include "core/measure/verdict.h"

#include "core/base/tr.h"

#include <algorithm>

namespace vitrine {

namespace {

/// In the order of Verdict; for lupdate and for files alike.
constexpr const char* verdictNames[] = {
    "",
    QT_TRANSLATE_NOOP("vitrine", "baseline"),
    QT_TRANSLATE_NOOP("vitrine", "faster"),
    QT_TRANSLATE_NOOP("vitrine", "slower"),
    QT_TRANSLATE_NOOP("vitrine", "indistinguishable"),
    QT_TRANSLATE_NOOP("vitrine", "too few samples"),
};

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
    return QString::fromLatin1(verdictNames[static_cast<int>(verdict)]);
}

QString verdictText(Verdict verdict)
{
    return tr(verdictNames[static_cast<int>(verdict)]);
}

} // namespace vitrine
