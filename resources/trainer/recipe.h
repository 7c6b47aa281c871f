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
    int smallSteps = 2800;     ///< At half the side: a quarter of the patches, so a fifth of the time.
    int fullSteps = 1600;      ///< At the full side of 224 pixels.
    int lastSteps = 700;       ///< At the full side again, from a lower rate.
    double teacherRate = 3e-3; ///< Peak learning rates.
    double smallRate = 1e-3;
    double fullRate = 7e-4;
    double lastRate = 4e-4;

    // What does not decide the weights:
    int saveEvery = 50;  ///< Steps between two checkpoints.
    int pictures = 2000; ///< Of the evaluation.

    /// Fixed, because sums come out otherwise on another number of threads.
    static constexpr int threads = 2;
    /// Of pictures that no training draws: training's seeds are derived from `seed` and this constant.
    static constexpr quint64 evaluationSeed = 1'000'000;

    QString teacherText() const; ///< What decides the teacher's weights.
    QString smallText() const;   ///< And those of the students after the stage at half the side.
    QString fullText() const;    ///< And after the first run at the full side.
    QString text() const;        ///< And those of the students at the end.
};

} // namespace vitrine::trainer
