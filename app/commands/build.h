#pragma once

#include <QString>

namespace vitrine::cli {

/// Prints a variant set's files as a table, or its manifest. Gives the exit status.
int printSet(const QString& folder, bool asJson);

} // namespace vitrine::cli
