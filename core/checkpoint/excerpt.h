#pragma once

#include "core/checkpoint/byte_reader.h"

#include <QString>

namespace vitrine {

/// Whether these first bytes are those of a text: no control characters but those that texts hold.
bool looksLikeText(Bytes head);

/// The first line within quotation marks, of at most 120 characters. Control characters are shown as
/// "\x1b": what a file says is never obeyed.
QString quoted(const QString& text);

/// What a text is that came instead of a model, with its first line, and what to do. Looks at the first 4 kB.
QString describeText(Bytes text);

} // namespace vitrine
