#include "tests/support/sample_comparison.h"

#include "core/base/literals.h"
#include "core/measure/statistics.h"

#include <cmath>

namespace vitrine::test {

namespace {

using std::chrono::nanoseconds;

const Labels sampleLabels{u"timber wolf, grey wolf, gray wolf, Canis lupus"_s,
                          u"white wolf, Arctic wolf, Canis lupus tundrarum"_s,
                          u"Eskimo dog, husky"_s,
                          u"coyote, prairie wolf, brush wolf, Canis latrans"_s,
                          u"malamute, malemute, Alaskan malamute"_s,
                          u"Siberian husky"_s,
                          u"red wolf, maned wolf, Canis rufus, Canis niger"_s,
                          u"dingo, warrigal, warragal, Canis dingo"_s};

nanoseconds fromMilliseconds(double milliseconds)
{
    return nanoseconds(std::llround(milliseconds * 1e6));
}

VariantResult sampleVariant(int index)
{
    constexpr qint64 bytes[] = {22'883'112, 23'054'881, 6'421'590, 6'388'207, 6'402'113};
    constexpr double medians[] = {41.8, 40.9, 27.3, 25.6, 25.9};
    const auto kind = static_cast<std::size_t>(index % 5);
    VariantResult result;
    result.id = u"variant-%1"_s.arg(index);
    result.variant.kind = allKinds()[kind];
    result.variant.name = kindName(result.variant.kind);
    if (index >= 5)
        result.variant.name += u" of a second model with a long name"_s;
    result.variant.path = u"/models/deit_tiny/%1.pt"_s.arg(result.variant.name);
    result.variant.bytes = bytes[kind];
    result.variant.sha256 = QByteArray(32, static_cast<char>('a' + index));
    result.variant.isQuantized = index % 5 >= 2;
    result.variant.modelName = u"deit_tiny_patch16_224"_s;
    result.variant.madeBy = u"Made up for a test."_s;
    result.variant.labels = sampleLabels;
    result.colorIndex = index;
    result.state = VariantState::Ready;
    setSamples(result, medians[kind], 0.12 * medians[kind], 30);
    return result;
}

} // namespace

void setSamples(VariantResult& variant, double median, double spread, int count)
{
    std::vector<LatencySample> samples;
    for (int i = 0; i < count; ++i) {
        // Scattered over the rounds, so that variants do not rise together.
        const int rank = (7 * i + 11 * variant.colorIndex) % count;
        const double position = count > 1 ? static_cast<double>(rank) / (count - 1) - 0.5 : 0;
        const nanoseconds duration = fromMilliseconds(median + position * std::abs(position) * 2 * spread);
        samples.push_back({i, fromMilliseconds(5 * median * i), duration});
    }
    std::vector<LatencySample> warmUps{{-1, {}, fromMilliseconds(9 * median)},
                                       {-2, fromMilliseconds(9 * median), fromMilliseconds(3 * median)}};
    for (int i = 0; i < stabilityWindow * stabilityWindows; ++i)
        warmUps.push_back({-3 - i, fromMilliseconds((12 + i) * median), fromMilliseconds(median)});
    variant.latency = LatencyResult::of(std::move(warmUps), std::move(samples));
}

void judge(Comparison& comparison)
{
    const VariantResult& baseline = *comparison.baseline();
    for (VariantResult& variant : comparison.variants) {
        const PairedSamples pairs = pairedByRound(baseline.latency->samples, variant.latency->samples);
        variant.ratio.reset();
        variant.verdict = &variant == &baseline ? Verdict::Baseline : Verdict::Unmeasured;
        if (&variant == &baseline || pairs.samples.empty())
            continue;
        const RatioEstimate estimate = estimateRatio(pairs.baseline, pairs.samples, 1, 500);
        variant.verdict = verdictOf(estimate);
        if (variant.verdict != Verdict::TooFewSamples)
            variant.ratio = estimate;
    }
}

void setPrediction(Comparison& comparison, const QString& variantId, const std::vector<int>& classes)
{
    std::vector<float> logits(static_cast<std::size_t>(sampleLabels.size()), 0.0F);
    float logit = 3.2F + 0.05F * static_cast<float>(comparison.predictionCount());
    for (const int index : classes) {
        logits[static_cast<std::size_t>(index)] = logit;
        logit -= 0.6F;
    }
    for (VariantResult& variant : comparison.variants)
        if (variant.id == variantId)
            variant.predictions.insert(comparison.image(comparison.currentImageId)->sha256,
                                       std::make_shared<const Classification>(classify(std::move(logits))));
}

Comparison sampleComparison(int variants)
{
    Comparison comparison;
    comparison.stamp.engineName = u"Fake"_s;
    comparison.stamp.engineVersion = u"1.0"_s;
    comparison.images.push_back({u"image-0"_s, u"/images/wolf.png"_s, {}});
    comparison.currentImageId = u"image-0"_s;
    for (int i = 0; i < variants; ++i) {
        comparison.variants.push_back(sampleVariant(i));
        setPrediction(comparison, comparison.variants.back().id, {0, 1, 2, 3, 4, 5});
    }
    if (variants > 0)
        judge(comparison);
    return comparison;
}

} // namespace vitrine::test
