#pragma once

#include "core/checkpoint/byte_reader.h"

#include <QString>

#include <optional>

namespace vitrine {

/// For a binary file that is broken: whether somebody treated it as text on its way, and what to do. Every
/// line end has become CR LF, or every byte beyond ASCII a replacement character. Looks at the first 4 MB.
std::optional<QString> transferDamage(Bytes bytes);

} // namespace vitrine
