#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "resources/trainer/batch.h"

#include <functional>

namespace vitrine::trainer {

/// One run of the optimizer (AdamW; a linear warm-up over a tenth of the steps, then half a cosine) over
/// freshly drawn pictures.
struct Stage
{
    QString name;       ///< Also of its checkpoint's file.
    QString recipe;     ///< What decides its result: a checkpoint of another one is not gone on with.
    quint64 number = 0; ///< Of its pictures' series.
    int steps = 1;
    int side = 224;
    double rate = 1e-3;
    double weightDecay = 0.05;
    bool isGraded = false; ///< Pictures begin easy and are as hard as any after two thirds of the steps.
    int parts = 1;         ///< That a batch is judged in, each on a thread of its own.
};

/// What a batch costs (a mean over its pictures, a scalar that gradients are taken of), and the model's
/// logits.
struct Judgement
{
    torch::Tensor loss;
    torch::Tensor logits;
};
using Judge = std::function<Judgement(const Batch&)>;

/// What a stage came to; `losses` has one value a step that was made in this call.
struct StageResult
{
    double seconds = 0; ///< Over all calls that led to the end.
    std::vector<double> losses;
};

/// Trains `module` in place to the end of the stage. Every recipe.saveEvery steps and at the end, module,
/// optimizer and step are written to `folder`/NAME.pt (atomically); a later call goes on from there, to
/// the same weights as without a break. A checkpoint of another recipe is an error. Stop: Cancelled.
Result<StageResult> runStage(torch::nn::Module& module, const Stage& stage, const Recipe& recipe,
                             const Judge& judge, const QString& folder, const JobControl& control);

/// Share of right answers on the first recipe.pictures pictures of the evaluation, drawn at this side.
double accuracy(const Recipe& recipe, int side,
                const std::function<torch::Tensor(const torch::Tensor&)>& model);

} // namespace vitrine::trainer
