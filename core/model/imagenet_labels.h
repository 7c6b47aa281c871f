#pragma once

#include "core/model/variant.h"

namespace vitrine {

/// The names of ImageNet-1k's classes, by index: 1000, all different. Read once; any thread.
const Labels& imageNetLabels();

/// Gives a variant without labels ImageNet's, if it has exactly 1000 outputs, and marks them as built in.
/// Labels that a model or a user stated always stay.
void fillLabels(Variant& variant);

/// The labels that a model or a user stated: none where they are built in.
Labels statedLabels(const Variant& variant);

} // namespace vitrine
