#pragma once

#include "core/base/result.h"
#include "core/model/variant.h"

namespace vitrine {

inline constexpr int mostLabels = 1'000'000;

/// "no usable list of labels: ...".
Error unusableLabels(const QString& reason);

/// "the 7 labels in labels.txt beside it are not used: ...".
QString labelsDoNotFit(qsizetype labels, const QString& file, int classes);

/// The names in a list, or an object from numbers to names or from names to numbers, in JSON or as Python
/// writes it; also where it stands in a model's settings, as "id2label" of Hugging Face.
Result<Labels> labelsFromJson(const QString& text);

} // namespace vitrine
