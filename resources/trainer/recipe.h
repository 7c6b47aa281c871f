#pragma once

#include <QString>

namespace vitrine::trainer {

/// All that a training depends on. Two with the same text give the same weights on the same machine.
struct Recipe
{
    quint64 seed = 1;
    int width = 192; ///< A multiple of 64, the width of a head.
    int depth = 4;
    int batch = 32;
    int teacherSteps = 600;
    int smallSteps = 3000;     ///< At half the side: a quarter of the patches, so a fifth of the time.
    int fullSteps = 400;       ///< At the full side of 224 pixels.
    double teacherRate = 3e-3; ///< Peak learning rates.
    double smallRate = 1e-3;
    double fullRate = 4e-4;

    // What does not decide the weights:
    bool withPlain = true; ///< Also train a DeiT without distillation, for the table.
    int saveEvery = 50;    ///< Steps between two checkpoints.
    int pictures = 2000;   ///< Of the evaluation.

    /// Of pictures that no training draws: training's seeds are derived from `seed` and this constant.
    static constexpr quint64 evaluationSeed = 1'000'000;

    QString teacherText() const; ///< What decides the teacher's weights.
    QString smallText() const;   ///< And those of the students after the stage at half the side.
    QString text() const;        ///< And those of the students at the end.
};

} // namespace vitrine::trainer
