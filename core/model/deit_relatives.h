#pragma once

#include "core/checkpoint/checkpoint.h"

namespace vitrine {

/// The same tensors, near relatives' names put as timm puts them: those of torchvision's ViT, blocks in
/// chunks (DINOv2), DeiT III's layer scale, a head of one layer inside a Sequential or under another name.
Checkpoint withUsualNames(Checkpoint checkpoint);

/// Whether the tensor is a buffer that carries nothing: a mask, a counter, an index, whole numbers.
bool isIdleBuffer(const CheckpointTensor& tensor);

/// What this seems to be that is no DeiT: "it has register tokens". Empty when nothing is known.
QString describeRelative(const Checkpoint& checkpoint);

} // namespace vitrine
