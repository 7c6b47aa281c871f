#include "core/build/tried_variants.h"

#include "core/base/tr.h"
#include "core/engine/own_input.h"
#include "core/engine/scores.h"
#include "core/image/preprocessor.h"

#include <algorithm>
#include <cmath>

namespace vitrine {

namespace {

using Scores = std::vector<float>;

constexpr float tolerance = 1e-3F;

Error unusable(const Variant& variant, const Error& why)
{
    return {
        ErrorKind::Incompatible,
        tr("Nothing was built: the %1 variant would not run. %2").arg(kindName(variant.kind), why.message),
        why.detail};
}

Result<Scores> scoresOf(const Variant& variant, Engine& engine, const InputTensor& input)
{
    const auto model = engine.load(variant, variant.quantizedEngine);
    if (!model)
        return model.failure();
    return (*model)->forward(input);
}

bool agree(const Scores& scores, const Scores& expected)
{
    if (scores.size() != expected.size())
        return false;
    float largest = 1;
    for (const float each : expected)
        largest = std::max(largest, std::abs(each));
    return std::ranges::equal(scores, expected,
                              [&](float a, float b) { return std::abs(a - b) <= tolerance * largest; });
}

std::ptrdiff_t firstOf(const Scores& scores)
{
    return std::ranges::max_element(scores) - scores.begin();
}

/// `expected`: of the first variant, whose kind is `first`.
Status judge(Variant& variant, const Scores& scores, const Scores& expected, VariantKind first)
{
    if (const Status usable = checkScores(scores, variant.name); !usable)
        return unusable(variant, usable.error());
    if (!variant.isQuantized && !agree(scores, expected))
        return unusable(variant,
                        {ErrorKind::Incompatible, tr("It gives other scores than %1.").arg(kindName(first))});
    if (firstOf(scores) != firstOf(expected))
        variant.notices.append(tr("on synthetic numbers it puts class %1 first, and %2 puts %3; see how they "
                                  "agree on your pictures")
                                   .arg(firstOf(scores))
                                   .arg(kindName(first))
                                   .arg(firstOf(expected)));
    return Done{};
}

} // namespace

Result<int> tryVariants(VariantSet& set, Engine& engine, const JobControl& control)
{
    OwnInput input(std::make_shared<const InputTensor>(syntheticInput(set.preprocessing)));
    Scores expected;
    qint64 done = 0;
    for (Variant& variant : set.variants) {
        if (control.stopRequested())
            return Cancelled{};
        control.report({tr("Trying %1").arg(kindName(variant.kind)), done++, std::ssize(set.variants)});
        const auto scores = scoresOf(variant, engine, input.tensor());
        input.restore();
        if (scores.isCancelled())
            return Cancelled{};
        if (!scores)
            return unusable(variant, scores.error());
        if (expected.empty())
            expected = *scores;
        if (Status fine = judge(variant, *scores, expected, set.variants.front().kind); !fine)
            return fine.failure();
    }
    return static_cast<int>(expected.size());
}

} // namespace vitrine
