#pragma once

namespace vitrine::cli {

/// Whether there is a screen that a user could look at.
bool hasDisplay();
/// The same, or a Qt platform was chosen (QT_QPA_PLATFORM).
bool windowIsPossible();

/// To be called right before the QApplication is made, which ends the process where the display that the
/// environment names cannot be opened. Instead, this program then begins again as if there were none.
void beginAgainWithoutDisplay(int argc, char** argv);
/// To be called right after.
void displayIsOpen();

} // namespace vitrine::cli
