#pragma once

namespace vitrine::cli {

/// Whether there is a screen that a user could look at.
bool hasDisplay();
/// The same, or a Qt platform was chosen (QT_QPA_PLATFORM).
bool windowIsPossible();

} // namespace vitrine::cli
