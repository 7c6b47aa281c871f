#include "ui/charts/prediction_groups.h"

#include "core/base/literals.h"
#include "core/base/shown_text.h"
#include "core/base/tr.h"
#include "core/model/variant.h"
#include "ui/shown_variants.h"

#include <QHash>
#include <QMap>

#include <algorithm>
#include <functional>
#include <limits>
#include <ranges>

namespace vitrine {

namespace {

struct Opinion
{
    const Classification* prediction;
    std::vector<float> probabilities; ///< Empty: unknown.
    Labels labels;                    ///< As stated for the variant.
    Labels builtIn;
};

std::vector<Opinion> opinions(const Comparison& comparison, const std::vector<const VariantResult*>& variants)
{
    std::vector<Opinion> result;
    for (const VariantResult* variant : variants) {
        const Classification* prediction = comparison.prediction(comparison.currentImageId, variant->id);
        result.push_back(
            {prediction,
             prediction ? probabilities(prediction->logits, prediction->kind) : std::vector<float>(),
             statedLabels(variant->variant),
             variant->variant.labelsAreBuiltIn ? variant->variant.labels : Labels()});
    }
    return result;
}

void borrowLabels(std::vector<Opinion>& opinions)
{
    for (Opinion& opinion : opinions) {
        const auto lender = std::ranges::find_if(opinions, [&](const Opinion& other) {
            return !other.labels.isEmpty() && other.probabilities.size() == opinion.probabilities.size();
        });
        if (opinion.labels.isEmpty() && lender != opinions.end())
            opinion.labels = lender->labels;
    }
    for (Opinion& opinion : opinions)
        if (opinion.labels.isEmpty())
            opinion.labels = opinion.builtIn;
}

using ClassKey = std::pair<int, QString>;

QString nameIn(const Opinion& opinion, int index)
{
    return shownText(labelFor(opinion.labels, index), LineBreaks::Shown);
}

QMap<ClassKey, double> bestProbabilities(const std::vector<Opinion>& opinions, int count)
{
    QMap<ClassKey, double> best;
    for (const Opinion& opinion : opinions)
        if (opinion.prediction)
            for (const auto& [index, probability] : opinion.prediction->top | std::views::take(count)) {
                double& value = best[{index, nameIn(opinion, index)}];
                value = std::max<double>(value, probability);
            }
    return best;
}

double percentOf(const Opinion& opinion, const ClassKey& key)
{
    const bool known = key.first < static_cast<int>(opinion.probabilities.size()) &&
                       nameIn(opinion, key.first) == key.second;
    return known ? 100.0 * static_cast<double>(opinion.probabilities[static_cast<std::size_t>(key.first)])
                 : std::numeric_limits<double>::quiet_NaN();
}

QString markOf(const Opinion& opinion)
{
    const bool isOurs = !opinion.prediction || opinion.prediction->kind == ScoreKind::Logits;
    return isOurs ? QString() : u" (%1)"_s.arg(scoreKindText(opinion.prediction->kind));
}

void separateEqualLabels(std::vector<PredictionGroup>& groups)
{
    QHash<QString, int> uses;
    for (const PredictionGroup& group : groups)
        ++uses[group.label];
    for (PredictionGroup& group : groups)
        if (uses.value(group.label) > 1)
            group.label = u"%1 (%2)"_s.arg(group.label).arg(group.classIndex);
}

} // namespace

std::vector<PredictionGroup> topPredictionGroups(const Comparison& comparison, int count)
{
    std::vector<Opinion> all = opinions(comparison, enabledVariants(comparison));
    borrowLabels(all);
    const QMap<ClassKey, double> best = bestProbabilities(all, count);
    QList<ClassKey> keys = best.keys();
    std::ranges::stable_sort(keys, std::greater(), [&](const ClassKey& key) { return best.value(key); });
    std::vector<PredictionGroup> groups;
    for (const ClassKey& key : keys.mid(0, count)) {
        PredictionGroup group{key.first, key.second, {}};
        for (const Opinion& opinion : all) {
            group.percent.push_back(percentOf(opinion, key));
            group.marks << markOf(opinion);
        }
        groups.push_back(std::move(group));
    }
    separateEqualLabels(groups);
    return groups;
}

QString notMeasuredText(const Comparison& comparison)
{
    const auto& benchmark = comparison.benchmark;
    if (benchmark && !benchmark->stopped)
        return tr("Warming up: each variant is run until it is steady. These passes are not counted.");
    const auto run = tr("Press Run to time every ticked variant on the current image.");
    const bool isCancelled = benchmark && benchmark->stopped == StopReason::Cancelled;
    return (isCancelled ? tr("Cancelled in the warm-up, before anything was counted.")
                        : tr("Not measured yet.")) +
           u' ' + run;
}

} // namespace vitrine
