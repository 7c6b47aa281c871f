#include "core/engine/scores.h"

#include "core/base/finite.h"
#include "core/base/literals.h"
#include "core/base/tr.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace vitrine {

namespace {

/// A thousand probabilities that were rounded to 16 bits are within it.
constexpr double sumTolerance = 2e-3;

Error singleNumber(float score, const QString& model)
{
    return {ErrorKind::Incompatible,
            tr("%1 gave a single number (%2) instead of one score a class, so there are no classes to show; "
               "export it so that forward returns one score for each class, [1, classes].")
                .arg(model)
                .arg(double(score))};
}

} // namespace

QString scoreKindName(ScoreKind kind)
{
    switch (kind) {
    case ScoreKind::Logits:
        return u"logits"_s;
    case ScoreKind::Probabilities:
        return u"probabilities"_s;
    case ScoreKind::Independent:
        return u"independent"_s;
    }
    return {};
}

QString scoreKindText(ScoreKind kind)
{
    switch (kind) {
    case ScoreKind::Logits:
        return tr("softmax");
    case ScoreKind::Probabilities:
        return tr("the model's own");
    case ScoreKind::Independent:
        return tr("the model's own, each class by itself (multi-label)");
    }
    return {};
}

ScoreKind scoreKindOf(std::span<const float> scores)
{
    const auto isShare = [](float score) { return score >= 0 && score <= 1; };
    if (scores.size() < 2 || !std::ranges::all_of(scores, isShare))
        return ScoreKind::Logits;
    if (std::abs(std::accumulate(scores.begin(), scores.end(), 0.0) - 1) <= sumTolerance)
        return ScoreKind::Probabilities;
    const bool isCoarse = std::ranges::all_of(scores, [](float score) { return score == 0 || score == 1; });
    return isCoarse ? ScoreKind::Logits : ScoreKind::Independent;
}

Status checkScores(std::span<const float> scores, const QString& model)
{
    if (const auto broken = countNotFinite(scores); broken > 0)
        return Error{ErrorKind::Malformed,
                     tr("%1 gave scores that are not numbers (%2 of %3 are NaN or infinite), so it has no "
                        "answer; its weights are broken, or its input is not scaled as in training.")
                         .arg(model)
                         .arg(broken)
                         .arg(scores.size())};
    if (scores.empty())
        return Error{ErrorKind::Incompatible, tr("%1 gave no scores at all.").arg(model)};
    if (scores.size() == 1)
        return singleNumber(scores.front(), model);
    return Done{};
}

} // namespace vitrine
