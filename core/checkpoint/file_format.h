#pragma once

#include "core/checkpoint/byte_reader.h"

namespace vitrine {

// What the first bytes say. None of these looks further than a few hundred bytes, 4 kB of texts.

bool looksLikeZip(Bytes bytes);
bool looksLikeSafetensors(Bytes bytes);
/// torch.save before 1.6: a pickle of its magic number comes first.
bool looksLikeLegacyCheckpoint(Bytes bytes);
/// torch.save of the first releases.
bool looksLikeTar(Bytes bytes);
bool looksLikeGitLfsPointer(Bytes bytes);

/// A pickle of protocol 2 to 5, of whatever.
bool looksLikePickle(Bytes bytes);
bool looksLikeExecuTorch(Bytes bytes);
/// A flatbuffer whose root lies where MNN puts it: it has no magic number.
bool looksLikeMnn(Bytes bytes);
/// The XML file; that with the weights (.bin) has no marks at all.
bool looksLikeOpenVino(Bytes bytes);
/// The JSON that Keras and TensorFlow.js put beside the weights.
bool looksLikeKerasJson(Bytes bytes);
bool looksLikeDvcPointer(Bytes bytes);

/// Whether `text` is found at `offset`.
bool hasTextAt(Bytes bytes, std::size_t offset, const char* text);

} // namespace vitrine
