#pragma once

#include "core/base/result.h"

#include <ATen/core/ivalue.h>

#include <vector>

namespace vitrine::torch_engine {

/// A row of class scores, and which part of an output it was.
struct ScoreRow
{
    std::vector<float> scores;
    QString notice = {}; ///< Empty: it was all of it.
};

/// The one row of class scores in what a model gave for one image (repeated `batch` times): a tensor
/// [classes], [1, classes] or with more dimensions of 1, or the one such tensor in a tuple, list or
/// dictionary ("logits" goes before others). Anything else is an Incompatible error that says what it gave;
/// `model` is its name there.
Result<ScoreRow> scoresFrom(const c10::IValue& output, std::int64_t batch, const QString& model);

/// Whether these are several rows of scores for one image: what a model gives that unrolls a picture of
/// another size than its own.
bool areSeveralRows(const c10::IValue& output, std::int64_t batch);

} // namespace vitrine::torch_engine
