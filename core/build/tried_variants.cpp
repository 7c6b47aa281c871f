#include "core/build/tried_variants.h"

#include "core/base/tr.h"
#include "core/engine/scores.h"
#include "core/image/preprocessor.h"

#include <algorithm>
#include <cmath>

namespace vitrine {

namespace {

using Scores = std::vector<float>;

constexpr float tolerance = 1e-3F;

Error unusable(const Variant& variant, const QString& why)
{
    return {ErrorKind::Incompatible,
            tr("Nothing was built: the %1 variant would not run. %2").arg(kindName(variant.kind), why)};
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

} // namespace

Status tryVariants(const VariantSet& set, Engine& engine, const JobControl& control)
{
    const InputTensor input = syntheticInput(set.preprocessing);
    std::optional<Scores> expected;
    qint64 done = 0;
    for (const Variant& variant : set.variants) {
        if (control.stopRequested())
            return Cancelled{};
        control.report({tr("Trying %1").arg(kindName(variant.kind)), done++, std::ssize(set.variants)});
        auto scores = scoresOf(variant, engine, input);
        if (scores.isCancelled())
            return Cancelled{};
        if (!scores) {
            Error error = unusable(variant, scores.error().message);
            error.detail = scores.error().detail;
            return error;
        }
        if (const Status usable = checkScores(*scores, variant.name); !usable)
            return unusable(variant, usable.error().message);
        if (expected && !variant.isQuantized && !agree(*scores, *expected))
            return unusable(variant,
                            tr("It gives other scores than %1.").arg(kindName(set.variants[0].kind)));
        if (!expected)
            expected = *std::move(scores);
    }
    return Done{};
}

} // namespace vitrine
