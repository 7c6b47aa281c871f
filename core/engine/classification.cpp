#include "core/engine/classification.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace vitrine {

namespace {

double largest(std::span<const float> logits)
{
    double result = -std::numeric_limits<double>::infinity();
    for (const float logit : logits)
        if (!std::isnan(logit))
            result = std::max(result, static_cast<double>(logit));
    return result;
}

/// exp(logit - maximum), also where both are infinite; NaN has no share.
double weight(float logit, double maximum)
{
    if (std::isnan(logit))
        return 0;
    return logit == maximum ? 1 : std::exp(logit - maximum);
}

} // namespace

std::vector<float> softmax(std::span<const float> logits)
{
    const double maximum = largest(logits);
    double sum = 0;
    for (const float logit : logits)
        sum += weight(logit, maximum);
    std::vector<float> probabilities(logits.size(), 0.0F);
    if (sum > 0)
        std::ranges::transform(logits, probabilities.begin(),
                               [&](float logit) { return static_cast<float>(weight(logit, maximum) / sum); });
    return probabilities;
}

std::vector<float> probabilities(std::span<const float> scores, ScoreKind kind)
{
    return kind == ScoreKind::Logits ? softmax(scores) : std::vector<float>(scores.begin(), scores.end());
}

Classification classify(std::vector<float> scores, ScoreKind kind)
{
    const auto ranksBefore = [&](int a, int b) {
        const float x = scores[static_cast<std::size_t>(a)];
        const float y = scores[static_cast<std::size_t>(b)];
        if (std::isnan(x) || std::isnan(y))
            return std::isnan(x) == std::isnan(y) ? a < b : std::isnan(y);
        return x == y ? a < b : x > y;
    };
    std::vector<int> order(scores.size());
    std::iota(order.begin(), order.end(), 0);
    const auto kept = std::min(order.size(), std::size_t{Classification::maxTop});
    std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(kept), order.end(),
                      ranksBefore);

    const std::vector<float> shares = probabilities(scores, kind);
    Classification result;
    result.kind = kind;
    for (std::size_t i = 0; i < kept; ++i)
        result.top.push_back({order[i], shares[static_cast<std::size_t>(order[i])]});
    result.logits = std::move(scores);
    return result;
}

Classification classify(std::vector<float> scores)
{
    const ScoreKind kind = scoreKindOf(scores);
    return classify(std::move(scores), kind);
}

} // namespace vitrine
