#pragma once

#include <QString>
#include <QStringList>

namespace vitrine {

// How training scripts name weights: what stands before the names of the model itself.

/// What stands before the name of each patch embedding among these: "", "module.model.", "teacher.backbone.".
/// Each once, in their order; empty when nothing looks like a vision transformer.
QStringList transformerPrefixes(const QStringList& names);

/// The wrappers' names that all names begin with, one after another: "module._orig_mod.".
QString wrapperPrefix(const QStringList& names);

/// Whether these weights are not what was trained but follow it: averages (EMA, SWA) and teachers.
bool isFollower(const QString& path);

/// Whether this is the last layer's weight: "head.weight", "fc.1.weight", "cls_classifier.weight".
bool isHeadWeight(const QString& name);

} // namespace vitrine
