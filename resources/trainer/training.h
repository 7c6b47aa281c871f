#pragma once

#include "core/base/progress.h"
#include "core/base/result.h"
#include "resources/trainer/student.h"
#include "resources/trainer/teacher.h"

#include <functional>
#include <vector>

namespace vitrine::trainer {

/// A row of the table at the end.
struct Outcome
{
    QString model;
    qint64 parameters = 0;
    double accuracy = 0; ///< Share of right answers on the evaluation's pictures.
    double seconds = 0;
};

struct TrainedModels
{
    /// Teacher; DeiT without distillation and with it, at half the side; the latter at the full side.
    std::vector<Outcome> outcomes;
    Deit distilled{nullptr};
    DeitConfig config; ///< Of `distilled`.
};

/// The whole recipe: a convolutional teacher; then, at the same time and on one thread each, a DeiT
/// without and one with a distillation token, at half the side, where they are compared; then the distilled
/// one at the full side. It learns the label with the class token's head and the teacher's answer with the
/// distillation token's, half each (hard-label distillation, arXiv 2012.12877). Checkpoints go to `folder`,
/// and a training that was stopped goes on there. `report` may be called from several threads, one at a
/// time.
Result<TrainedModels> trainAll(const Recipe& recipe, const QString& folder, const JobControl& control);

} // namespace vitrine::trainer
