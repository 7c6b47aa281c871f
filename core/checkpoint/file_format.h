#pragma once

#include "core/checkpoint/byte_reader.h"

namespace vitrine {

// What the first bytes say. None of these looks further than a few hundred bytes.

bool looksLikeZip(Bytes bytes);
bool looksLikeSafetensors(Bytes bytes);
/// torch.save before 1.6: a pickle of its magic number comes first.
bool looksLikeLegacyCheckpoint(Bytes bytes);
/// torch.save of the first releases.
bool looksLikeTar(Bytes bytes);
bool looksLikeGitLfsPointer(Bytes bytes);

/// Whether `text` is found at `offset`.
bool hasTextAt(Bytes bytes, std::size_t offset, const char* text);

} // namespace vitrine
