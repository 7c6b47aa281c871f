#pragma once

#include "core/compare/comparison.h"

#include <QStringList>

#include <vector>

namespace vitrine {

/// One class of the predictions chart: what every enabled variant gives it.
struct PredictionGroup
{
    int classIndex = 0;
    QString label;
    std::vector<double> percent; ///< One an enabled variant, in their order; NaN: not known.
    QStringList marks = {};      ///< The same; " (the model's own)" where it is no softmax of ours.
};

/// The `count` classes of the current image that any enabled variant ranks highest, most probable first.
/// A variant without labels of its own borrows those of an enabled variant with as many classes, and else
/// has the built-in ones. Two classes of the same name stay apart: "crane (134)". At most
/// Classification::maxTop.
std::vector<PredictionGroup> topPredictionGroups(const Comparison& comparison, int count);

/// What stands in place of latencies while there are none: nobody asked, or variants are warming up.
QString notMeasuredText(const Comparison& comparison);

} // namespace vitrine
