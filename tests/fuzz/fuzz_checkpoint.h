#pragma once

#include "core/model/deit.h"
#include "tests/fuzz/fuzz_file.h"

#include <QBuffer>

namespace vitrine::fuzz {

/// Reads a checkpoint as `build` does: its tensors, as a DeiT, whose weights are then copied.
inline void readAsDeit(const QString& path)
{
    const Result<Checkpoint> checkpoint = readCheckpoint(path);
    if (!explained(checkpoint))
        return;
    (void)explained(readDeit(*checkpoint));
    // However narrow it is: small inputs are tried faster.
    const Result<DeitWeights> weights = readDeit(*checkpoint, {.heads = 1});
    if (!explained(weights))
        return;
    (void)explained(checkFinite(*weights));
    QBuffer target;
    target.open(QIODevice::WriteOnly);
    if (!explained(writeDeit(*weights, target, TensorType::Float16)))
        std::abort();
}

} // namespace vitrine::fuzz
