#pragma once

#include "core/checkpoint/byte_reader.h"

namespace vitrine {

// Models of other frameworks that are protobuf messages, which have no magic number: told apart by the
// numbers and types of their first fields, whatever comes first. A file that is cut off is told, too.

bool looksLikeOnnx(Bytes bytes);
bool looksLikeCoreMl(Bytes bytes);
bool looksLikeTensorFlowGraph(Bytes bytes);
/// saved_model.pb.
bool looksLikeSavedModel(Bytes bytes);
bool looksLikeCaffe(Bytes bytes);

} // namespace vitrine
