#pragma once

#include <QString>

namespace vitrine {

/// Whether line breaks and tabs of a text are kept, or shown as other control characters are.
enum class LineBreaks { Kept, Shown };

/// The text as it is safe on a terminal and in the window: control characters, and those that turn the
/// direction of writing, are shown ("\x1b", "\u202e") and not obeyed. Names and texts from files may hold
/// them.
QString shownText(const QString& text, LineBreaks lineBreaks = LineBreaks::Kept);

/// The same for a JSON document, in which they stay what they are: escaped as JSON does.
QString shownJson(const QString& json);

} // namespace vitrine
