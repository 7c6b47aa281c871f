#pragma once

#include "core/progress.h"
#include "core/result.h"
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
    std::vector<Outcome> outcomes; ///< Teacher, DeiT without distillation (if asked for), DeiT with it.
    Deit distilled{nullptr};
    DeitConfig config; ///< Of `distilled`.
};

/// The whole recipe: a convolutional teacher; then, at the same time and on one thread each, a DeiT
/// without and one with a distillation token, first at half the side, then at the full one. The distilled
/// one learns the label with the class token's head and the teacher's answer with the distillation
/// token's, half each (hard-label distillation, arXiv 2012.12877). Checkpoints go to `folder`, and a
/// training that was stopped goes on there. `report` may be called from several threads, one at a time.
Result<TrainedModels> trainAll(const Recipe& recipe, const QString& folder, const JobControl& control);

} // namespace vitrine::trainer
